import { Problem, run } from "./project";

/** A Python that can make a virtual environment. */
export interface Python {
  readonly command: string;
  readonly version: string;
}

const OLDEST = [3, 10] as const;
const NAMES = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

/** Prints version and platform, then fails where the standard library's venv is incomplete (Debian, Ubuntu). */
const PROBE = "import sys; print(*sys.version_info[:3], sep='.'); import venv, ensurepip";

/** The Python of the environment variable PYTHON, or the first on the PATH that will do. */
export async function findPython(): Promise<Python> {
  const wanted = process.env["PYTHON"] || undefined;
  const found: string[] = [];
  for (const command of wanted ? [wanted] : NAMES) {
    const { code, lines } = await run(command, ["-c", PROBE]);
    const version = lines.find((line) => /^\d+\.\d+\.\d+$/.test(line));
    if (!version) continue;
    const [major, minor] = version.split(".").map(Number);
    const recent = major === OLDEST[0] && minor >= OLDEST[1];
    if (recent && code === 0) return { command, version };
    if (recent) {
      const cure =
        process.platform === "linux" ? `: on Debian and Ubuntu, apt install python${major}.${minor}-venv` : "";
      throw new Problem(`Python ${version} (${command}) lacks its module venv; install it${cure}.`);
    }
    found.push(`${command} is ${version}`);
  }
  const instead = wanted && found.length === 0 ? [`PYTHON=${wanted} is no Python`] : found;
  throw new Problem(
    `Python 3.10 or newer is needed; install it, with its module venv${instead.length ? ` (${instead.join(", ")})` : ""}.`,
  );
}
