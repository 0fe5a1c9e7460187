import { oncePer } from "../../../../base/once-per";
import { lineAt } from "../../../../base/text/lines";
import { limits } from "../../limits";
import { lineWeight } from "../../text/line-similarity";
import { range, timesOf } from "../../text/lines";
import { matchKeys } from "../../text/match-lines";
import { thresholds } from "../../thresholds";
import { type Declaration, keyOf } from "../declarations";
import { within } from "../nested-declarations";
import { type DeclarationPair, pairByName } from "../pair-declarations";
import { newBlocksOf } from "./closing-lines";
import { type Side, saidIn } from "./side";

/** Lines `[start, end)` of a side. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Step =
  | {
      readonly kind: "pair";
      readonly file: number;
      readonly answer: number;
      readonly isHead: boolean;
    }
  | { readonly kind: "gap"; readonly file: Span; readonly answer: Span };

export type Gap = Extract<Step, { kind: "gap" }>;

/** Declarations by name first: the `}` of one method is not that of the next. */
export function stepsOf(file: Side, answer: Side, heads?: DeclarationPair): Step[] {
  const steps: Step[] = [];
  const strangers = {
    file: onlyHere(file, answer),
    answer: new Set([...onlyHere(answer, file), ...newBlocksOf(file, answer)]),
  };
  walk({ start: 0, end: file.lines.length }, { start: 0, end: answer.lines.length }, undefined);
  return steps;

  function pairsIn(around: DeclarationPair | undefined): readonly DeclarationPair[] {
    if (around === undefined && heads) return [heads];
    const own = within(file.declarations, around?.ours);
    const theirs = within(answer.declarations, around?.theirs);
    return pairByName(file.lines, answer.lines, own, theirs);
  }

  function walk(own: Span, theirs: Span, around: DeclarationPair | undefined): void {
    let at = own.start;
    let answerAt = theirs.start;
    for (const pair of pairsIn(around)) {
      const { head } = pair.ours;
      const answerHead = pair.theirs.head;
      // Heads may stand on one line where a language allows it: then only the lines are compared.
      if (
        head < at ||
        answerHead < answerAt ||
        pair.ours.end > own.end ||
        pair.theirs.end > theirs.end
      )
        continue;
      free({ start: at, end: head }, { start: answerAt, end: answerHead });
      steps.push({ kind: "pair", file: head, answer: answerHead, isHead: true });
      walk(
        { start: head + 1, end: pair.ours.end },
        { start: answerHead + 1, end: pair.theirs.end },
        pair,
      );
      at = Math.max(head + 1, pair.ours.end);
      answerAt = Math.max(answerHead + 1, pair.theirs.end);
    }
    free({ start: at, end: own.end }, { start: answerAt, end: theirs.end });
  }

  function free(own: Span, theirs: Span): void {
    const ownLines = saidIn(file, own).filter((line) => !strangers.file.has(line));
    const theirLines = saidIn(answer, theirs).filter((line) => !strangers.answer.has(line));
    let at = own.start;
    let answerAt = theirs.start;
    for (const [line, other] of matched(ownLines, theirLines)) {
      gap({ start: at, end: line }, { start: answerAt, end: other });
      steps.push({ kind: "pair", file: line, answer: other, isHead: false });
      at = line + 1;
      answerAt = other + 1;
    }
    gap({ start: at, end: own.end }, { start: answerAt, end: theirs.end });
  }

  /** Where code is left out, a lone bracket may be any of the file's, but beside a known line. */
  function matched(own: readonly number[], theirs: readonly number[]): [number, number][] {
    const isElided = theirs.some((line) => answer.roles[line] === "elision");
    const says = (key = ""): boolean => !isElided || lineWeight(key) > thresholds.word;
    const left = own.filter((line) => says(file.keys[line]));
    const right = theirs.filter((line) => says(answer.keys[line]));
    const match = matchKeys(
      left.map((line) => lineAt(file.keys, line)),
      right.map((line) => lineAt(answer.keys, line)),
    );
    const pairs = left.flatMap((line, index): [number, number][] => {
      const other = right[match[index] ?? -1];
      return other === undefined ? [] : [[line, other]];
    });
    return withoutBareMarks(isElided ? withNeighbours(besideLast(pairs), own, theirs) : pairs);
  }

  /**
   * Without a mark between them, two lines stand as near to each other as they can: of equal lines
   * the first below is meant.
   *
   *     file: a();        answer: a();
   *           done                done
   *           b();                ...
   *           done
   */
  function besideLast(pairs: readonly [number, number][]): readonly [number, number][] {
    const result: [number, number][] = [];
    for (const [line, other] of pairs) {
      const last = result.at(-1);
      const hasMark =
        last === undefined ||
        range(last[1] + 1, other).some((at) => answer.roles[at] === "elision");
      const first = hasMark
        ? line
        : range(last[0] + 1, line).find(
            (at) => file.keys[at] === answer.keys[other] && !strangers.file.has(at),
          );
      result.push([first ?? line, other]);
    }
    return result;
  }

  function withNeighbours(
    pairs: readonly [number, number][],
    own: readonly number[],
    theirs: readonly number[],
  ): [number, number][] {
    const result: [number, number][] = [];
    let [at, answerAt] = [0, 0];
    const isSame = (i: number, j: number): boolean =>
      own[i] !== undefined &&
      theirs[j] !== undefined &&
      file.keys[own[i]] === answer.keys[theirs[j]];
    const isMark = (line: number): boolean => answer.roles[line] === "elision";
    /** How many lines right before a mark are the file's, and how many lines further they stand. */
    const sharedBefore = (mark: number, stop: number): [count: number, skipped: number] => {
      const most = Math.min(mark - answerAt, stop - at, limits.places);
      for (let count = most; count > 0; count--) {
        const isShared = (skipped: number): boolean =>
          at + skipped + count <= stop &&
          range(0, count).every((k) => isSame(at + skipped + k, mark - count + k));
        for (let skipped = mark - count - answerAt; skipped >= 0; skipped--)
          if (skipped <= limits.places && isShared(skipped)) return [count, skipped];
      }
      return [0, 0];
    };
    for (const pair of [...pairs, undefined]) {
      const stop = pair ? own.indexOf(pair[0]) : own.length;
      const answerStop = pair ? theirs.indexOf(pair[1]) : theirs.length;
      while (at < stop && answerAt < answerStop && isSame(at, answerAt))
        result.push([own[at++] ?? 0, theirs[answerAt++] ?? 0]);
      const mark = theirs.slice(answerAt, answerStop).findIndex(isMark);
      const [count, skipped] = mark < 0 ? [0, 0] : sharedBefore(answerAt + mark, stop);
      for (let k = 0; k < count; k++)
        result.push([own[at + skipped + k] ?? 0, theirs[answerAt + mark - count + k] ?? 0]);
      if (count > 0) [at, answerAt] = [at + skipped + count, answerAt + mark];
      const behind: [number, number][] = [];
      for (
        let [i, j] = [stop - 1, answerStop - 1];
        i >= at && j >= answerAt && isSame(i, j);
        i--, j--
      )
        behind.unshift([own[i] ?? 0, theirs[j] ?? 0]);
      result.push(...behind);
      if (pair) result.push(pair);
      [at, answerAt] = [stop + 1, answerStop + 1];
    }
    return result;
  }

  /** A block comment of which no line that says something is the file's is another one. */
  function withoutBareMarks(pairs: readonly [number, number][]): [number, number][] {
    const told = new Set(
      pairs
        .filter(([line]) => /\w/.test(lineAt(file.keys, line)))
        .map(([line]) => file.units[line]),
    );
    return pairs.filter(([line]) => (file.units[line] ?? -1) < 0 || told.has(file.units[line]));
  }

  function gap(own: Span, theirs: Span): void {
    steps.push({ kind: "gap", file: own, answer: theirs });
  }
}

/** What is in them is not compared: the `}` of a new method is not that of a forgotten one. */
export function onlyHere(side: Side, other: Side): Set<number> {
  const keys = new Set(other.keys);
  const lines = new Set<number>();
  const isNamed = namedIn(side, other);
  for (const one of side.declarations) {
    if (isNamed(one) || keys.has(lineAt(side.keys, one.head))) continue;
    const body = side.keys.slice(one.head + 1, one.end).filter((key) => /\w/.test(key));
    if (body.length > 0 && body.filter((key) => keys.has(key)).length * 2 > body.length) continue;
    for (let at = one.start; at < one.end; at++) lines.add(at);
  }
  return lines;
}

/** Of several, if it has as many of them; else the heads tell which it has. */
export function namedIn(side: Side, other: Side): (one: Declaration) => boolean {
  const own = timesOf(side.declarations.map(keyOf));
  const theirs = timesOf(other.declarations.map(keyOf));
  return (one) => {
    const [count, otherCount] = [own.get(keyOf(one)) ?? 0, theirs.get(keyOf(one)) ?? 0];
    return otherCount > 0 && (otherCount === count || count === 1);
  };
}

const innermostOf = oncePer((declarations: readonly Declaration[]) => {
  const found = new Int32Array(declarations.reduce((most, { end }) => Math.max(most, end), 0));
  found.fill(-1);
  const byHead = [...declarations.entries()].sort(([, a], [, b]) => a.head - b.head);
  for (const [at, { head, end }] of byHead) found.fill(at, head + 1, end);
  return found;
});

export function innermost(
  declarations: readonly Declaration[],
  line: number,
): Declaration | undefined {
  return declarations[innermostOf(declarations)[line] ?? -1];
}
