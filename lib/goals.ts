import type { Text } from "./text";

/**
 * The goals of a task, each with a mark: what is `true` is reached, what is `false` is not yet; a string is what is
 * still wrong with it, in a sentence.
 */
export function goals(reached: Readonly<Record<string, boolean | string>>): Text {
  const all = Object.entries(reached);
  const done = all.filter(([, state]) => state === true).length;
  const lines = all.map(
    ([goal, state]) => `${state === true ? "✓" : "✗"} ${goal}${typeof state === "string" ? `: ${state}` : ""}`,
  );
  const sum = done === all.length ? "Right." : `Not yet: ${done} of ${all.length} reached.`;
  return { markdown: `**${sum}**\n\n${lines.map((line) => `- ${line}`).join("\n")}`, text: [sum, ...lines].join("\n") };
}
