import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A name for a running process that no other has, not even a later one with the same number: the number, and when it
 * began. Empty when there is no such process.
 */
export function ownerOf(pid: number): string {
  const began = process.platform === "linux" ? beganOnLinux(pid) : beganElsewhere(pid);
  return began && `${pid}.${began}`;
}

/** Whether the process of such a name still runs. */
export const runs = (owner: string): boolean => owner !== "" && ownerOf(Number.parseInt(owner, 10)) === owner;

function beganOnLinux(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // from the third on: the second may hold anything
    return fields[0] === "Z" ? "" : fields[19];
  } catch {
    return "";
  }
}

function beganElsewhere(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).replace(/\W/g, "");
  } catch {
    return "";
  }
}
