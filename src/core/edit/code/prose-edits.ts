import { type AnswerEdit, type CodeEdit, codeEdit, replaceEdit } from "../answer/answer-edit";
import { findLines } from "../locate/find-lines";
import { placeFragment } from "../locate/place-fragment";
import { type Declaration, findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { outermost } from "./nested-declarations";

const replaceWith =
  /\b(?:replac|chang|switch|rewrit)\w*\b[^`.\n]{0,80}`([^`\n]+)`[^`.\n]{0,60}\b(?:with|to|by|into)\b[^`.\n]{0,60}`([^`\n]+)`/gi;
const shouldBe = /`([^`\n]+)`[^`.\n]{0,40}\bshould (?:be|read)\b[^`.\n]{0,40}`([^`\n]+)`/gi;
const wrongLine =
  /\b(?:wrong|incorrect|faulty|buggy)\s+(?:line|code|expression|statement)\b[^`\n]{0,30}`([^`\n]+)`[^`\n]{0,60}\b(?:should be|correct(?:ed)? (?:line|code|version) is|must be)\b[^`\n]{0,30}`([^`\n]+)`/gi;
const insteadOf = /`([^`\n]+)`[^`.\n]{0,30}\binstead of\b[^`.\n]{0,40}`([^`\n]+)`/gi;

const past = /^(?:replaced|changed|switched|rewrote|rewritten)\b/i;

/** What becomes what: "Replace `a` with `b`". @param isShown the answer gives code, too */
export function changesTold(answer: string, isShown: boolean): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const note = (before: string | undefined, after: string | undefined): void => {
    if (before !== undefined && after !== undefined && before.trim() !== after.trim())
      pairs.set(before.trim(), after.trim());
  };
  const text = answer.slice(0, 50_000);
  for (const match of text.matchAll(replaceWith))
    if (!isShown || !past.test(match[0])) note(match[1], match[2]);
  for (const match of text.matchAll(wrongLine)) note(match[1], match[2]);
  for (const match of text.matchAll(shouldBe)) note(match[1], match[2]);
  if (!isShown) for (const match of text.matchAll(insteadOf)) note(match[2], match[1]);
  return pairs;
}

/** The last resort. @param isShown the answer gives code, too */
export function proseEdits(file: EditedFile, answer: string, isShown: boolean): AnswerEdit[] {
  const edits: AnswerEdit[] = [];
  for (const [before, after] of changesTold(answer, isShown)) {
    const isLine = findLines(file.snapshot, [before], "style").length === 1;
    if (
      (!isLine && !isExpression(file, before, after)) ||
      findLines(file.snapshot, [after], "style").length > 0
    )
      continue;
    const notices = ["The answer tells the change in a sentence."];
    const reading = { search: [before], replace: [after] };
    edits.push({ ...replaceEdit("prose", reading), notices });
  }
  return edits;
}

export function unfencedCode(file: EditedFile, answer: string): CodeEdit[] {
  const lines = answer.slice(0, 200_000).split("\n");
  const known = (one: Declaration): boolean => file.named(one.name, one.kind).length > 0;
  const found = outermost(findDeclarations(lines, file.facts)).filter(
    (one) => known(one) && one.end - one.head > 1 && !one.isOpen,
  );
  return found.map((one) => codeEdit(lines.slice(one.start, one.end)));
}

/** A part of a line that says enough to be sure of it, and is in the file once. */
function isExpression(file: EditedFile, before: string, after: string): boolean {
  if ((before.match(/[\p{L}\p{N}_$]+/gu) ?? []).length < 2 || !/[^\w\s]/.test(before)) return false;
  const reading = { search: [before], replace: [after] };
  const { snapshot } = file;
  return placeFragment({ snapshot, readings: [reading], target: undefined })?.kind === "placed";
}
