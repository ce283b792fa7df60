/** A number as it is written: its value, the size of its last digit, and where it stands. */
export interface Written {
  readonly text: string;
  readonly value: number;
  readonly unit: number;
  /** After a minus that may be a difference, as in x - 3. */
  readonly unsigned: boolean;
  readonly at: number;
}

const NUMBER =
  /(?<![\w.])(?<sign>-(?=\d))?(?<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?<tail>\.\d+)?(?<power>e[+-]?\d+)?(?!\d)(?<percent>\s?\\?%)?/g;

/** The numbers in a text; a minus right before one belongs to it. */
export function numbersIn(text: string): Written[] {
  const plain = text.replace(/[−–]/g, "-");
  return [...plain.matchAll(NUMBER)].map((match) => {
    const { sign = "", digits, tail = "", power = "", percent } = match.groups!;
    const part = percent ? 0.01 : 1;
    const value = Number(sign + digits.replace(/,/g, "") + tail + power) * part;
    const unit = 10 ** (Number(power.slice(1)) - Math.max(0, tail.length - 1)) * part;
    const unsigned = /[\w)}$]\s*-\s*$/.test(plain.slice(0, match.index));
    return { text: sign + digits + tail + power + (percent ? "%" : ""), value, unit, unsigned, at: match.index };
  });
}

/** How many digits of a number tell something: those that are not zeros at its ends. */
export const digitsOf = ({ text }: Written): number =>
  text
    .replace(/e.*|[^\de.]/g, "")
    .replace(/^0*\.?0*|(?<!\..*)0+$/g, "")
    .replace(".", "").length;

/** A rounding that moves a number by more than a twentieth would tell the reader another one. */
export const rounds = (computed: Written, claim: Written): boolean =>
  near(computed, claim, Math.min((claim.unit / 2) * (1 + 1e-9), Math.abs(computed.value) / 20));

/** Whether two numbers are the very same. */
export const equals = (set: Written, claim: Written): boolean => near(set, claim, Math.abs(set.value) * 1e-15);

/** Compares two numbers; where one follows a minus that may be a difference, without their signs. */
function near(a: Written, b: Written, most: number): boolean {
  if (a.unsigned || b.unsigned) return Math.abs(Math.abs(a.value) - Math.abs(b.value)) <= most;
  return Math.abs(a.value - b.value) <= most;
}
