import { type CodeEdit, type ReplaceEdit, replaceEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { columnsOf, indentOf } from "../text/indentation";
import { comparedText, lineWeight, textSimilarity } from "../text/line-similarity";
import { trimmed } from "../text/trimmed";
import { isImport } from "./added/import-lines";
import { findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { withBindingOf } from "./fit/binding";

/** More lines are a stretch, or have a name; and a longer file has too many that are alike. */
const mostLines = 6;
const mostOwn = 3_000;
/**
 * How alike all of the lines must be to those that they replace, and each of them; and how far the
 * next best place must stay behind.
 */
const alikeAtLeast = 0.68;
const eachAtLeast = 0.4;
const margin = 0.15;
/** What says less may stand anywhere. */
const leastWeight = 1.5;

/**
 * Corrected lines that an answer gives and nothing else, though nobody asked about a place: they
 * stand for the only lines of the file that they resemble, one for one.
 *
 *     file: while i > 0:     answer: while i >= 0:
 */
export function akinLines(file: EditedFile, piece: CodeEdit): ReplaceEdit | undefined {
  const lines = trimmed(piece.lines);
  const isPlain =
    lines.length > 0 &&
    lines.length <= mostLines &&
    lines.every((line) => line.trim() !== "" && !isElision(line) && !isImport(line, file.facts)) &&
    lines.some((line) => lineWeight(line) >= leastWeight);
  if (!isPlain || file.lines.length > mostOwn || findDeclarations(lines, file.facts).length > 0)
    return undefined;
  const texts = lines.map(comparedText);
  const own = file.lines.map(comparedText);
  const scored = file.lines
    .flatMap((_, start) => {
      const score = own.length - start < lines.length ? 0 : likeness(own, texts, start);
      return score > 0 ? [{ start, score }] : [];
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best || best.score < alikeAtLeast || (second && best.score - second.score < margin))
    return undefined;
  const place = { start: best.start, end: best.start + lines.length };
  const search = file.lines.slice(place.start, place.end);
  // What the file has elsewhere was quoted from there.
  const isElsewhere = (text: string, at: number): boolean =>
    own.some((other, line) => other === text && line !== place.start + at);
  const isQuoted = texts.some((text, at) => lineWeight(text) >= 1 && isElsewhere(text, at));
  if (isQuoted || !isSteppedAlike(search, lines)) return undefined;
  const replace = search.map((own, at) =>
    withBindingOf(own, indentOf(own) + (lines[at] ?? "").trim()),
  );
  return replaceEdit("pair", { search, replace });
}

/** How alike lines are to as many of the file's, on average; 0 where one of them is not. */
function likeness(own: readonly string[], texts: readonly string[], start: number): number {
  let sum = 0;
  for (const [at, text] of texts.entries()) {
    const alike = textSimilarity(own[start + at] ?? "", text, eachAtLeast);
    if (alike < eachAtLeast) return 0;
    sum += alike;
  }
  return sum / texts.length;
}

/** Whether what stands deeper than the first line does so on both sides. */
function isSteppedAlike(own: readonly string[], lines: readonly string[]): boolean {
  const stepOf = (all: readonly string[], at: number): number =>
    Math.sign(columnsOf(indentOf(all[at] ?? "")) - columnsOf(indentOf(all[0] ?? "")));
  return lines.every((_, at) => stepOf(own, at) === stepOf(lines, at));
}
