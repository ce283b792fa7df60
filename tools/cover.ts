import { createRequire } from "node:module";
import { join } from "node:path";
import { stillPictures } from "./bundle";
import { root } from "./project";

/** What the title page shows without any script, as HTML: the houses with a line, and a picture for each section by its name. */
interface Stills {
  readonly hook: string;
  readonly cards: Readonly<Record<string, string>>;
}

let drawn: Promise<Stills> | undefined;

/** Draws them; once, for the models of the pictures are trained for it. */
export const stills = (): Promise<Stills> => (drawn ??= draw());

async function draw(): Promise<Stills> {
  const page = createRequire(__filename)(stillPictures) as {
    hook(): string;
    cards(data: string): Promise<Stills["cards"]>;
  };
  return { hook: page.hook(), cards: await page.cards(join(root, "data")) };
}
