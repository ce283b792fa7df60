// What the tests' browser loads to judge the answers of hand-ins: the page's kernel, and who asks it.
import { judge } from "./grade/judge";

declare global {
  interface Window {
    judge: typeof judge;
  }
}

window.judge = judge;
