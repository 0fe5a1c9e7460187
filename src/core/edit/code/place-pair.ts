import { type Placement, refused, tightOp } from "../locate/placement";
import type { AnsweredCode } from "./answered-code";
import type { Declaration } from "./declarations";
import { fitCode } from "./fit/fit-code";
import { fittedNotices } from "./fitted-notices";
import { inFormOf } from "./head-form";
import { modelLines } from "./model-lines";
import { beginningIn } from "./nested-declarations";
import type { DeclarationPair } from "./pair-declarations";

/** A class or interface of which less is left is no version of it. */
const leastOfType = 0.4;

/** The file's declaration with what the answer changed in it. */
export function placePair(
  { file, lines, declarations }: AnsweredCode,
  { ours, theirs }: DeclarationPair,
): Placement {
  const shown = modelLines(lines, theirs, ours);
  const headAt = theirs.head - theirs.start;
  const head = inFormOf(
    file.lines[ours.head] ?? "",
    shown[headAt] ?? "",
    file.facts,
    ours.container !== undefined,
  );
  if (theirs.kind === "callable" && head === undefined) {
    const why = `The answer's \`${ours.name}\` is written as a function of another kind than the file's, and could not stand in its place.`;
    return refused("stale", why, [ours]);
  }
  const answer =
    theirs.kind === "callable"
      ? shown.map((line, at) => (at === headAt ? (head ?? line) : line))
      : shown;
  const fileDeclarations = inside(file.declarations, ours);
  const fitted = fitCode({
    file: file.lines.slice(ours.start, ours.end),
    answer,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    fileDeclarations,
    answerDeclarations: inside(declarations, theirs),
    heads: { ours: shifted(ours, ours.start), theirs: shifted(theirs, theirs.start) },
  });
  const length = ours.end - ours.start;
  const isOne = fileDeclarations.length <= 1;
  if (fitted.elided && !fitted.anchored && length > 6 && isOne)
    return refused("malformed", `The answer leaves out most of \`${ours.name}\` (\`...\`).`, [
      ours,
    ]);
  if (ours.kind === "type" && !fitted.elided && fitted.covered < leastOfType && fitted.gone > 2)
    return refused(
      "stale",
      `The answer leaves most of \`${ours.name}\` out, so it cannot be told what it keeps.`,
      [ours],
    );
  const op = tightOp(file.lines, { start: ours.start, end: ours.end, lines: fitted.lines });
  return {
    kind: "placed",
    ops: op ? [op] : [],
    match: "symbol",
    notices: op ? fittedNotices(fitted) : [],
    said: [answer],
  };
}

/** A declaration with those in it, by the lines of its own text. */
function inside(all: readonly Declaration[], around: Declaration): Declaration[] {
  return beginningIn(all, { start: around.head, end: around.end })
    .filter((one) => one.end <= around.end)
    .map((one) => shifted(one, around.start));
}

function shifted(one: Declaration, by: number): Declaration {
  return { ...one, start: Math.max(0, one.start - by), end: one.end - by, head: one.head - by };
}
