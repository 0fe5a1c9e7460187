import { matchAlike, matchKeys } from "../text/match-lines";
import type { CodeSide } from "./code-side";

/** A line of the file's code and the model's line that it is, by ordinals; `equal` when they say the same. */
export interface LinePair {
  readonly file: number;
  readonly model: number;
  readonly equal: boolean;
}

/** Two lines less alike than this are not one line that was changed. */
const alikeAtLeast = 0.5;

/**
 * Pairs the code of both sides: equal lines first, then between them lines that were changed. `isKept` takes ordinals of the file out
 * of the comparison, and `firstLines` says that both sides begin with the same declaration even if it was renamed.
 */
export function matchSides(
  file: CodeSide,
  model: CodeSide,
  isKept: (ordinal: number) => boolean,
  firstLines: readonly [number, number] | undefined,
): LinePair[] {
  const open: number[] = [];
  for (let ordinal = 0; ordinal < file.code.length; ordinal++) if (!isKept(ordinal)) open.push(ordinal);
  const match = matchKeys(
    open.map((ordinal) => file.keys[ordinal] ?? ""),
    model.keys,
  );
  const equal: LinePair[] = [];
  for (const [index, ordinal] of open.entries()) {
    const other = match[index] ?? -1;
    if (other >= 0) equal.push({ file: ordinal, model: other, equal: true });
  }
  const pairs: LinePair[] = [];
  let last: LinePair = { file: -1, model: -1, equal: true };
  for (const next of [...equal, { file: file.code.length, model: model.code.length, equal: true }]) {
    for (const pair of changedBetween(file, model, last, next, isKept, firstLines)) pairs.push(pair);
    if (next.file < file.code.length) pairs.push(next);
    last = next;
  }
  return pairs;
}

function changedBetween(
  file: CodeSide,
  model: CodeSide,
  after: LinePair,
  before: LinePair,
  isKept: (ordinal: number) => boolean,
  firstLines: readonly [number, number] | undefined,
): LinePair[] {
  let ours: number[] = [];
  let theirs: number[] = [];
  for (let at = after.file + 1; at < before.file; at++) if (!isKept(at)) ours.push(at);
  for (let at = after.model + 1; at < before.model; at++) theirs.push(at);
  if (ours.length === 0 || theirs.length === 0) return [];
  const pairs: LinePair[] = [];
  if (firstLines && ours.includes(firstLines[0]) && theirs.includes(firstLines[1])) {
    pairs.push({ file: firstLines[0], model: firstLines[1], equal: false });
    ours = ours.filter((at) => at > firstLines[0]);
    theirs = theirs.filter((at) => at > firstLines[1]);
  }
  const text = (side: CodeSide, ordinal: number): string => {
    const line = side.code[ordinal] ?? 0;
    return (side.lines[line] ?? "").slice(0, side.scan[line]?.commentAt);
  };
  for (const [i, j] of matchAlike(
    ours.map((at) => text(file, at)),
    theirs.map((at) => text(model, at)),
    alikeAtLeast,
  )) {
    pairs.push({ file: ours[i] ?? 0, model: theirs[j] ?? 0, equal: false });
  }
  return pairs;
}
