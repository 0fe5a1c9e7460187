import { isElision } from "../answer/elision";
import { type LineRange, type Placement, placed, touches } from "../locate/placement";
import { depthOf } from "../text/indentation";
import { textsOf, trimmed } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import type { AnsweredCode } from "./answered-code";
import { type BoundHead, boundHead } from "./bound-head";
import type { Declaration } from "./declarations";
import { type EditedFile, withLead } from "./edited-file";
import { withoutBinding } from "./fit/binding";
import { fitPlace, fittedNotices } from "./fit-place";
import { endOfBlock, isVersionOf } from "./place-block";

/**
 * One constant, field, property or setting, which the file binds once, or where the person asked:
 * the name is its place, whatever becomes of its value.
 *
 *     file: public int Count     answer: public int Count => items.Count;
 *           {
 *               get { return items.Count; }
 *           }
 */
export function placeBound(code: AnsweredCode): Placement | undefined {
  const { file } = code;
  const lines = trimmed(code.lines);
  const own = textsOf(file.lines);
  if (lines.some((line) => isElision(line) && !own.has(line.trim()))) return undefined;
  const scan = scanLines(lines, file.facts);
  const first = scan.findIndex(({ kind }) => kind === "code");
  const head = headAt(scan, first, file);
  if (head === undefined || endOfStatement(code.file, lines, scan, first) < lines.length)
    return undefined;
  const found = boundIn(file, head);
  if (found === undefined) return undefined;
  const place = first > 0 ? { ...found, start: withLead(file, found.start) } : found;
  const heads = {
    ours: asDeclaration(head, found.start - place.start, found.end - place.start),
    theirs: asDeclaration(head, first, lines.length),
  };
  const fitted = fitPlace(file, place, lines, { heads });
  // A list or a block says what is in it; another value is another value.
  const isList = /[{[(]\s*$/.test(file.snapshot.scan[found.start]?.mask ?? "");
  if (isList && lines.length > first + 1 && !isVersionOf(file, place, lines, fitted))
    return undefined;
  const notices = [`The answer gives \`${head.words}\` anew.`, ...fittedNotices(fitted)];
  return placed(
    file.lines,
    { ...place, lines: fitted.lines },
    { match: "symbol", notices, said: [lines] },
  );
}

function boundIn(file: EditedFile, head: BoundHead): LineRange | undefined {
  const { lines, target } = file;
  const { scan } = file.snapshot;
  const all = lines.flatMap((line, start): LineRange[] => {
    if (!line.includes(head.name) || scan[start]?.kind !== "code" || scan[start]?.inside) return [];
    if (headAt(scan, start, file)?.words !== head.words) return [];
    return [{ start, end: endOfStatement(file, lines, scan, start) }];
  });
  const asked = all.filter((one) => target && touches(one, target));
  const [only, ...others] = asked.length > 0 ? asked : all.filter((one) => !isLocal(file, one));
  return others.length === 0 ? only : undefined;
}

function asDeclaration({ name }: BoundHead, head: number, end: number): Declaration {
  return { name, kind: "type", start: head, head, end };
}

/** A variable of a function is of no concern to anybody else. */
function isLocal({ declarations }: EditedFile, { start }: LineRange): boolean {
  return declarations.some(
    ({ kind, head, end }) => kind === "callable" && head < start && end > start,
  );
}

function headAt(
  scan: readonly ScannedLine[],
  at: number,
  { facts }: EditedFile,
): BoundHead | undefined {
  const { mask, kind } = scan[at] ?? {};
  if (kind !== "code" || mask === undefined) return undefined;
  return boundHead(withoutBinding(mask), scan[at + 1]?.mask, facts.blocks === "brace");
}

/** The line behind what a line begins: its brackets, what stands deeper, a brace below it. */
function endOfStatement(
  { facts }: EditedFile,
  lines: readonly string[],
  scan: readonly ScannedLine[],
  at: number,
): number {
  const mask = scan[at]?.mask.trimEnd() ?? "";
  const block = endOfBlock(lines, scan, at, facts);
  if (block !== undefined || /[;,]$/.test(mask)) return block ?? at + 1;
  if (scan[at + 1]?.mask.trim().startsWith("{") && depthOf(lines[at + 1]) === depthOf(lines[at]))
    return endOfBlock(lines, scan, at + 1, facts) ?? at + 2;
  let end = at + 1;
  while (
    end < lines.length &&
    lines[end]?.trim() !== "" &&
    depthOf(lines[end]) > depthOf(lines[at])
  )
    end++;
  return end;
}
