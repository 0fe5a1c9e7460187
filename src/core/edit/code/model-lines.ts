import { wholeWord } from "../text/whole-word";
import type { Declaration } from "./declarations";

/** Stands for what follows where the model shows only the beginning of something. */
export const restUnchanged = "// ... rest of the code unchanged ...";

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
