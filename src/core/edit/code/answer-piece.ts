import { lastLine, lineAt } from "../../../base/text/lines";
import type { AnswerEdit, CodeEdit } from "../answer/answer-edit";
import { findLines } from "../locate/find-lines";
import { entryKey } from "../text/entry";
import { languagesAgree } from "../text/fence-languages";
import { depthOf } from "../text/indentation";
import { lineWeight } from "../text/line-similarity";
import { textsOf, trimmed, worded } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import { boundHead } from "./bound-head";
import { findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";

// What can be asked about one piece of an answer's code, by its text and by the sentence above it.

/** In the last sentence of a label. */
export const saysNew =
  /\b(?:right|correct(?:ed)?|fix(?:ed)?|new|updated?|should be|instead|with|after|replacement|to|write|by)\b/i;
export const saysOld =
  /\b(?:wrong|old|original|current(?:ly)?|before|instead of|replace|change|problem|bug|buggy|incorrect|find|from)\b|^\W*search\W*$/i;

/** Shows how the new code is used. */
export const saysExample =
  /\b(?:example|usage|for instance|e\.g\.|(?:try|call|use|run) it|(?:is|are) (?:called|used))\b/i;

/** Says so of the first of two pieces that it is no before. */
export const saysFresh = /\b(?:corrected|fixed|improved|new|updated)\b/i;

export function lastSentence({ label }: CodeEdit): string {
  return label.slice(label.lastIndexOf(".") + 1);
}

export function isImports({ facts }: EditedFile, lines: readonly string[]): boolean {
  const code = scanLines(lines, facts).flatMap(({ kind, depth }, at) =>
    kind === "code" && depth === 0 ? [lineAt(lines, at)] : [],
  );
  return code.length > 0 && code.every((line) => isImport(line, facts) || /^\W+$/.test(line));
}

export function isThere(file: EditedFile, { lines }: CodeEdit): boolean {
  return findLines(file.snapshot, trimmed(lines), "layout").length > 0;
}

/** Whether a piece is a changed part of the file, and no example beside it. */
export function isMostlyFiles(file: EditedFile, { lines, language }: CodeEdit): boolean {
  const own = textsOf(file.lines);
  const said = worded(lines);
  const known = said.filter((line) => own.has(line));
  const isTold = known.some((line) => lineWeight(line) >= thresholds.telling);
  const isEnough =
    said.length > 2 ||
    (said.length > 1 && isTold && languagesAgree(language, file.languageId)) ||
    findDeclarations(lines, file.facts).length > 0;
  const isHalf = known.length >= said.length * thresholds.half || isWrapped(lines, own);
  return isEnough && known.length < said.length && isHalf;
}

/** Whether a line of the file stands in a block that the piece opens: `try:`, `if (ready) {`. */
function isWrapped(lines: readonly string[], own: ReadonlyMap<string, unknown>): boolean {
  const [first = "", ...others] = trimmed(lines);
  const isDeeper = (line: string): boolean =>
    depthOf(line) > depthOf(first) &&
    lineWeight(line) >= thresholds.telling &&
    own.has(line.trim());
  return opensBlock.test(first) && !own.has(first.trim()) && others.some(isDeeper);
}

const opensBlock = /^\s*(?:if|for|while|try|with|unless|begin|do)\b/;

/** Tells to put code into the file. */
const saysAdd = /\b(?:add|append|create|define|implement|insert|put)\b/i;

export function isToBeAdded({ facts }: EditedFile, piece: CodeEdit): boolean {
  return saysAdd.test(lastSentence(piece)) && findDeclarations(piece.lines, facts).length > 0;
}

/** `public int Count { get; init; }`, `app: main.o`: no example of a file that has it otherwise. */
export function bindsKnown({ lines, facts }: EditedFile, piece: CodeEdit): boolean {
  const keysOf = (all: readonly string[]): string[] => all.flatMap((line) => entryKey(line) ?? []);
  const keys = new Set(facts.blocks === "none" ? keysOf(lines) : []);
  if (keysOf(piece.lines).some((key) => keys.has(key))) return true;
  const wordsOf = (all: readonly string[]): string[] =>
    all.flatMap((line) => boundHead(line)?.words.trim() ?? []);
  const own = new Set(wordsOf(lines));
  return wordsOf(piece.lines).some((words) => words.includes(" ") && own.has(words));
}

export function isTold(lines: readonly string[], piece: CodeEdit): boolean {
  const told = new Set(lines);
  const said = linesOf(piece);
  return said.filter((line) => told.has(line)).length >= said.length * thresholds.half;
}

export function linesOf(edit: AnswerEdit): string[] {
  const lines = edit.kind === "replace" ? (edit.readings[0]?.replace ?? []) : edit.lines;
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

export function isFilesOwn(file: EditedFile, lines: readonly string[]): boolean {
  const scan = scanLines(lines, file.facts);
  const isTelling = (line: string, at: number): boolean =>
    /\w/.test(line) && (hasCode ? scan[at]?.kind === "code" : true);
  const hasCode = scan.some(({ kind }) => kind === "code");
  const said = lines.filter(isTelling).map((line) => line.trim());
  const own = textsOf(file.lines);
  // A command that writes the file has a line of its own on top and at the end.
  const isFramed = !own.has(lineAt(said, 0)) && !own.has(lastLine(said));
  const known = said.filter((line) => own.has(line)).length;
  return said.length > 1 && !isFramed && known >= said.length * thresholds.half;
}
