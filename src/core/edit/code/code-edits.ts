import type { AnswerEdit, CodeEdit } from "../answer/answer-edit";
import { partWithoutPlace, type Refused } from "../locate/placement";
import { languagesAgree } from "../text/fence-languages";
import { lineWeight } from "../text/line-similarity";
import { firstSaid, textsOf } from "../text/lines";
import { thresholds } from "../thresholds";
import { akinPair } from "./akin-lines";
import {
  bindsKnown,
  isFilesOwn,
  isImports,
  isMostlyFiles,
  isThere,
  isToBeAdded,
  isTold,
  lastSentence,
  linesOf,
  saysExample,
} from "./answer-piece";
import { isDone, pairOf } from "./before-and-after";
import { findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { placeCode } from "./place-code";

export type CodeOutcome =
  | { readonly kind: "edits"; readonly edits: readonly AnswerEdit[] }
  /** The file says all of it already. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "none" }
  | Refused;

/** Those that are edits of the file; the file's own and another behind it are before and after. */
export function codeEditsFor(file: EditedFile, pieces: readonly CodeEdit[]): CodeOutcome {
  const edits: AnswerEdit[] = [];
  let unchanged = false;
  let refusal: Refused | undefined;
  /** What has no place, and may be an example. */
  const others: CodeEdit[] = [];
  const left: { readonly piece: CodeEdit; readonly why: Refused }[] = [];
  const fitting = withNeedOfImports(
    file,
    pieces.filter(
      (piece) => languagesAgree(piece.language, file.languageId) || isFilesOwn(file, piece.lines),
    ),
  );
  for (let at = 0; at < fitting.length; at++) {
    const piece = fitting[at];
    if (!piece) continue;
    const pair = pairOf(file, piece, fitting[at + 1]);
    if (pair) {
      edits.push(pair);
      at++;
      continue;
    }
    if (isDone(file, piece, fitting[at + 1])) {
      unchanged = true;
      at++;
      continue;
    }
    // What stands in the file as it is was quoted.
    if (isThere(file, piece)) {
      unchanged = true;
      continue;
    }
    const placed = placeCode(file, piece);
    if (placed.kind === "none" && !isImports(file, piece.lines)) others.push(piece);
    const isMeant = [isMostlyFiles, isToBeAdded, bindsKnown].some((is) => is(file, piece));
    if (placed.kind === "none" && isMeant) left.push({ piece, why: partWithoutPlace });
    if (placed.kind === "refused") left.push({ piece, why: placed });
    if (placed.kind === "refused") refusal ??= placed;
    else if (placed.kind === "placed" && placed.ops.length === 0) unchanged = true;
    else if (placed.kind === "placed") edits.push(piece);
  }
  // "Then use it in `total`:" leads to `total` itself: what the file declares is no example, nor
  // what opens as a block of the file does.
  const own = textsOf(file.lines);
  const opensAsFile = (first: string): boolean =>
    own.has(first.trim()) && lineWeight(first) >= thresholds.telling;
  const isShown = (edit: AnswerEdit): boolean =>
    edit.kind === "code" &&
    saysExample.test(lastSentence(edit)) &&
    !opensAsFile(firstSaid(edit.lines)) &&
    !findDeclarations(edit.lines, file.facts).some(
      ({ name, kind }) => file.byText.named(name, kind).length > 0,
    );
  // Below an edit, what is called an example of its use is none.
  const chosen = edits.filter((edit, at) => at === 0 || !isShown(edit));
  // What is no version of another piece has to have a place, too.
  const given = chosen.flatMap(linesOf);
  const givenNames = new Set(findDeclarations(given, file.facts).map(({ name }) => name));
  const isOfOthers = ({ lines }: CodeEdit): boolean =>
    findDeclarations(lines, file.facts).every(({ name }) => givenNames.has(name));
  const lost = left.find(
    ({ piece }) => !isShown(piece) && !(isTold(given, piece) && isOfOthers(piece)),
  );
  if (chosen.length > 0 && lost) return lost.why;
  // An import comes for code that has a place.
  const isOnlyImports = chosen.every((edit) => edit.kind === "code" && isImports(file, edit.lines));
  if (chosen.length > 0 && isOnlyImports && others.some((piece) => !isShown(piece)))
    return partWithoutPlace;
  if (chosen.length > 0) return { kind: "edits", edits: chosen };
  if (refusal) return refusal;
  if (unchanged) return { kind: "unchanged" };
  const [only] = fitting.length === 1 ? fitting : [];
  const akin = only && !isShown(only) ? akinPair(file, only) : undefined;
  return akin ? { kind: "edits", edits: [akin] } : { kind: "none" };
}

/** It comes for the code that needs it, or, alone, for the file. */
function withNeedOfImports(file: EditedFile, pieces: readonly CodeEdit[]): readonly CodeEdit[] {
  const isBare = (piece: CodeEdit): boolean =>
    isImports(file, piece.lines) && !isThere(file, piece) && placeCode(file, piece).kind === "none";
  const others = pieces.filter((piece) => !isBare(piece));
  const neededBy =
    others.length === 0
      ? file.lines
      : others.flatMap(({ lines }) => (isImports(file, lines) ? [] : lines));
  if (neededBy.length === 0) return pieces;
  return pieces.map((piece) => (others.includes(piece) ? piece : { ...piece, neededBy }));
}
