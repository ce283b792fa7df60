import { trained } from "../lib/engine/trained";

// what a worker of a page says: every bit of these trainings, a letter a byte
postMessage(Array.from(trained(), (byte) => String.fromCharCode(byte)).join(""));
