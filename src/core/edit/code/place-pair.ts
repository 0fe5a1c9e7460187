import type { LanguageFacts } from "../../../base/languages/language";
import { type Placement, placed, refused } from "../locate/placement";
import type { AnsweredCode } from "./answered-code";
import { fitPlace, fittedNotices } from "./fit-place";
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
  if (fitted.elided && !fitted.anchored && fileDeclarations.length <= 1)
    return refused("malformed", `The answer leaves out most of \`${ours.name}\` (\`...\`).`, [
      ours,
    ]);
  const op = { start: ours.start, end: ours.end, lines: fitted.lines };
  return placed(file.lines, op, {
    match: "symbol",
    notices: fittedNotices(fitted),
    said: [answer],
  });
}

const functionHead =
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function(?:\s*\*)?\s+[\w$]+\s*[<(]/;
const methodHead =
  /^\s*(?:(?:public|private|protected|static|override)\s+)*(?:async\s+)?(?:\*\s*)?[\w$]+\s*[<(]/;

function formOf(head: string): "function" | "method" | "other" {
  return functionHead.test(head) ? "function" : methodHead.test(head) ? "method" : "other";
}

/** A method of a script has no `function`, and a function has: neither could stand for the other. */
function isInFormOf(
  own: string,
  theirs: string,
  facts: LanguageFacts,
  isInClass: boolean,
): boolean {
  const [ours, given] = [formOf(own), formOf(theirs)];
  if (!facts.regexLiterals || given === "other" || given === ours) return true;
  return ours === "other" && (given === "method") === isInClass;
}
