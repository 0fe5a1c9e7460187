import { type Placement, placed, refused } from "../locate/placement";
import { thresholds } from "../thresholds";
import type { AnsweredCode } from "./answered-code";
import { fitPlace, fittedNotices } from "./fit-place";
import { isInFormOf } from "./head-form";
import { shifted, wholeIn } from "./nested-declarations";
import type { DeclarationPair } from "./pair-declarations";

/** The file's declaration with what the answer changed in it. */
export function placePair(
  { file, lines, declarations }: AnsweredCode,
  { ours, theirs }: DeclarationPair,
): Placement {
  const answer = lines.slice(theirs.start, theirs.end);
  const [own = "", given = ""] = [file.lines[ours.head], lines[theirs.head]];
  const isMember = ours.container !== undefined;
  if (theirs.kind === "callable" && !isInFormOf(own, given, file.facts, isMember)) {
    const why = `The answer's \`${ours.name}\` is written as a function of another kind than the file's, and could not stand in its place.`;
    return refused("stale", why, [ours]);
  }
  const fileDeclarations = wholeIn(file.declarations, ours);
  const fitted = fitPlace(file, ours, answer, {
    fileDeclarations,
    answerDeclarations: wholeIn(declarations, theirs),
    heads: { ours: shifted(ours, ours.start), theirs: shifted(theirs, theirs.start) },
  });
  const length = ours.end - ours.start;
  const isOne = fileDeclarations.length <= 1;
  if (fitted.elided && !fitted.anchored && length > 6 && isOne)
    return refused("malformed", `The answer leaves out most of \`${ours.name}\` (\`...\`).`, [
      ours,
    ]);
  if (
    ours.kind === "type" &&
    !fitted.elided &&
    fitted.covered < thresholds.covered &&
    fitted.gone > thresholds.pair
  )
    return refused(
      "stale",
      `The answer leaves most of \`${ours.name}\` out, so it cannot be told what it keeps.`,
      [ours],
    );
  const op = { start: ours.start, end: ours.end, lines: fitted.lines };
  return placed(file.lines, op, {
    match: "symbol",
    notices: fittedNotices(fitted),
    said: [answer],
  });
}
