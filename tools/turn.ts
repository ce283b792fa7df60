import { mkdir, readlink, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownerOf, runs } from "./owner";
import { cache, passing } from "./project";

// a link that leads nowhere: made in one step, with the name of its owner in it
const LOCK = join(cache, "running");

/** Does the work of a tool while no other tool works in this folder: says that it waits, if it does. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(LOCK), { recursive: true });
  let said = false;
  while (!(await take())) {
    const owner = await readlink(LOCK).catch(() => "");
    if (owner && !runs(owner)) await rm(LOCK, { force: true });
    else {
      if (owner && !said)
        console.log(`Another run (process ${owner.split(".")[0]}) is at work here; this one waits until it has ended.`);
      said ||= owner !== "";
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return passing(LOCK, work);
}

async function take(): Promise<boolean> {
  try {
    await symlink(ownerOf(process.pid), LOCK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
