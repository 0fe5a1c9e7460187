import { languageById } from "../../../../base/languages/languages";
import type { Replacement } from "../../../../base/text/changes";
import { lineAt } from "../../../../base/text/lines";
import { isElision } from "../../answer/elision";
import { depthOf, indentOf, indentStyle, learnIndents, shiftOf } from "../../text/indentation";
import { range, says } from "../../text/lines";
import { maskAt } from "../../text/scan-line";
import { scanLines } from "../../text/scan-lines";
import { usesName } from "../../text/whole-word";
import { thresholds } from "../../thresholds";
import type { Declaration } from "../declarations";
import type { EditedFile } from "../edited-file";
import { styleOf } from "../fit/depths";
import { indented } from "../fit/fitted-lines";
import { sideOf } from "../fit/side";
import { outermost } from "../nested-declarations";
import type { DeclarationPair } from "../pair-declarations";

export interface NewDeclarations {
  /** In the order of the answer, also those of one place. */
  readonly ops: readonly Replacement[];
  readonly notices: readonly string[];
  readonly said: readonly (readonly string[])[];
}

interface Place {
  readonly line: number;
  readonly isBehind: boolean;
  readonly beside: Declaration;
}

/** Behind the known one before them in the answer, or before the next; no examples of use. */
export function newDeclarations(
  file: EditedFile,
  lines: readonly string[],
  strangers: readonly Declaration[],
  known: readonly DeclarationPair[],
  ops: readonly Replacement[],
  isAskedFor: boolean,
): NewDeclarations {
  const code = ops.flatMap((op) => op.lines);
  const needed = strangers.filter(({ name }) => usesName(code, name));
  const text = [...code, ...needed.flatMap((one) => lines.slice(one.start, one.end))];
  const notices: string[] = [];
  const examples: string[] = [];
  const added: Replacement[] = [];
  const said: (readonly string[])[] = [];
  for (const stranger of strangers) {
    const isUse = stranger.isValue || (!isAskedFor && isExample(file, stranger.name));
    if (!needed.includes(stranger) && isUse) {
      examples.push(stranger.name);
      continue;
    }
    const place = whyNotWhole(file, lines, stranger) ?? placeOf(file, lines, stranger, known, text);
    if (typeof place === "string") {
      notices.push(`\`${stranger.name}\` ${place}, so it was left out.`);
      continue;
    }
    said.push(lines.slice(stranger.start, stranger.end));
    added.push({
      start: place.line,
      end: place.line,
      lines: newLines(file, lines, stranger, place, known),
    });
    notices.push(
      `Adds \`${stranger.name}\`${needed.includes(stranger) ? ", which the new code uses" : ""}.`,
    );
  }
  if (examples.length > 0) {
    const names = examples.map((name) => `\`${name}\``).join(", ");
    notices.push(
      `${names} ${examples.length === 1 ? "was" : "were"} left out as an example of use.`,
    );
  }
  return { ops: added, notices, said };
}

const exampleNames = [/^main$/i, /^[tT]est(?:_|[A-Z]|s?$)/, /^(?:example|demo|usage)/i];

export function isExample(file: EditedFile, name: string): boolean {
  return exampleNames.some(
    (pattern) => pattern.test(name) && !file.declarations.some((one) => pattern.test(one.name)),
  );
}

function whyNotWhole(
  { facts }: EditedFile,
  lines: readonly string[],
  { head, end, isOpen }: Declaration,
): string | undefined {
  const own = lines.slice(head, end);
  const isHeadAlone = own.length === 1 && /:\s*$/.test(maskAt(scanLines(own, facts), 0));
  return isOpen || isHeadAlone || own.some(isElision) ? "is not finished in the answer" : undefined;
}

function placeOf(
  file: EditedFile,
  lines: readonly string[],
  stranger: Declaration,
  known: readonly DeclarationPair[],
  text: readonly string[],
): Place | string {
  const before = known.findLast((pair) => pair.theirs.head < stranger.head);
  const near = before ?? known.find((pair) => pair.theirs.head > stranger.head);
  if (!near) return "has no place in the file";
  const isMember = belongsToClass(file, lines, stranger, near, text);
  if (isMember === undefined) return "cannot stand where the answer has it";
  const { ours } = near;
  const outer = outermost(file.declarations);
  const beside =
    (isMember ? ours : outer.find((one) => one.head <= ours.head && one.end >= ours.end)) ?? ours;
  // Neither a member nor at the margin, it is none of the file's own functions.
  const depth = depthOf(lines[stranger.head]);
  const nearDepth = depthOf(file.lines[ours.head]);
  const deeper = depth - depthOf(lines[near.theirs.head]);
  const isInside = (depth > 0 && depth === nearDepth) || (deeper !== 0 && nearDepth + deeper > 0);
  if (beside !== ours && isInside) return "cannot stand where the answer has it";
  if (before === undefined || beside !== ours)
    return { line: beside.start, isBehind: false, beside };
  return { line: beside.end, isBehind: true, beside };
}

/** Undefined when it could neither be one nor stand by itself. */
function belongsToClass(
  file: EditedFile,
  lines: readonly string[],
  stranger: Declaration,
  near: DeclarationPair,
  text: readonly string[],
): boolean | undefined {
  const head = lineAt(lines, stranger.head);
  const language = languageById(file.languageId);
  const isMethodForm =
    file.facts.regexLiterals && stranger.kind === "callable" && isScriptMethod(head);
  const isField = isMethodForm && /^\s*[\w$]+\s*=/.test(head);
  if (near.ours.container === undefined) {
    const needsClass =
      (isMethodForm && !isField) ||
      (language?.functionsInClasses === true && stranger.kind === "callable");
    return needsClass ? undefined : false;
  }
  if (language?.functionsInClasses) return true;
  if (file.facts.regexLiterals) return isMethodForm;
  if (language?.methodsBesideTypes) return false;
  if (stranger.kind === "type") return false;
  const columns = depthOf(head) - depthOf(lines[near.theirs.head]);
  if (columns !== 0) return columns > 0;
  const name = stranger.name.replace(/[$]/g, "\\$&");
  const code = text.join("\n");
  if (new RegExp(`(?:self|this|cls|Self|static)\\s*(?:\\.|->|::)\\s*${name}\\b`).test(code))
    return true;
  if (!language?.callsByReceiver) return true;
  if (
    new RegExp(`(?<![\\w.:>])${name}\\s*\\(`).test(code.replace(/\b(?:def|fn|function)\s+\w+/g, ""))
  )
    return false;
  if (indentOf(head) !== "") return true;
  const own = lines.slice(stranger.start, stranger.head + 4).join("\n");
  return (
    /\(\s*(?:&\s*(?:'\w+\s+)?)?(?:mut\s+)?(?:self|cls)\b|@(?:static|class)method|@property/.test(
      own,
    ) || !language.namesSelf
  );
}

/** No `function`, no `const`, no object whose member it becomes. */
function isScriptMethod(head: string): boolean {
  return !/^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\b|const\b|let\b|var\b|[\w$]+\.[\w$.]+\s*=)/.test(
    head,
  );
}

function newLines(
  file: EditedFile,
  lines: readonly string[],
  stranger: Declaration,
  place: Place,
  known: readonly DeclarationPair[],
): string[] {
  const own = lines.slice(stranger.start, stranger.end);
  const scan = scanLines(own, file.facts);
  const head = { model: lineAt(lines, stranger.head), file: lineAt(file.lines, place.beside.head) };
  // Where a file is laid out in two ways, what stands beside shows the one of the place.
  const { beside } = place;
  const near = file.lines.slice(beside.head, beside.end);
  const style = indentStyle(near, file.snapshot.style);
  const shift = isLaidOutAlike(file, lines, known)
    ? shiftOf(indentOf(head.file), indentOf(head.model))
    : undefined;
  const map = shift
    ? { trusted: true, map: shift }
    : learnIndents([head], styleOf(sideOf(own, file.facts, []), style), style, true);
  // One line right beside another is set apart from neither.
  const other = lineAt(lines, place.isBehind ? stranger.start - 1 : stranger.end);
  const isJoined = own.length === 1 && beside.end === beside.start + 1 && says(other);
  const gap = isJoined ? [] : blankLinesAround(file, beside, depthOf(head.file) === 0);
  const moved = range(0, own.length).map((at) => indented({ lines: own, scan }, at, map));
  if (!place.isBehind) return [...moved, ...gap];
  // A comment with nothing right below it, such as `#endregion`, ends what is above it.
  let next = place.line;
  while (file.snapshot.scan[next]?.kind === "comment") next++;
  const isLast =
    isJoined ||
    lineAt(file.lines, next).trim() === "" ||
    depthOf(lineAt(file.lines, next)) < depthOf(head.file);
  return [...gap, ...moved, ...(isLast ? [] : [""])];
}

/** Nothing has to be learned of its steps then. */
function isLaidOutAlike(
  file: EditedFile,
  lines: readonly string[],
  known: readonly DeclarationPair[],
): boolean {
  const below = (line: string, head = ""): number => depthOf(line) - depthOf(head);
  const same = known.flatMap(({ ours, theirs }) => {
    const told = file.lines.slice(ours.head, ours.end);
    const own = new Map(told.map((line) => [line.trim(), below(line, told[0])]));
    return lines.slice(theirs.head + 1, theirs.end).flatMap((line): boolean[] => {
      const [columns, others] = [own.get(line.trim()), below(line, lines[theirs.head])];
      const isTold = columns !== undefined && (columns !== 0 || others !== 0);
      return isTold ? [columns === others] : [];
    });
  });
  return same.length > 0 && same.filter(Boolean).length >= same.length * thresholds.nearly;
}

/** As the file has them behind or before it. */
function blankLinesAround(file: EditedFile, one: Declaration, isTop: boolean): string[] {
  const isBlank = (at: number): boolean => file.lines[at]?.trim() === "";
  let behind = one.end;
  while (isBlank(behind)) behind++;
  let before = one.start;
  while (isBlank(before - 1)) before--;
  const isBelowSibling = depthOf(file.lines[before - 1]) >= depthOf(file.lines[one.head]);
  if (behind > one.end && behind < file.lines.length) return blanks(behind - one.end);
  if (before < one.start && before > 0 && isBelowSibling) return blanks(one.start - before);
  return blanks(isTop && file.facts.blocks === "indent" ? 2 : 1);
}

function blanks(count: number): string[] {
  return Array.from({ length: Math.min(count, 3) }, () => "");
}
