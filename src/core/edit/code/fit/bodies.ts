import { oncePer } from "../../../../base/once-per";
import { lineAt } from "../../../../base/text/lines";
import { maskAt } from "../../text/scan-line";
import type { Declaration } from "../declarations";
import { beginningIn } from "../nested-declarations";
import { isCode, type Side, saidIn } from "./side";
import { innermost, type Step } from "./steps";

/** The head alone, or with its documentation. @returns also what stands for them, such as `pass` */
export function bodiesNotShown(
  file: Side,
  answer: Side,
  steps: readonly Step[],
): { readonly kept: readonly number[]; readonly stubs: readonly number[] } {
  const kept: number[] = [];
  const stubs: number[] = [];
  for (const step of steps) {
    if (step.kind !== "pair" || !step.isHead) continue;
    const [own] = beginningIn(file.declarations, { start: step.file, end: step.file + 1 });
    const [theirs] = beginningIn(answer.declarations, { start: step.answer, end: step.answer + 1 });
    if (!own || !theirs || own.kind !== "callable") continue;
    const ownBody = bodyOf(file, own);
    if (
      ownBody.length === 0 ||
      bodyOf(answer, theirs).some((line) => !isStub(lineAt(answer.lines, line)))
    )
      continue;
    if (/\S/.test(restOfHead(answer, theirs)) && bodyOf(answer, theirs).length === 0) continue;
    if (ownBody.every((line) => isStub(lineAt(file.lines, line)))) continue;
    kept.push(...ownBody);
    stubs.push(...bodyOf(answer, theirs));
  }
  return { kept, stubs };
}

function bodyOf(side: Side, one: Declaration): number[] {
  const from = bodyStart(side, one);
  return saidIn(side, { start: from, end: one.end }).filter(
    (line) =>
      isCode(side.roles[line]) &&
      !/^\s*(?:[}\])]+;?|end)\s*(?:[;,]\s*)?$/.test(lineAt(side.lines, line)),
  );
}

function bodyStart(side: Side, one: Declaration): number {
  let at = one.head + 1;
  while (at < one.end && (side.scan[at]?.depth ?? 0) > 0) at++;
  // What C++ gives its members before the brace is no statement.
  if (/^\s*:/.test(maskAt(side.scan, at)))
    while (at < one.end && !/[{}]/.test(maskAt(side.scan, at - 1))) at++;
  return at;
}

/** Behind the mark that opens the body: all of it, in a declaration of one line. */
function restOfHead(side: Side, one: Declaration): string {
  const mask = maskAt(side.scan, bodyStart(side, one) - 1);
  return /(?:\{|=>|:|=)([^{}:=]*)(?:\}\s*(?:;\s*)?)?$/.exec(mask)?.[1] ?? "";
}

export function isStub(line: string): boolean {
  return /^\s*(?:pass|\.\.\.|…)\s*(?:#.*)?$/.test(line);
}

/** `// Nothing to do.`: a comment that stands for a body. */
export function isAllOfBody(side: Side, line: number): boolean {
  const one = innermost(side.declarations, line);
  return one?.kind === "callable" && line > one.head && emptyIn(side).isEmpty(one);
}

/** Asked about each line of a function, whose body is read once. */
const emptyIn = oncePer((side: Side) => {
  const known = new Map<Declaration, boolean>();
  return {
    isEmpty(one: Declaration): boolean {
      const isEmpty = known.get(one) ?? bodyOf(side, one).length === 0;
      known.set(one, isEmpty);
      return isEmpty;
    },
  };
});
