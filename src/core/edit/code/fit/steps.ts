import { matchKeys } from "../../text/match-lines";
import { type Declaration, keyOf, within } from "../declarations";
import { type DeclarationPair, inOrder, pairByName } from "../pair-declarations";
import type { Side } from "./side";

/** Lines `[start, end)` of a side. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Both sides walked over once: lines that are one line, and what stands between them. */
export type Step =
  | { readonly kind: "pair"; readonly file: number; readonly answer: number; readonly isHead: boolean }
  | { readonly kind: "gap"; readonly file: Span; readonly answer: Span };

export type Gap = Extract<Step, { kind: "gap" }>;

/**
 * Pairs the lines of two versions of one place. Declarations are paired by name first, so that what is in the one is never taken for
 * a line of another: `}` of one method is not that of the next.
 * @param heads both sides begin with one declaration, whatever it is called: the line of its head on each
 */
export function stepsOf(file: Side, answer: Side, heads?: DeclarationPair): Step[] {
  const steps: Step[] = [];
  const strangers = { file: onlyHere(file, answer), answer: onlyHere(answer, file) };
  walk({ start: 0, end: file.lines.length }, { start: 0, end: answer.lines.length }, undefined);
  return steps;

  function pairsIn(around: DeclarationPair | undefined): readonly DeclarationPair[] {
    if (around === undefined && heads) return [heads];
    const own = within(file.declarations, around?.ours);
    const theirs = within(answer.declarations, around?.theirs);
    return inOrder(pairByName(file.lines, answer.lines, own, theirs));
  }

  function walk(own: Span, theirs: Span, around: DeclarationPair | undefined): void {
    let at = own.start;
    let answerAt = theirs.start;
    for (const pair of pairsIn(around)) {
      const { head } = pair.ours;
      const answerHead = pair.theirs.head;
      // Heads may stand on one line where a language allows it: then only the lines are compared.
      if (head < at || answerHead < answerAt || pair.ours.end > own.end || pair.theirs.end > theirs.end) continue;
      free({ start: at, end: head }, { start: answerAt, end: answerHead });
      steps.push({ kind: "pair", file: head, answer: answerHead, isHead: true });
      walk({ start: head + 1, end: pair.ours.end }, { start: answerHead + 1, end: pair.theirs.end }, pair);
      at = Math.max(head + 1, pair.ours.end);
      answerAt = Math.max(answerHead + 1, pair.theirs.end);
    }
    free({ start: at, end: own.end }, { start: answerAt, end: theirs.end });
  }

  function free(own: Span, theirs: Span): void {
    const ownLines = said(file, own).filter((line) => !strangers.file.has(line));
    const theirLines = said(answer, theirs).filter((line) => !strangers.answer.has(line));
    const match = matchKeys(
      ownLines.map((line) => file.keys[line] ?? ""),
      theirLines.map((line) => answer.keys[line] ?? ""),
    );
    let at = own.start;
    let answerAt = theirs.start;
    for (const [index, line] of ownLines.entries()) {
      const other = theirLines[match[index] ?? -1];
      if (other === undefined) continue;
      gap({ start: at, end: line }, { start: answerAt, end: other });
      steps.push({ kind: "pair", file: line, answer: other, isHead: false });
      at = line + 1;
      answerAt = other + 1;
    }
    gap({ start: at, end: own.end }, { start: answerAt, end: theirs.end });
  }

  function gap(own: Span, theirs: Span): void {
    steps.push({ kind: "gap", file: own, answer: theirs });
  }
}

/**
 * Lines of declarations whose name and head only one side has: what is in them is not compared. The `}` of a new method is not that of
 * one that the answer does not mention.
 */
function onlyHere(side: Side, other: Side): Set<number> {
  const names = new Set(other.declarations.map(keyOf));
  const keys = new Set(other.keys);
  const lines = new Set<number>();
  for (const one of side.declarations) {
    if (names.has(keyOf(one)) || keys.has(side.keys[one.head] ?? "")) continue;
    for (let at = one.head; at < one.end; at++) lines.add(at);
  }
  return lines;
}

function said(side: Side, { start, end }: Span): number[] {
  const lines: number[] = [];
  for (let at = start; at < end; at++) if (side.roles[at] !== "blank") lines.push(at);
  return lines;
}

/** The innermost declaration whose inside holds a line. */
export function innermost(declarations: readonly Declaration[], line: number): Declaration | undefined {
  let found: Declaration | undefined;
  for (const one of declarations)
    if (line > one.head && line < one.end && (found === undefined || one.head >= found.head)) found = one;
  return found;
}
