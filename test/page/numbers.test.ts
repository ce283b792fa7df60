import { expect, test } from "vitest";
import { numbersOfSliders } from "../../page/kernel/numbers";
import { namesOfSliders } from "../../page/sliders/slider";

test.each([
  ["const rate = slider(0.005, { from: 0, to: 1 });", ["0.005"], ["rate"]],
  ["const rate: number = slider(-1e-3, { from: -1, to: 1 });", ["-1e-3"], ["rate"]],
  ["descend(J, start, { alpha: slider( 2 , b), epochs: slider(1_000, b) })", ["2", "1_000"], ["alpha", "epochs"]],
  ["use(slider(1, b))", ["1"], [undefined]],
  ["// slider(1, b)\n/* a = slider(1, b) */ const c = slider(2, b);", ["2"], ["c"]],
  ["const c = slider(n, b), d = slider(1 + 1, b), e = slider(3, b);", [null, null, "3"], ["c", "d", "e"]],
  ["other.slider(1, b); mySlider(1, b); 'slider(1, b)';", [], undefined],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
  ["const t = `slider(1, b) ${slider(2, b)}`;", ["2"], undefined],
  ["const x = as as number; const h = slider(3, b);", ["3"], ["h"]],
  ["const broken = `", [], []],
])("the sliders of %s", (text, numbers, names) => {
  const found = numbersOfSliders(text).map((place) => place && text.slice(place.from, place.to));
  expect(found).toEqual(numbers);
  if (names) expect(namesOfSliders(text)).toEqual(names);
});
