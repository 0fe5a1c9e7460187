import { lineAt } from "../../../base/text/lines";
import { isElision } from "../answer/elision";
import { canonicalLine } from "../text/canonical-line";
import { scanLines } from "../text/scan-lines";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";

/** It says that the declaration is there, and does not empty it. */
export function isMention(
  file: EditedFile,
  lines: readonly string[],
  theirs: Declaration,
  ours: Declaration,
): boolean {
  const code = (all: readonly string[]): readonly string[] =>
    scanLines(all, file.facts).flatMap((line) =>
      line.kind === "code" && !saysNothing(line.mask) ? [line.mask.trimEnd()] : [],
    );
  const [head = "", ...body] = code(lines.slice(theirs.head, theirs.end));
  // What is written above the head, or right below it, is new documentation.
  const isDocumented = scanLines(lines.slice(theirs.head, theirs.end), file.facts).some(
    (line) => line.docstring,
  );
  if (theirs.start < theirs.head || isDocumented || body.length > 0) return false;
  // With a mark for the body another head is what the answer changes.
  const isHeadChanged =
    canonicalLine(lineAt(file.lines, ours.head)) !== canonicalLine(lineAt(lines, theirs.head));
  if (isHeadChanged && lines.slice(theirs.head, theirs.end).some(isElision)) return false;
  const isBare =
    /[:{]$/.test(head) ||
    !(/:\s*\S|\}$/.test(head) || expressionBody.test(head) || value.test(head));
  return isBare && code(file.lines.slice(ours.head, ours.end)).length > 1;
}

/** `fun half(n: Int): Int = n / 2`, `int Half(int n) => n / 2;` */
const expressionBody = /\)\s*(?::[^=()]*)?=>?\s*\S/;

/** `type Role = "user" | "admin";` */
const value = /^[^(){}=]*[^(){}=!<>]=\s*[^=>\s][^{[(]*;?$/;

/** Ends a body, or stands for one that is not written yet. */
function saysNothing(mask: string): boolean {
  return /^\s*(?:[}\])]+;?,?|end|pass|\.\.\.)\s*$/.test(mask);
}
