import {
  type AnswerEdit,
  type CodeEdit,
  type ReplaceEdit,
  replaceEdit,
} from "../answer/answer-edit";
import { limits } from "../limits";
import { findLines, type Match } from "../locate/find-lines";
import { type Placed, partWithoutPlace, type Refused, refused } from "../locate/placement";
import { languagesAgree } from "../text/fence-languages";
import { scanLines } from "../text/scan-lines";
import { textsOf } from "../text/texts-of";
import { trimmed } from "../text/trimmed";
import { worded } from "../text/worded";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import { usesName } from "./added/uses-name";
import { akinPair } from "./akin-lines";
import { type Declaration, findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { placeCode } from "./place-code";

/** What an answer's code comes to for one file. */
export type CodeOutcome =
  | { readonly kind: "edits"; readonly edits: readonly AnswerEdit[] }
  /** The file says all of it already. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "none" }
  | Refused;

/**
 * Of an answer's pieces of code, those that are edits of the file: examples, quotations of the file
 * and output are not. Two pieces, the first of them the file's and the second not, are a before and
 * an after.
 */
export function codeEditsFor(file: EditedFile, pieces: readonly CodeEdit[]): CodeOutcome {
  const edits: { edit: AnswerEdit; placed: Placed; bySymbol: boolean }[] = [];
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
      edits.push({
        edit: pair,
        placed: { kind: "placed", ops: [], match: "aligned", notices: [] },
        bySymbol: false,
      });
      at++;
      continue;
    }
    const removal = takenOut(file, piece, fitting[at + 1]);
    if (removal) {
      const placed = { kind: "placed", ops: [], match: "exact", notices: [] } as const;
      edits.push({ edit: removal, placed, bySymbol: true });
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
    if (placed.kind === "none" && (isMostlyFiles(file, piece.lines) || isToBeAdded(file, piece)))
      left.push({ piece, why: partWithoutPlace });
    if (placed.kind === "refused") left.push({ piece, why: placed });
    if (placed.kind === "refused") refusal ??= placed;
    else if (placed.kind === "placed" && placed.ops.length === 0) unchanged = true;
    else if (placed.kind === "placed")
      edits.push({ edit: piece, placed, bySymbol: placed.match === "symbol" });
  }
  // A whole function says more than the single lines shown on the way to it.
  const whole = edits.filter((one) => one.bySymbol);
  const told = new Set(whole.flatMap((one) => linesOf(one.edit)));
  const wholeOps = whole.flatMap(({ placed }) => placed.ops);
  const isOnTheWay = ({ edit, placed, bySymbol }: (typeof edits)[number]): boolean =>
    !bySymbol &&
    linesOf(edit).filter((line) => told.has(line)).length * 2 >= linesOf(edit).length &&
    (placed.ops.length === 0 ||
      placed.ops.some((op) => wholeOps.some((a) => a.start <= op.end && op.start <= a.end)));
  const names = whole.flatMap(({ edit }) =>
    findDeclarations(edit.kind === "code" ? edit.lines : [], file.facts).map(({ name }) => name),
  );
  // What uses the name in the file, too, is a line of the file.
  const isUse = ({ edit, placed, bySymbol }: (typeof edits)[number]): boolean => {
    const old = placed.ops.flatMap(({ start, end }) => file.lines.slice(start, end));
    return (
      !bySymbol &&
      linesOf(edit).length <= 2 &&
      names.some((name) => usesName(linesOf(edit), name) && !usesName(old, name))
    );
  };
  // "Then use it in `total`:" leads to `total` itself: what the file declares is no example.
  const isShown = (edit: AnswerEdit): boolean =>
    edit.kind === "code" &&
    saysExample.test(lastSentence(edit)) &&
    !findDeclarations(edit.lines, file.facts).some((one) => hasName(file, one));
  const meant = edits.filter((one) => !isOnTheWay(one) && !isUse(one));
  // Below an edit, what is called an example of its use is none.
  const chosen = meant.filter((one, at) => at === 0 || !isShown(one.edit));
  // Half of what an answer gives is not what it gives: what is no version of another piece has to
  // have a place, too.
  const given = chosen.flatMap(({ edit }) => linesOf(edit));
  const givenNames = new Set(findDeclarations(given, file.facts).map(({ name }) => name));
  const isOfOthers = ({ lines }: CodeEdit): boolean =>
    findDeclarations(lines, file.facts).every(({ name }) => givenNames.has(name));
  const lost = left.find(
    ({ piece }) => !isShown(piece) && !(isTold(given, piece) && isOfOthers(piece)),
  );
  if (chosen.length > 0 && lost) return lost.why;
  // An import comes for code that has a place.
  const isOnlyImports = chosen.every(
    ({ edit }) => edit.kind === "code" && isImports(file, edit.lines),
  );
  if (chosen.length > 0 && isOnlyImports && others.some((piece) => !isShown(piece)))
    return partWithoutPlace;
  const conflict = firstConflict(chosen.map((one) => one.placed));
  if (conflict) return conflict;
  if (chosen.length > 0) return { kind: "edits", edits: distinct(chosen).map((one) => one.edit) };
  if (refusal) return refusal;
  if (unchanged) return { kind: "unchanged" };
  const [only] = fitting.length === 1 ? fitting : [];
  const akin = only && !isShown(only) ? akinPair(file, only) : undefined;
  return akin ? { kind: "edits", edits: [akin] } : { kind: "none" };
}

/**
 * An import in a fence of its own has no place by itself: it comes for the code that needs it, or
 * where the answer gives nothing else, for the file.
 */
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

function isImports({ facts }: EditedFile, lines: readonly string[]): boolean {
  const code = scanLines(lines, facts).flatMap(({ kind, depth }, at) =>
    kind === "code" && depth === 0 ? [lines[at] ?? ""] : [],
  );
  return code.length > 0 && code.every((line) => isImport(line, facts) || /^\W+$/.test(line));
}

function isThere(file: EditedFile, { lines }: CodeEdit): boolean {
  return findLines(file.snapshot, trimmed(lines), "layout").length > 0;
}

/** Whether a piece is a changed part of the file, and no example beside it. */
function isMostlyFiles(file: EditedFile, lines: readonly string[]): boolean {
  const own = textsOf(file.lines);
  const said = worded(lines);
  const known = said.filter((line) => own.has(line)).length;
  return said.length > 2 && known < said.length && known >= said.length * thresholds.pieceOfFile;
}

/** Tells to put code into the file. */
const saysAdd = /\b(?:add|append|create|define|implement|insert|put)\b/i;

/**
 * Whether a sentence says that a whole new function belongs into the file, and not how one is used.
 */
function isToBeAdded({ facts }: EditedFile, piece: CodeEdit): boolean {
  return saysAdd.test(lastSentence(piece)) && findDeclarations(piece.lines, facts).length > 0;
}

function isTold(lines: readonly string[], piece: CodeEdit): boolean {
  const told = new Set(lines);
  const said = linesOf(piece);
  return said.filter((line) => told.has(line)).length >= said.length * thresholds.pieceTold;
}

/** What an edit gives as the new text, line by line. */
function linesOf(edit: AnswerEdit): string[] {
  const lines = edit.kind === "replace" ? (edit.readings[0]?.replace ?? []) : edit.lines;
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function isFilesOwn(file: EditedFile, lines: readonly string[]): boolean {
  const scan = scanLines(lines, file.facts);
  const isTelling = (line: string, at: number): boolean =>
    /\w/.test(line) && (hasCode ? scan[at]?.kind === "code" : true);
  const hasCode = scan.some(({ kind }) => kind === "code");
  const said = lines.filter(isTelling).map((line) => line.trim());
  const own = textsOf(file.lines);
  // A command that writes the file has a line of its own on top and at the end.
  const isFramed = !own.has(said[0] ?? "") && !own.has(said.at(-1) ?? "");
  const known = said.filter((line) => own.has(line)).length;
  const isNamed = findDeclarations(lines, file.facts).some((one) => hasName(file, one));
  const least = isNamed ? thresholds.pieceOfOwnByName : thresholds.pieceOfOwn;
  return said.length > 1 && !isFramed && known >= said.length * least;
}

function hasName({ byText }: EditedFile, { name, kind }: Declaration): boolean {
  return byText.named(name, kind).length > 0;
}

function distinct<T extends { placed: Placed }>(edits: readonly T[]): T[] {
  const seen = new Set<string>();
  return edits.filter((one) => {
    if (one.placed.ops.length === 0) return true;
    const key = JSON.stringify(one.placed.ops);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function firstConflict(all: readonly Placed[]): Refused | undefined {
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      if (JSON.stringify(one.ops) === JSON.stringify(other.ops)) continue;
      const clash = one.ops.find((a) => other.ops.some((b) => a.start < b.end && b.start < a.end));
      if (clash)
        return refused(
          "overlap",
          `The answer gives two different versions of the code at line ${clash.start + 1}.`,
          [clash],
        );
    }
  }
  return undefined;
}

/** In the last sentence of a label. */
const saysNew =
  /\b(?:right|correct(?:ed)?|fix(?:ed)?|new|updated?|should be|instead|with|after|replacement|to|write|by)\b/i;
const saysOld =
  /\b(?:wrong|old|original|current(?:ly)?|before|instead of|replace|change|problem|bug|buggy|incorrect|find|from)\b/i;

/** Shows how the new code is used. */
const saysExample =
  /\b(?:example|usage|for instance|e\.g\.|(?:try|call|use|run) it|(?:is|are) (?:called|used))\b/i;

/** Says so of the first of two pieces that it is no before. */
const saysFresh = /\b(?:corrected|fixed|improved|new|updated)\b/i;

function lastSentence({ label }: CodeEdit): string {
  return label.slice(label.lastIndexOf(".") + 1);
}

/**
 * Before and after: the first piece is in the file once, the second is not, and it is not a whole
 * declaration, which has a place by its name.
 */
function pairOf(
  file: EditedFile,
  first: CodeEdit,
  second: CodeEdit | undefined,
): ReplaceEdit | undefined {
  if (!second) return undefined;
  const before = first.lines.filter((line) => line.trim() !== "");
  const after = second.lines.filter((line) => line.trim() !== "");
  if (
    before.length === 0 ||
    after.length === 0 ||
    before.length > limits.pairLines ||
    after.length > before.length * 4 + 6
  )
    return undefined;
  const isSaid = saysNew.test(lastSentence(second)) || saysOld.test(lastSentence(first));
  if (
    findDeclarations(second.lines, file.facts).length > 0 &&
    !(isSaid && (isPart(file, first) || renames(file, first, second)))
  )
    return undefined;
  if (before.length > 3 && !isSaid) return undefined;
  if (losesNames(file, first, second) || saysExample.test(lastSentence(second))) return undefined;
  const told = lastSentence(first);
  if (saysFresh.test(told) && !saysOld.test(told)) return undefined;
  const [only, ...others] = findLines(file.snapshot, before, "code");
  const fits = only !== undefined && (others.length === 0 || file.target !== undefined);
  if (
    !fits ||
    reachesBeyond(file, first, second, only) ||
    // Of the lines that are quoted some may be all that is left.
    findLines(file.snapshot, after, "code").some(
      ({ start, end }) => start < only.start || end > only.end,
    )
  )
    return undefined;
  return replaceEdit("pair", { search: first.lines, replace: second.lines });
}

/**
 * A piece that is said to be wrong, right beside what is said to be right and is in the file as it
 * is: it goes.
 */
function takenOut(
  file: EditedFile,
  first: CodeEdit,
  second: CodeEdit | undefined,
): ReplaceEdit | undefined {
  const isSaid = saysOld.test(lastSentence(first)) && second && saysNew.test(lastSentence(second));
  if (!isSaid) return undefined;
  const [old, left] = [first, second].map(({ lines }) => {
    const [place, ...others] = findLines(file.snapshot, trimmed(lines), "layout");
    return others.length === 0 ? place : undefined;
  });
  if (!old || !left) return undefined;
  const between = file.lines.slice(Math.min(old.end, left.end), Math.max(old.start, left.start));
  const isBeside = old.end <= left.start || left.end <= old.start;
  return isBeside && between.every((line) => line.trim() === "")
    ? replaceEdit("pair", { search: first.lines, replace: [] })
    : undefined;
}

/**
 * Whether a piece that is said to be old is not in the file, and the one that is to take its place
 * is.
 */
function isDone(file: EditedFile, first: CodeEdit, second: CodeEdit | undefined): boolean {
  return (
    second !== undefined &&
    saysOld.test(lastSentence(first)) &&
    isTold(linesOf(second), first) &&
    isThere(file, second) &&
    !isThere(file, first)
  );
}

/**
 * Whether the second piece has the line that follows in the file on what the first one quotes, or
 * the one before it: then it is no version of the first alone, but code with a place of its own.
 */
function reachesBeyond(file: EditedFile, first: CodeEdit, second: CodeEdit, place: Match): boolean {
  const quoted = new Set(first.lines.map((line) => line.trim()));
  const anew = new Set(second.lines.map((line) => line.trim()).filter((line) => !quoted.has(line)));
  const says = (line: string): boolean => line.trim() !== "";
  const before = file.lines.slice(0, place.start).findLast(says)?.trim() ?? "";
  const after = file.lines.slice(place.end).find(says)?.trim() ?? "";
  return anew.has(before) || anew.has(after);
}

/**
 * Whether what the second piece declares has other names than what the first does, so that names do
 * not tell its place. A function beside a class is no other name of it.
 */
function renames(file: EditedFile, first: CodeEdit, second: CodeEdit): boolean {
  const old = findDeclarations(first.lines, file.facts);
  const names = new Set(old.map((one) => one.name));
  const all = findDeclarations(second.lines, file.facts);
  const fresh = all.filter((one) => file.named(one.name, one.kind).length === 0);
  return (
    fresh.length > 0 &&
    fresh.every((one) => !names.has(one.name)) &&
    names.size > 0 &&
    old[0]?.kind === all[0]?.kind
  );
}

/**
 * Whether the second piece shows nothing of what the first declares: then it is no version of it.
 */
function losesNames(file: EditedFile, first: CodeEdit, second: CodeEdit): boolean {
  const old = findDeclarations(first.lines, file.facts);
  const names = new Set(findDeclarations(second.lines, file.facts).map((one) => one.name));
  return old.length > 0 && !old.some((one) => names.has(one.name)) && !renames(file, first, second);
}

/**
 * Whether a piece quotes only a part of each declaration that it names, or of what stands around
 * it.
 */
function isPart(file: EditedFile, piece: CodeEdit): boolean {
  const code = (lines: readonly string[]): number =>
    scanLines(lines, file.facts).filter((line) => line.kind === "code").length;
  return findDeclarations(piece.lines, file.facts).some((theirs) => {
    const [ours] = file.named(theirs.name, theirs.kind);
    return (
      theirs.isOpen ||
      (ours !== undefined &&
        code(piece.lines.slice(theirs.head, theirs.end)) <
          code(file.lines.slice(ours.head, ours.end)))
    );
  });
}
