import { isElision, withoutOuterElisions } from "../answer/elision";
import { alignLines } from "../locate/align-lines";
import { findLines } from "../locate/find-lines";
import { type LineRange, type Placement, placed, refused, touches } from "../locate/placement";
import { columnsOf, indentOf } from "../text/indentation";
import { lineSimilarity, lineWeight } from "../text/line-similarity";
import { range } from "../text/range";
import { scanLines } from "../text/scan-lines";
import { trimmed } from "../text/trimmed";
import { isImport, namesBound } from "./added/import-lines";
import { usesName } from "./added/uses-name";
import type { AnsweredCode } from "./answered-code";
import { boundHead } from "./bound-head";
import type { EditedFile } from "./edited-file";
import { withBindingOf } from "./fit/binding";
import { fitPlace } from "./fit-place";

/** So many lines around the asked-for place are looked at. */
const mostAround = 400;
/**
 * How alike a lone line must be to the line it replaces, and how far the next best must stay
 * behind.
 */
const aloneAtLeast = 0.6;
const aloneMargin = 0.15;

/**
 * Lines without a declaration: found between lines that the file has; a lone line only where the
 * person asked.
 */
export function placeSnippet({
  file,
  lines: shown,
}: AnsweredCode): Placement | { readonly kind: "none" } {
  const lines = withoutOuterElisions(shown);
  const scan = scanLines(lines, file.facts);
  const code = lines.flatMap((line, at) => (scan[at]?.kind === "code" ? [line] : []));
  if (code.length === 0) return placeLineByLine(file, lines) ?? { kind: "none" };
  const hasComments = scan.some((line) => line.kind === "comment");
  if (findLines(file.snapshot, lines, hasComments ? "style" : "code").length > 0)
    return { kind: "placed", ops: [], match: "exact", notices: [] };
  const between = placeBetween(file, lines, code, lines.length < shown.length);
  if (between) return between;
  const byLine = placeLineByLine(file, lines);
  if (byLine) return byLine;
  return code.length <= 2 && !hasComments ? placeAlone(file, code) : { kind: "none" };
}

/**
 * The first and the last line of code are lines of the file, in one place; what differs in between
 * is the change.
 */
function placeBetween(
  file: EditedFile,
  lines: readonly string[],
  code: readonly string[],
  isElided: boolean,
): Placement | undefined {
  if (code.length < 3) return undefined;
  const aligned = alignLines(file.snapshot, lines, true);
  if (aligned.kind === "none") return undefined;
  const { map, start, end } = aligned.match;
  const first = lines.indexOf(code[0] ?? "");
  const last = lines.lastIndexOf(code[code.length - 1] ?? "");
  if ((map[first] ?? -1) < 0 || (map[last] ?? -1) < 0) return undefined;
  const fitted = fitPlace(file, { start, end }, lines);
  // Who leaves out what stands around may have left out more.
  if (fitted.elided || fitted.gone > (isElided ? 1 : 2))
    return refused(
      "stale",
      "The answer shows a part of the code with lines left out, so it cannot be told which of them are meant to go.",
      [{ start, end }],
    );
  const op = { start, end, lines: fitted.lines };
  const notices = [
    "The answer shows only some lines; the place is the only one that resembles them.",
  ];
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}

/** More lines are a stretch, or have a name. */
const mostAkin = 24;
/** A line that became another has so much of it, or begins with the same word. */
const kinAtLeast = 0.3;
/** A line says so much that it tells the place of those beside it. */
const tellingWeight = 1;

/**
 * As many lines as stand where the person asked, line for line the same or akin, one of them the
 * very same: those that differ are the change, also the first and the last.
 *
 *     file: - run: npm ci          answer: - run: npm ci --offline
 *           - run: npm test                - run: npm test
 */
function placeLineByLine(file: EditedFile, shown: readonly string[]): Placement | undefined {
  const { target } = file;
  const lines = shown.filter((line) => line.trim() !== "");
  const isFew = lines.length > 1 && lines.length <= mostAkin;
  if (!target || !isFew || shown.some((line) => isElision(line))) return undefined;
  const from = Math.max(0, target.start - shown.length * 2);
  const own = range(from, Math.min(file.lines.length, target.end + shown.length * 2)).filter(
    (at) => (file.lines[at] ?? "").trim() !== "",
  );
  if (own.length > mostAround) return undefined;
  const setApart = (text: readonly string[]): number =>
    trimmed(text).filter((line) => line.trim() === "").length;
  const places = own.flatMap((start, index): LineRange[] => {
    const part = own.slice(index, index + lines.length);
    const end = (part.at(-1) ?? start) + 1;
    // What is set apart in the file alone is more than what the answer gives.
    const isOne = setApart(file.lines.slice(start, end)) <= setApart(shown);
    const isPlace = isOne && touches({ start, end }, target) && areAkin(file, part, lines);
    return isPlace ? [{ start, end }] : [];
  });
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  const fitted = fitPlace(file, place, shown);
  const notices = [
    "The answer shows only some lines; they take the place of those that they resemble.",
  ];
  const op = { ...place, lines: fitted.lines };
  return placed(file.lines, op, { match: "aligned", notices, said: [shown] });
}

function areAkin(file: EditedFile, own: readonly number[], lines: readonly string[]): boolean {
  if (own.length < lines.length) return false;
  const texts = own.map((at) => (file.lines[at] ?? "").trim());
  const wordOf = (text: string): string => /^\W*\w+/.exec(text)?.[0] ?? text;
  const isTold = lines.some(
    (line, at) => texts[at] === line.trim() && lineWeight(line) >= tellingWeight,
  );
  // What stands deeper than the first on one side only is in a block that the other does not have.
  const depthIn = (all: readonly string[], at: number): number =>
    Math.sign(columnsOf(indentOf(all[at] ?? "")) - columnsOf(indentOf(all[0] ?? "")));
  const shown = own.map((at) => file.lines[at] ?? "");
  return (
    isTold &&
    texts.every((text, at) => {
      const line = (lines[at] ?? "").trim();
      if (depthIn(shown, at) !== depthIn(lines, at)) return false;
      // A block is named by the line that opens it.
      if (/[{([:]$/.test(line) && text !== line) return false;
      // Nor does the end of a statement stand for the beginning of one.
      if (line.endsWith(";") && !text.endsWith(";")) return false;
      // What the file has under its name stands there, and in the place of nothing else.
      const name = boundHead(line)?.name;
      if (name !== undefined && name !== boundHead(text)?.name && file.snapshot.hasWord(name))
        return false;
      return wordOf(text) === wordOf(line) || lineSimilarity(text, line) >= kinAtLeast;
    })
  );
}

/**
 * Whether both are imports and the new one comes beside the other: it brings none of its names, and
 * the other one is used, or nobody asked about it.
 */
function bringsOther({ facts, lines, target }: EditedFile, own: string, line: string): boolean {
  if (!isImport(line, facts) || !isImport(own, facts)) return false;
  const names = namesBound(own, facts);
  if (namesBound(line, facts).some((name) => names.includes(name))) return false;
  const isAsked = target !== undefined && target.end - target.start <= 1;
  const others = lines.filter((other) => other !== own);
  return !isAsked || names.some((name) => usesName(others, name));
}

/**
 * One or two corrected lines: they stand for the lines of the asked-for place that they resemble
 * most, if only those do.
 */
function placeAlone(
  file: EditedFile,
  code: readonly string[],
): Placement | { readonly kind: "none" } {
  const { target } = file;
  if (!target || target.end - target.start > 400) return { kind: "none" };
  const { scan } = file.snapshot;
  const scored: { start: number; score: number }[] = [];
  for (
    let start = target.start;
    start + code.length <= Math.min(target.end, file.lines.length);
    start++
  ) {
    let score = 1;
    for (const [offset, line] of code.entries()) {
      const own = file.lines[start + offset] ?? "";
      const mayBecome = scan[start + offset]?.kind === "code" && !bringsOther(file, own, line);
      score = mayBecome ? Math.min(score, lineSimilarity(own, line)) : 0;
    }
    scored.push({ start, score });
  }
  scored.sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best || best.score < aloneAtLeast || (second && best.score - second.score < aloneMargin))
    return { kind: "none" };
  const op = {
    start: best.start,
    end: best.start + code.length,
    lines: code.map((line, offset) => {
      const own = file.lines[best.start + offset] ?? "";
      return withBindingOf(own, indentOf(own) + line.trim());
    }),
  };
  const notices = [
    `The answer gives only the corrected line; it takes the place of line ${best.start + 1}, which it resembles most.`,
  ];
  return placed(file.lines, op, { match: "aligned", notices });
}
