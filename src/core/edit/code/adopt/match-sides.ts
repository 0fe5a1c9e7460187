import { matchAlike, matchKeys } from "../../text/match-lines";
import { range } from "../../text/range";
import type { Anchor } from "./anchors";
import type { CodeSide } from "./code-side";

/** A line of the file's code and the model's line that it is, by ordinals; `equal` when they say the same. */
export interface LinePair {
  readonly file: number;
  readonly model: number;
  readonly equal: boolean;
}

/** Two lines less alike than this are not one line that was changed. */
const alikeAtLeast = 0.5;

interface Stretch {
  readonly file: readonly [start: number, end: number];
  readonly model: readonly [start: number, end: number];
}

/**
 * Pairs the code of both sides: equal lines first, then between them lines that were changed. `isKept` takes ordinals of the file out
 * of the comparison. Of a declaration that both sides have (`anchors`) the heads are one line, even if it was renamed, and what is in
 * the one is in the other. `isFresh` takes ordinals of the model out of the comparison.
 */
export function matchSides(
  file: CodeSide,
  model: CodeSide,
  isKept: (ordinal: number) => boolean,
  isFresh: (ordinal: number) => boolean,
  anchors: readonly Anchor[],
): LinePair[] {
  const pairs: LinePair[] = [];
  matchStretch({ file: [0, file.code.length], model: [0, model.code.length] }, anchors);
  return pairs;

  function matchStretch(whole: Stretch, inside: readonly Anchor[]): void {
    let [fileAt] = whole.file;
    let [modelAt] = whole.model;
    for (const anchor of inside) {
      const [fileHead, fileEnd] = anchor.file;
      const [modelHead, modelEnd] = anchor.model;
      // Heads may be on one line where a language allows it, or reach out of what is around: then only the lines are compared.
      if (fileHead < fileAt || modelHead < modelAt || fileEnd > whole.file[1] || modelEnd > whole.model[1] || isKept(fileHead)) continue;
      matchFreely({ file: [fileAt, fileHead], model: [modelAt, modelHead] });
      pairs.push({ file: fileHead, model: modelHead, equal: file.keys[fileHead] === model.keys[modelHead] });
      matchStretch({ file: [fileHead + 1, fileEnd], model: [modelHead + 1, modelEnd] }, anchor.inner);
      fileAt = fileEnd;
      modelAt = modelEnd;
    }
    matchFreely({ file: [fileAt, whole.file[1]], model: [modelAt, whole.model[1]] });
  }

  function matchFreely(stretch: Stretch): void {
    const ours = range(...stretch.file).filter((ordinal) => !isKept(ordinal));
    const theirs = range(...stretch.model).filter((ordinal) => !isFresh(ordinal));
    pairs.push(...matchLines(file, model, ours, theirs));
  }
}

/** Pairs lines without knowing of declarations. */
function matchLines(file: CodeSide, model: CodeSide, ours: readonly number[], theirs: readonly number[]): LinePair[] {
  const match = matchKeys(
    ours.map((ordinal) => file.keys[ordinal] ?? ""),
    theirs.map((ordinal) => model.keys[ordinal] ?? ""),
  );
  const pairs: LinePair[] = [];
  let fileAt = 0;
  let modelAt = 0;
  for (let index = 0; index <= ours.length; index++) {
    const other = index < ours.length ? (match[index] ?? -1) : theirs.length;
    if (other < 0) continue;
    pairs.push(...changedLines(file, model, ours.slice(fileAt, index), theirs.slice(modelAt, other)));
    if (index < ours.length) pairs.push({ file: ours[index] ?? 0, model: theirs[other] ?? 0, equal: true });
    fileAt = index + 1;
    modelAt = other + 1;
  }
  return pairs;
}

function changedLines(file: CodeSide, model: CodeSide, ours: readonly number[], theirs: readonly number[]): LinePair[] {
  const text = (side: CodeSide, ordinal: number): string => {
    const line = side.code[ordinal] ?? 0;
    return (side.lines[line] ?? "").slice(0, side.scan[line]?.commentAt);
  };
  return matchAlike(
    ours.map((at) => text(file, at)),
    theirs.map((at) => text(model, at)),
    alikeAtLeast,
  ).map(([i, j]) => ({ file: ours[i] ?? 0, model: theirs[j] ?? 0, equal: false }));
}
