import { type CodeEdit, type ReplaceEdit, replaceEdit } from "../answer/answer-edit";
import { limits } from "../limits";
import { findLines, type Match } from "../locate/find-lines";
import { firstSaid, lastSaid, says } from "../text/lines";
import {
  isThere,
  isTold,
  lastSentence,
  linesOf,
  saysExample,
  saysFresh,
  saysNew,
  saysOld,
} from "./answer-piece";
import { findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";

/** The first is in the file once, the second is no declaration, which its name would place. */
export function pairOf(
  file: EditedFile,
  first: CodeEdit,
  second: CodeEdit | undefined,
): ReplaceEdit | undefined {
  if (!second) return undefined;
  const before = first.lines.filter(says);
  const after = second.lines.filter(says);
  if (before.length > limits.piece || after.length > before.length * 4 + 6) return undefined;
  const isSaid = saysNew.test(lastSentence(second)) || saysOld.test(lastSentence(first));
  if (findDeclarations(second.lines, file.facts).length > 0) return undefined;
  if (before.length > 3 && !isSaid) return undefined;
  if (losesNames(file, first, second) || saysExample.test(lastSentence(second))) return undefined;
  const told = lastSentence(first);
  if (saysFresh.test(told) && !saysOld.test(told)) return undefined;
  const [only, ...others] = findLines(file.snapshot, before, "code");
  const fits = only !== undefined && (others.length === 0 || file.target !== undefined);
  if (
    !fits ||
    reachesBeyond(file, first, second, only) ||
    // Of the lines that are quoted some may be all that is left.
    findLines(file.snapshot, after, "code").some(
      ({ start, end }) => start < only.start || end > only.end,
    )
  )
    return undefined;
  return replaceEdit("pair", { search: first.lines, replace: second.lines });
}

/** A line beside the quoted ones makes it no version of them, but code with its own place. */
function reachesBeyond(file: EditedFile, first: CodeEdit, second: CodeEdit, place: Match): boolean {
  const quoted = new Set(first.lines.map((line) => line.trim()));
  const anew = new Set(second.lines.map((line) => line.trim()).filter((line) => !quoted.has(line)));
  const before = lastSaid(file.lines.slice(0, place.start)).trim();
  const after = firstSaid(file.lines.slice(place.end)).trim();
  return anew.has(before) || anew.has(after);
}

/** Then it is no version of it. */
function losesNames(file: EditedFile, first: CodeEdit, second: CodeEdit): boolean {
  const old = findDeclarations(first.lines, file.facts);
  const names = new Set(findDeclarations(second.lines, file.facts).map((one) => one.name));
  return old.length > 0 && !old.some((one) => names.has(one.name));
}

/** What is old, or not said to be new, is not in the file, and the piece for it is. */
export function isDone(file: EditedFile, first: CodeEdit, second: CodeEdit | undefined): boolean {
  if (second === undefined || isThere(file, first) || !isThere(file, second)) return false;
  const [told, other] = [lastSentence(first), lastSentence(second)];
  const isVersion = isTold(linesOf(second), first);
  return saysOld.test(told)
    ? isVersion || saysNew.test(other)
    : isVersion && saysFresh.test(other) && !saysOld.test(other) && !saysFresh.test(told);
}
