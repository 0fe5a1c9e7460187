import { wholeWord } from "../text/whole-word";
import type { Declaration } from "./declarations";

/** Stands for what follows where the model shows only the beginning of something. */
export const restUnchanged = "// ... rest of the code unchanged ...";

/** The model's version under the file's name, where the model renamed the declaration. */
export function modelLines(lines: readonly string[], theirs: Declaration, ours: Declaration): readonly string[] {
  const shown = lines.slice(theirs.start, theirs.end);
  // The beginning of a declaration says nothing of what follows in the file.
  const own = theirs.isOpen ? [...shown, restUnchanged] : shown;
  if (theirs.name === ours.name) return own;
  const name = wholeWord(theirs.name, "g");
  return own.map((line) => line.replace(name, ours.name));
}

/** Says which lines, counted from `offset`, belong to declarations that stay. */
export function keeping(gone: readonly Declaration[], offset: number): (line: number) => boolean {
  return (line) => gone.some((one) => line + offset >= one.start && line + offset < one.end);
}
