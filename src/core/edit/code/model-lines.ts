import { wholeWord } from "../text/whole-word";
import type { Declaration } from "./declarations";

/** Stands for what follows where the model shows only the beginning of something. */
export const restUnchanged = "// ... rest of the code unchanged ...";

const bodyLeftOut = /^(\s*)(\S.*\{)\s*(?:\/[/*]\s*)?(?:\.{3}|…)(?=[\s*}])[^{}]*(\}[\s;,)]*)$/;

/**
 * A body that is left out within its line, on lines of its own, where a mark is seen.
 *
 *     static from(jobs) { ... }     static from(jobs) {
 *                                     // ...
 *                                   }
 */
export function withBodiesOpened(
  lines: readonly string[],
  own: ReadonlyMap<string, unknown>,
): readonly string[] {
  return lines.flatMap((line) => {
    const found = own.has(line.trim()) ? undefined : bodyLeftOut.exec(line);
    if (!found) return [line];
    const [, indent = "", head = "", end = ""] = found;
    return [indent + head, `${indent}  // ...`, indent + end.trimEnd()];
  });
}

/** The model's version under the file's name, where the model renamed the declaration. */
export function modelLines(
  lines: readonly string[],
  theirs: Declaration,
  ours: Declaration,
): readonly string[] {
  const shown = lines.slice(theirs.start, theirs.end);
  if (theirs.name === ours.name) return shown;
  const name = wholeWord(theirs.name, "g");
  return shown.map((line) => line.replace(name, ours.name));
}
