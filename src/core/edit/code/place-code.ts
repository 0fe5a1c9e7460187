import type { AnswerEdit } from "../answer/answer-edit";
import type { Placement } from "../locate/placement";
import { findDeclarations, outermost } from "./declarations";
import type { EditedFile } from "./edited-file";
import { withoutOutline } from "./outline-lines";
import { placeDeclarations } from "./place-declarations";
import { placeSmallFile } from "./place-small-file";
import { placeSnippet } from "./place-snippet";
import { placeWhole } from "./place-whole";

export type CodeEdit = Extract<AnswerEdit, { kind: "code" }>;

/** `none`: the code is an example or has nothing to do with the file. */
export type CodePlacement = Placement | { readonly kind: "none" };

/** Where code without quotation marks of any kind goes: a whole file, functions or classes by name, or lines between known ones. */
export function placeCode(file: EditedFile, edit: CodeEdit): CodePlacement {
  const lines = trimmed(withoutOutline(file, edit.lines, file.facts));
  if (lines.length === 0) return { kind: "none" };
  const found = findDeclarations(lines, file.facts);
  const tops = outermost(found);
  const whole = placeWhole(file, lines, found, tops, edit.pathIsSure);
  if (whole) return whole;
  const small = edit.pathIsSure && edit.marked !== true ? placeSmallFile(file, lines) : undefined;
  if (small) return small;
  if (tops.length === 0) return placeSnippet(file, lines);
  return placeDeclarations(file, lines, found, tops);
}

function trimmed(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && (lines[start] ?? "").trim() === "") start++;
  while (end > start && (lines[end - 1] ?? "").trim() === "") end--;
  return lines.slice(start, end);
}
