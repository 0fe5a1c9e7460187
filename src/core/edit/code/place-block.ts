import type { LanguageFacts } from "../../../base/languages/language";
import { type LineRange, overlap } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { withoutOuterElisions } from "../answer/elision";
import { limits } from "../limits";
import { type Placement, placed } from "../locate/placement";
import { depthOf, indentOf } from "../text/indentation";
import { hasVersionOf, lineWeight } from "../text/line-similarity";
import { excerpt, says, textsOf, timesOf, worded } from "../text/lines";
import { maskAt, type ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import type { AnsweredCode } from "./answered-code";
import { type EditedFile, withLead } from "./edited-file";
import type { Fitted } from "./fit/fit-code";
import { fitPlace, fittedNotices } from "./fit-place";
import { wholeIn } from "./nested-declarations";

/**
 * One block without a name that anybody knows: the line that opens it names it. A section of a
 * settings file, a job, an element, a call with a function in it, in any language; what is left out
 * in it stays.
 *
 *     [dependencies]          useEffect(() => {
 *     tokio = "2"               load();
 *                             }, [id]);
 */
export function placeBlock(code: AnsweredCode): Placement | undefined {
  const { file } = code;
  const lines = withoutOuterElisions(code.lines, (mark, head) => depthOf(mark) > depthOf(head));
  const scan = scanLines(lines, file.facts);
  // Documentation above it says nothing of the place.
  const first = scan.findIndex(({ kind }) => kind === "code");
  const opener = lineAt(lines, first);
  // A word of the language alone, such as `try {`, names nothing.
  if (lineWeight(opener) < thresholds.says || isImport(opener, file.facts)) return undefined;
  const end = endOf(lines, scan, first, file.facts);
  if (end === undefined || lines.slice(end).some(says)) return undefined;
  const block = blockOf(file, opener.trim(), lines);
  if (block === undefined) return undefined;
  const place = first > 0 ? { ...block, start: withLead(file, block.start) } : block;
  const fitted = fitPlace(file, place, lines, {
    fileDeclarations: wholeIn(file.declarations, place),
    answerDeclarations: lines === code.lines ? code.declarations : [],
  });
  const isVersion = fitted.elided
    ? fitted.anchored && !loses(file.lines.slice(place.start, place.end), fitted.lines)
    : isVersionOf(file, place, lines, fitted) && !losesBlock(file, place, fitted.lines);
  if (!isVersion) return undefined;
  const notices = [
    `The answer gives one block; it is the one that begins with \`${excerpt(opener)}\`.`,
    ...fittedNotices(fitted),
  ];
  const op = { ...place, lines: fitted.lines };
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}

/** Who shows hardly any lines of a block does not say which others go. */
function isVersionOf(
  file: EditedFile,
  { start, end }: LineRange,
  lines: readonly string[],
  { covered, gone }: Fitted,
): boolean {
  const own = worded(file.lines.slice(start + 1, end));
  const said = worded(lines.slice(1));
  const same = said.filter((line) => own.includes(line)).length;
  return (
    (covered >= thresholds.covered || gone <= thresholds.pair) && own.length - said.length <= same
  );
}

/** Who shows the one service that changes does not take out the others. */
export function losesBlock(
  { lines, facts }: EditedFile,
  { start, end }: LineRange,
  outcome: readonly string[],
): boolean {
  if (facts.blocks !== "none") return false;
  const left = new Set(outcome.map((line) => line.trim()));
  const own = lines.slice(start, end).filter(says);
  const known = new Set(own.map((line) => line.trim()));
  const fresh = outcome.filter((line) => says(line) && !known.has(line.trim()));
  return own.some(
    (line, at) =>
      at > 0 &&
      depthOf(own[at + 1]) > depthOf(line) &&
      !left.has(line.trim()) &&
      !hasVersionOf(line, fresh),
  );
}

/** Whether more lines go than come. */
export function loses(before: readonly string[], after: readonly string[]): boolean {
  const only = (lines: readonly string[], others: readonly string[]): number => {
    const known = new Set(others.map((line) => line.trim()));
    return lines.filter((line) => says(line) && !known.has(line.trim())).length;
  };
  return only(before, after) > only(after, before) + thresholds.pair;
}

/** The file's block that the line opens; of several the asked or the told one. */
function blockOf(file: EditedFile, opener: string, said: readonly string[]): LineRange | undefined {
  const blocks = blocksOf(file, opener);
  const told = blocks.length === 1 ? blocks : toldAmong(file, blocks, said);
  return askedAmong(file, blocks) ?? (told.length === 1 ? told[0] : undefined);
}

/** The only one that the person's range touches, or the one that stands in all others of these. */
function askedAmong({ target }: EditedFile, blocks: readonly LineRange[]): LineRange | undefined {
  const near = blocks.filter((block) => target && overlap(block, target));
  return near.find((one) => near.every(({ start, end }) => start <= one.start && one.end <= end));
}

function blocksOf({ lines, snapshot, facts }: EditedFile, opener: string): readonly LineRange[] {
  const starts = textsOf(lines).get(opener) ?? [];
  return (starts.length > limits.piece ? [] : starts).flatMap((start): LineRange[] => {
    const end = endOf(lines, snapshot.scan, start, facts);
    return end === undefined ? [] : [{ start, end }];
  });
}

/** Of those the answer has the first line that no other has, or most of such lines. */
function toldAmong(
  { lines }: EditedFile,
  blocks: readonly LineRange[],
  said: readonly string[],
): readonly LineRange[] {
  const given = new Set(worded(said));
  const texts = blocks.map(({ start, end }) => worded(lines.slice(start, end)));
  const times = timesOf(texts.flatMap((all) => [...new Set(all)]));
  return blocks.filter((_, at) => {
    const own = (texts[at] ?? []).filter((line) => times.get(line) === 1);
    const same = own.filter((line) => given.has(line)).length;
    return given.has(lineAt(own, 0)) || same > own.length * thresholds.half;
  });
}

/** Whether the line at the start opens one of several blocks, and the answer gives another one. */
export function isAnotherBlock(
  file: EditedFile,
  { start }: LineRange,
  said: readonly string[],
): boolean {
  const opener = lineAt(file.lines, start).trim();
  // `return (` opens whatever it likes.
  const isWord = /\w/.test(opener) && lineWeight(opener) < thresholds.says;
  const blocks = isWord ? [] : blocksOf(file, opener);
  const own = blocks.find((block) => block.start === start);
  return own !== undefined && blocks.length > 1 && !toldAmong(file, blocks, said).includes(own);
}

/** In data a statement may end with a semicolon, too. */
function endOf(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  at: number,
  facts: LanguageFacts,
): number | undefined {
  const end = endOfBlock(lines, scan, at, facts);
  if (end !== undefined || facts.blocks !== "none") return end;
  const last = lines.findIndex((line, index) => index >= at && /^$|;$/.test(line.trim()));
  return last > at && lines[last]?.trim() !== "" ? last + 1 : undefined;
}

/** Closes what stands as deep, where a word does so. */
const closingWord = /^(?:end|fi|done|esac)\b|^[)\]}]/;
/** `[tool.black]`, `## Usage`. */
const section = /^(?:\[{1,2}[^[\]]+\]{1,2}|#{1,6}\s.+)$/;

/** By its brackets, its tag, its place as a section, or by what stands deeper. */
export function endOfBlock(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  at: number,
  facts: LanguageFacts,
): number | undefined {
  if (scan[at]?.kind !== "code" || scan[at]?.inside) return undefined;
  const text = lineAt(lines, at).trim();
  if (balanceOf(maskAt(scan, at)) > 0) return endOfBrackets(scan, at);
  const tag = /^<([A-Za-z][\w.:-]*)/.exec(text)?.[1];
  if (tag !== undefined) return endOfElement(lines, at, tag);
  if (facts.blocks === "none" && section.test(text)) return endOfSection(lines, scan, at);
  return facts.blocks === "brace" ? undefined : endOfDeeper(lines, at, facts);
}

function balanceOf(mask: string): number {
  let depth = 0;
  for (const sign of mask) depth += "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
  return depth;
}

function endOfBrackets(scan: readonly ScannedLine[], from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < scan.length; at++) {
    depth += balanceOf(maskAt(scan, at));
    if (depth <= 0) return at + 1;
  }
  return undefined;
}

function endOfElement(lines: readonly string[], from: number, tag: string): number | undefined {
  if (lineAt(lines, from).includes(`</${tag}>`)) return undefined;
  const indent = indentOf(lineAt(lines, from));
  const at = lines.findIndex(
    (line, index) => index > from && line.trimEnd() === `${indent}</${tag}>`,
  );
  return at < 0 ? undefined : at + 1;
}

const fence = /^(?:`{3}|~{3})/;

/** Up to the next section, without the comments that lead it. */
function endOfSection(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  from: number,
): number {
  let end = from + 1;
  let isQuoted = false;
  for (; end < lines.length; end++) {
    const text = lineAt(lines, end).trim();
    if (fence.test(text)) isQuoted = !isQuoted;
    if (!isQuoted && scan[end]?.kind === "code" && section.test(text)) break;
  }
  const isNext = (at: number): boolean =>
    !says(lineAt(lines, at)) || (end < lines.length && scan[at]?.kind === "comment");
  while (end > from + 1 && isNext(end - 1)) end--;
  return end;
}

function endOfDeeper(
  lines: readonly string[],
  from: number,
  facts: LanguageFacts,
): number | undefined {
  let end = from + 1;
  for (let at = from + 1; at < lines.length; at++) {
    if (!says(lineAt(lines, at))) continue;
    if (depthOf(lines[at]) <= depthOf(lines[from])) {
      const isClosed =
        facts.blocks === "end" &&
        depthOf(lines[at]) === depthOf(lines[from]) &&
        closingWord.test(lineAt(lines, at).trim());
      if (isClosed) end = at + 1;
      break;
    }
    end = at + 1;
  }
  return end > from + 1 ? end : undefined;
}
