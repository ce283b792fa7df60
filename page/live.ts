import { Kernel } from "./cells/kernel";

/** What a page can do once this script is loaded. */
Object.assign(window, { live: { Kernel } });
