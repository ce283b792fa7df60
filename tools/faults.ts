import { statfs } from "node:fs/promises";
import { relative } from "node:path";
import lacks from "./lacks.json";

/** Less than this is left on a disk that is as good as full, in bytes. */
const LITTLE = 1 << 18;

/** What the machine lacks, in a sentence with the cure, if that is what an error of Node.js tells; paths from `folder`. */
export function lack(error: unknown, folder: string): string | undefined {
  const { code: given = "", syscall, path: from, dest } = (error ?? {}) as NodeJS.ErrnoException & { dest?: string };
  const path = dest ?? from;
  const code = given === "ENOENT" && syscall === "mkdir" ? "EROFS" : given; // so Node calls it when it makes parents, too
  const place = path === undefined ? "A file" : relative(folder, path) || "The project's folder";
  return (lacks as Record<string, string>)[code]?.replace("{place}", place);
}

/** The same of a command that failed, from what it printed, or from the disks of `folders`: it may have had no room to print. */
export async function lackOf(lines: readonly string[], folders: readonly string[]): Promise<string | undefined> {
  if (lines.some((line) => /No space left on device|ENOSPC/.test(line))) return lacks.ENOSPC;
  if (lines.some((line) => /Disk quota exceeded|EDQUOT/.test(line))) return lacks.EDQUOT;
  for (const folder of folders) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < LITTLE) return lacks.ENOSPC;
  }
  return undefined;
}
