import { statfs } from "node:fs/promises";
import { relative } from "node:path";

const FULL = "The disk is full: make room, and run again. Your notebooks and pages are as they were.";

/** Less than this is left on a disk that is as good as full, in bytes. */
const LITTLE = 1 << 18;

/** What the machine lacks, in a sentence with the cure, if that is what an error of Node.js tells; paths from `folder`. */
export function lack(error: unknown, folder: string): string | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const place = path === undefined ? "A file" : relative(folder, path) || "The project's folder";
  if (code === "ENOSPC" || code === "EDQUOT") return FULL;
  if (code === "EROFS")
    return `${place} cannot be written, for its disk is read-only: copy the project to a place where you may write.`;
  if (code === "EACCES" || code === "EPERM")
    return `${place} is closed to you: chmod -R u+rwX . opens what is yours, else copy the project to a folder of your own.`;
  return undefined;
}

/** The same of a command that failed, from what it printed, or from the disks of `folders`: it may have had no room to print. */
export async function lackOf(lines: readonly string[], folders: readonly string[]): Promise<string | undefined> {
  if (lines.some((line) => /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/.test(line))) return FULL;
  for (const folder of folders) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < LITTLE) return FULL;
  }
  return undefined;
}
