import { describe, expect, it } from "vitest";
import { check, where } from "../../../lib/derivation";
import { template } from "./tag";

const from1 = (letter: string) => `This holds where $${letter}$ is a whole number, from $1$ on.`;

describe("n, m and k are whole numbers by habit, and a note tells so where it matters", () => {
  it.each([
    [String.raw`(1+x)^n \ge 1+nx, \quad x > -1`, from1("n")],
    [String.raw`n^2 \ge n`, from1("n")],
    [String.raw`2^n \ge n^2 - 1`, from1("n")],
    [String.raw`\sin k \pi = 0`, from1("k")],
    [String.raw`\cos 2 \pi m = 1`, from1("m")],
    [String.raw`m + n \ge m`, "This holds where $m$ and $n$ are whole numbers, from $1$ on."],
    [String.raw`n^2 \ge n, \quad n \ge 0`, "This holds where $n$ is a whole number."],
  ])("%s", (chain, note) => {
    expect(check(template(chain))).toMatchObject({ outcome: "holds", notes: [note] });
  });

  it.each([
    String.raw`\frac{d}{dx} x^n = n x^{n-1}`,
    String.raw`\frac{d}{dx} x^n = n x^{n-1}, \quad n \in \mathbb{N}`,
    String.raw`\frac12 m v^2 = \frac{m v \cdot v}{2}`,
    String.raw`k x = x k`,
  ])("%s holds for all numbers", (chain) => {
    expect(check(template(chain))).toMatchObject({ outcome: "holds", notes: [] });
  });

  it.each([
    [String.raw`n^2 \ge 2n`, "n = 1"],
    [String.raw`2^n > n^2`, "n = 2"],
    [String.raw`n \le 10^6`, /^n = \d+$/],
    [String.raw`n \le 2600`, /^n = \d+$/],
    [String.raw`\sin k = 0`, "k = 1"],
    [String.raw`(n - \frac12)^2 \ge n`, "n = 1"],
    [String.raw`\frac{d}{dx} x^n = x^{n-1}`, /n = \d/],
  ])("%s is false, at a whole number", (chain, point) => {
    const { outcome, wrong } = check(template(chain));
    expect(outcome).toBe("fails");
    expect(wrong?.point).toMatch(point);
  });

  it("not where something else was said", () => {
    expect(check(template(String.raw`n^2 \ge n, \quad n \in \mathbb{R}`)).outcome).toBe("fails");
    expect(check(template(String.raw`x^2 \ge x`)).outcome).toBe("fails");
    expect(where(template(String.raw`f(x) = \sin \pi x`)).check(template(String.raw`f(k) = 0`)).outcome).toBe("fails");
    expect(check(template(String.raw`\frac{d}{dk} \cos \pi k = 0`)).outcome).toBe("fails");
    expect(check(template(String.raw`\begin{cases} 1 & k > 0 \\ 0 & k \le 0 \end{cases} = 1`)).outcome).toBe("fails");
  });
});

describe("what a letter may be, behind a formula", () => {
  it.each([
    String.raw`(1+x)^n \ge 1+nx \text{ for } x > -1 \text{ and } n \in \mathbb{N}`,
    String.raw`(1+x)^n \ge 1+nx \quad (x \ge -1, n \in \mathbb{N})`,
    String.raw`(1+x)^n \ge 1+nx \quad \forall x \ge -1, n \in \mathbb{N}`,
    String.raw`\sin k\pi = 0, \quad k \in \mathbb{Z}`,
    String.raw`|k| = k, \quad k \in \mathbb{N}`,
    String.raw`x^2 \ge 0 \quad \forall x \in \mathbb{R}`,
    String.raw`\forall x \in \mathbb{R}: x^2 \ge 0`,
    String.raw`x^2 ≥ 0 \text{ for all } x ∈ ℝ`,
    String.raw`x + y = y + x, \quad x, y \in \mathbb{R}`,
    String.raw`\sqrt{x^2} = x, \quad x \in \mathbb{R}^+`,
    String.raw`\sqrt{x^2} = x, \quad x \in \mathbb{R}_{\ge 0}`,
    String.raw`\sqrt{x^2} = x, \quad x \in [0, \infty)`,
    String.raw`\frac{x}{|x|} = 1, \quad x \in (0, 1)`,
    String.raw`x (1-x) > 0, \quad x \in (0, 1)`,
    String.raw`\frac{x}{x} = 1, \quad x \in \mathbb{R}_{\ne 0}`,
    String.raw`y^2 = y, \quad y \in \{0, 1\}`,
    String.raw`1 + 2^{-n} < 2, \quad n \in \mathbb{N}`,
    String.raw`1 + 2^{-n} \le 2, \quad n \in \mathbb{N}_0`,
  ])("%s holds", (chain) => {
    const { outcome, notes, wrong } = check(template(chain));
    expect(wrong?.message ?? "").toBe("");
    expect({ outcome, notes }).toEqual({ outcome: "holds", notes: [] });
  });

  it.each([
    String.raw`|k| = k, \quad k \in \mathbb{Z}`,
    String.raw`k^3 \ge 0 \text{ for } k \in \mathbb{Z}`,
    String.raw`\sqrt{x^2} = x, \quad x \in [-1, 1]`,
    String.raw`\sqrt{x^2} = x, \quad x \in \mathbb{R}`,
    String.raw`\ln x^2 = 2 \ln x, \quad x \in \mathbb{R}`,
    String.raw`x (1-x) > 0, \quad x \in [0, 1]`,
    String.raw`y^2 = y, \quad y \in \{0, 1, 2\}`,
    String.raw`y^2 = 0, \quad y \in \{0, 1\}`,
    String.raw`1 + 2^{-n} < 2, \quad n \in \mathbb{N}_0`,
  ])("%s is false", (chain) => {
    expect(check(template(chain)).outcome).toBe("fails");
  });

  it("stands in where, too, and is shown", () => {
    const scope = where(template(String.raw`n \in \mathbb{N}`));
    const verdict = scope.check(template(String.raw`n^2 \ge n`));
    expect(verdict).toMatchObject({ outcome: "holds", notes: [], given: [String.raw`n \in \mathbb{N}`] });
    expect(verdict.text).toContain("where n ∈ ℕ");
    expect(check(template(String.raw`n^2 \ge n, \quad n \in \mathbb{N}`)).markdown).toContain(
      String.raw`\text{for } n \in \mathbb{N}`,
    );
  });
});
