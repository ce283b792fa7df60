// A worker that takes all memory ends the whole page, so what grows in a cell is weighed before.

/** After so much, in bytes, what grows is weighed. */
const OFTEN = 2 ** 26;

/** So much it may weigh; less on a small device. */
const most = (): number => {
  const { deviceMemory = 4 } = navigator as { readonly deviceMemory?: number };
  return 2 ** 30 * Math.min(1, deviceMemory / 4);
};

let since = 0;

/**
 * Hands a value on that is about to be kept in a list, a map or a set.
 *
 * @throws RangeError when what it is kept in has become too heavy for a page.
 */
export function kept<T>(place: unknown, value: T): T {
  since += typeof value === "object" && value !== null ? surface(value) : 16;
  if (since > OFTEN) {
    since = 0;
    const limit = most();
    if (weight(place) > limit)
      throw new RangeError(
        `This cell keeps more than ${limit / 2 ** 30} GB, which is what a page may hold: keep less.`,
      );
  }
  return value;
}

const surface = (value: object): number => {
  if (Array.isArray(value)) return 8 * value.length + 16;
  return ArrayBuffer.isView(value) ? value.byteLength : 64;
};

/** About how many bytes a value takes: of many parts some are weighed for all, the same one once. */
export function weight(value: unknown, depth = 0, seen = new Set<unknown>()): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (seen.has(value)) return 8;
  seen.add(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  const most = Math.max(1, 64 >> (2 * depth));
  const mean = (parts: readonly unknown[]): number =>
    parts.reduce<number>((sum, part) => sum + weight(part, depth + 1, seen), 0) / Math.max(1, parts.length);
  if (Array.isArray(value)) return 16 + value.length * mean(some(value, most));
  if (value instanceof Map) return 32 + value.size * (32 + 2 * mean([...first(value, most)].flat()));
  if (value instanceof Set) return 32 + value.size * (32 + mean([...first(value, most)]));
  const parts = Object.values(value);
  return 32 + parts.length * mean(some(parts, most));
}

/** So many of the values, evenly from first to last. */
const some = (values: readonly unknown[], most: number): unknown[] => {
  const step = Math.max(1, values.length / most);
  return Array.from({ length: Math.min(most, values.length) }, (_, i) => values[Math.floor(i * step)]);
};

function* first<T>(values: Iterable<T>, most: number): Generator<T> {
  let left = most;
  for (const value of values) {
    if (left-- === 0) return;
    yield value;
  }
}
