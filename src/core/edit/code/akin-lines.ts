import type { Replacement } from "../../../base/text/changes";
import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { type CodeEdit, type ReplaceEdit, replaceEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { limits } from "../limits";
import { areOtherEntries } from "../text/entry";
import { indentOf } from "../text/indentation";
import { comparedText, lineSimilarity, lineWeight, textSimilarity } from "../text/line-similarity";
import { range, trimmed } from "../text/lines";
import { usesName } from "../text/whole-word";
import { thresholds } from "../thresholds";
import { isImport, namesBound } from "./added/import-lines";
import { boundHead } from "./bound-head";
import { findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { withBindingOf } from "./fit/binding";

/** In the place of those that they resemble most, if only those do. */
export function akinLines(
  file: EditedFile,
  lines: readonly string[],
  { start: from, end: to }: LineRange,
): Replacement | undefined {
  const { scan } = file.snapshot;
  const texts = lines.map(comparedText);
  const last = Math.min(to, file.lines.length) - lines.length;
  let best: { readonly start: number; readonly score: number } | undefined;
  let second = 0;
  for (let start = from; start <= last; start++) {
    let sum = 0;
    for (const [at, line] of lines.entries()) {
      const own = lineAt(file.lines, start + at);
      const mayBecome =
        own.trim() === line.trim() ||
        (scan[start + at]?.kind === "code" &&
          !(file.facts.blocks === "none" && areOtherEntries(own, line)) &&
          !bringsOther(file, own, line) &&
          !bindsOther(file, own, line));
      const alike = mayBecome
        ? textSimilarity(comparedText(own), lineAt(texts, at), thresholds.akin)
        : 0;
      sum = alike < thresholds.akin ? Number.NEGATIVE_INFINITY : sum + alike;
      if (sum < 0) break;
    }
    const score = sum / lines.length;
    if (score > (best?.score ?? 0)) {
      second = best?.score ?? 0;
      best = { start, score };
    } else second = Math.max(second, score);
  }
  if (!best || best.score < thresholds.akinLines || best.score - second < thresholds.margin)
    return undefined;
  const { start } = best;
  if (mayBeNew(lines, file.lines.slice(start, start + lines.length))) return undefined;
  const fresh = lines.map((line, at) => {
    const own = lineAt(file.lines, start + at);
    return withBindingOf(own, indentOf(own) + line.trim());
  });
  return { start, end: start + lines.length, lines: fresh };
}

/**
 * At one end of lines that the file has, they may as well be new ones beside those.
 *
 *     file: case "toggle":       answer: case "clear":
 *             return toggled;              return empty;
 *           default:                     default:
 */
function mayBeNew(lines: readonly string[], own: readonly string[]): boolean {
  const changed = lines.map((line, at) => own[at]?.trim() !== line.trim());
  const [first, last] = [changed.indexOf(true), changed.lastIndexOf(true)];
  const isInOnePiece = changed.slice(first, last + 1).every((one) => one);
  if (!isInOnePiece || (first === 0) === (last === lines.length - 1)) return false;
  const alike = range(first, last + 1).map((at) =>
    lineSimilarity(lineAt(own, at), lineAt(lines, at)),
  );
  return alike.reduce((sum, one) => sum + one, 0) < alike.length * thresholds.nearly;
}

/** It brings none of its names, and the other one is used, or nobody asked about it. */
function bringsOther({ facts, lines, target }: EditedFile, own: string, line: string): boolean {
  if (!isImport(line, facts) || !isImport(own, facts)) return false;
  const names = namesBound(own, facts);
  if (namesBound(line, facts).some((name) => names.includes(name))) return false;
  const isAsked = target !== undefined && target.end - target.start <= 1;
  const others = lines.filter((other) => other !== own);
  return !isAsked || names.some((name) => usesName(others, name));
}

/** What the file has under its name stands there, and in the place of nothing else. */
function bindsOther({ snapshot }: EditedFile, own: string, line: string): boolean {
  const name = boundHead(line)?.name;
  return name !== undefined && name !== boundHead(own)?.name && snapshot.hasWord(name);
}

/**
 * Corrected lines that an answer gives and nothing else, though nobody asked about their very
 * place: as a before and an after.
 *
 *     file: while i > 0:     answer: while i >= 0:
 */
export function akinPair(file: EditedFile, piece: CodeEdit): ReplaceEdit | undefined {
  const lines = trimmed(piece.lines);
  const isPlain =
    lines.length <= thresholds.some &&
    lines.every((line) => line.trim() !== "" && !isElision(line) && !isImport(line, file.facts)) &&
    lines.some((line) => lineWeight(line) >= thresholds.telling);
  if (
    !isPlain ||
    file.lines.length > limits.longText ||
    findDeclarations(lines, file.facts).length > 0
  )
    return undefined;
  const op = akinLines(file, lines, askedIn(file));
  if (op === undefined) return undefined;
  const search = file.lines.slice(op.start, op.end);
  return replaceEdit("pair", { search, replace: op.lines });
}

/** The function that the person asked about, else the whole file. */
function askedIn({ declarations, lines, target }: EditedFile): LineRange {
  const around = declarations.findLast(
    (one) =>
      target && one.kind === "callable" && one.start <= target.start && one.end >= target.end,
  );
  return around ?? { start: 0, end: lines.length };
}
