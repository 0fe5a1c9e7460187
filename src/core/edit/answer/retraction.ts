import { limits } from "../limits";
import { worded } from "../text/lines";
import type { AnswerEdit } from "./answer-edit";
import type { OwnText } from "./own-text";

const secondThought =
  /^\W*(?:(?:oh|hmm+|no|but),?\s+)?(?:wait\s*(?:[,.!…—–-]|$|no\b|that\b|this\b|actually\b)|(?:oops|whoops|hold on|scratch that|correction|on second thought|my (?:mistake|bad|apologies)|sorry|apologies|let me (?:correct|fix|redo|revise|rethink|try again)|actually,? (?:no|that|this|it|the|we|i)|(?:the )?(?:final|revised|corrected|improved) (?:version|answer|code|solution|result)|(?:please )?(?:ignore|disregard) (?:that|this|the (?:above|previous|first)))\b)/i;
const saysWrong =
  /\b(?:that|this|(?:the )?(?:above|previous|first|last)(?: \w+){0,2})(?: is|'s| was|’s)(?: \w+){0,2} (?:wrong|incorrect|not (?:right|correct)|mistaken|a mistake|broken|buggy)\b|\b(?:that|this) (?:isn't|wasn't|isn’t|wasn’t) (?:right|correct)\b/i;

/** "Wait, that is wrong." */
export function takesBack(line: string): boolean {
  const text = line.slice(0, limits.mark);
  return secondThought.test(text) || saysWrong.test(text);
}

/** Without those that a later one about the same lines takes back; a quotation is no edit. */
export function withoutRetracted(edits: readonly AnswerEdit[], own: OwnText): AnswerEdit[] {
  const kept: AnswerEdit[] = [];
  for (const edit of edits) {
    const before = kept.at(-1);
    const isBetter = edit.kind !== "broken" && edit.retracts === true;
    if (before && isBetter && isAboutTheSame(before, edit) && !isQuotation(before, own)) kept.pop();
    kept.push(edit);
  }
  return kept;
}

function isQuotation(edit: AnswerEdit, own: OwnText): boolean {
  return edit.kind === "code" && own.hasAll(edit.lines);
}

function isAboutTheSame(a: AnswerEdit, b: AnswerEdit): boolean {
  const [left, right] = [linesOf(a), linesOf(b)];
  const shared = [...left].filter((line) => right.has(line)).length;
  return shared > 0 && shared * 2 >= Math.min(left.size, right.size);
}

function linesOf(edit: AnswerEdit): Set<string> {
  const [reading] = edit.kind === "replace" ? edit.readings : [];
  const lines = edit.kind === "replace" ? (reading?.search ?? []) : edit.lines;
  return new Set(worded(lines));
}
