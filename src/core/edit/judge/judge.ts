import { type Difference as Change, compareLines } from "../../../base/text/compare-lines";
import { type Declaration, findDeclarations, keyOf } from "../code/declarations";
import { canonicalLine } from "../text/canonical-line";
import { columnsOf, indentOf } from "../text/indentation";
import type { LanguageFacts } from "../text/language-facts";
import { lineWeight } from "../text/line-similarity";
import { type ScannedLine, scanLines } from "../text/scan-lines";
import { firstCutOff } from "./cut-off";
import { goneButUsed } from "./still-used";

/** One text with what it declares; the two of a case by the same means, tree or text. */
export interface JudgedText {
  readonly lines: readonly string[];
  readonly declarations: readonly Declaration[];
}

/** A file, what an answer says about it, and what we made of it. */
export interface JudgedCase {
  readonly before: JudgedText;
  readonly after: JudgedText;
  /** The lines that the answer gives as the new code, as it wrote them; its marks for left-out code are not among them. */
  readonly said: readonly string[];
  /** The lines that the answer quotes as the old code: what it does not repeat of them is meant to go. */
  readonly quoted: readonly string[];
  readonly facts: LanguageFacts;
}

export type Law =
  | "said is there"
  | "unsaid is kept"
  | "nothing vanishes"
  | "nothing doubles"
  | "the layout is the file's";

/** What is wrong with an outcome. */
export interface Objection {
  readonly law: Law;
  /** A sentence for the person and the model. */
  readonly message: string;
  /** Zero-based line of the file. */
  readonly line: number;
}

/**
 * Holds an outcome against laws that know nothing of how it was made; undefined when it passes. Linear in the texts but for their
 * comparison. The syntax is judged beside it, where a grammar knows the language.
 */
export function objectionTo(judged: JudgedCase): Objection | undefined {
  const changes = compareLines(judged.before.lines, judged.after.lines);
  if (changes.length === 0) return undefined;
  return (
    unlessSaidIsThere(judged, changes) ??
    ifDeclaredTwice(judged) ??
    ifDeclaredElsewhere(judged) ??
    ifClassIsLeft(judged) ??
    ifTwiceInARow(judged, changes) ??
    ifDeclarationIsGone(judged, changes) ??
    ifBodyIsEmptied(judged) ??
    ifCodeIsCutOff(judged, changes) ??
    ifHeadIsLeftAlone(judged, changes) ??
    ifUsedNameIsGone(judged, changes) ??
    ifConflictIsBroken(judged, changes) ??
    ifSpacesChange(judged, changes) ??
    ifIndentedOtherwise(judged, changes)
  );
}

/** Each line of code that the answer gives stands in the outcome. */
function unlessSaidIsThere(
  { after, said, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const asWritten = new Set(after.lines.map((line) => line.trim()));
  // Few lines need the costly comparison.
  let byKey: Set<string> | undefined;
  const scan = scanLines(said, facts);
  for (const [at, line] of said.entries()) {
    if (asWritten.has(line.trim()) || scan[at]?.kind !== "code" || !/\w/.test(line)) continue;
    byKey ??= new Set(after.lines.flatMap(keysOf));
    const there = byKey;
    const code = line.slice(0, scan[at]?.commentAt);
    if (![...keysOf(line), ...keysOf(code)].some((key) => there.has(key)))
      return objection(
        "said is there",
        `\`${excerpt(line)}\` of the answer would not be in the file.`,
        changes[0]?.aStart ?? 0,
      );
  }
  return undefined;
}

/** A line by what it says; a brace at its end may stand on a line of its own. */
function keysOf(line: string): string[] {
  const key = canonicalLine(line);
  const code = canonicalLine(line.replace(/\s+(?:\/\/|#|--)\s.*$/, ""));
  return [...new Set([key, key.replace(/\{$/, ""), code])];
}

/** No scope gets a second declaration of a name that it had, unless the answer itself gives two. */
function ifDeclaredTwice({ before, after, said }: JudgedCase): Objection | undefined {
  const had = byScope(before.declarations);
  const saidHeads = said.map(canonicalLine);
  for (const [scope, ones] of byScope(after.declarations)) {
    const earlier = had.get(scope) ?? [];
    const [first] = ones;
    if (first === undefined || ones.length <= Math.max(1, earlier.length)) continue;
    if (earlier.length === 0 && said.length === 0) continue;
    const heads = new Set(ones.map((one) => canonicalLine(after.lines[one.head] ?? "")));
    const given = saidHeads.filter((head) => heads.has(head)).length;
    // Overloads and conditions give a name more than once on purpose.
    if (given >= ones.length || earlier.length > 1) continue;
    return objection(
      "nothing doubles",
      `\`${first.name}\` would be in the file twice.`,
      earlier[0]?.head ?? 0,
    );
  }
  return undefined;
}

/** A member stays in its class, unless the answer gives it elsewhere. */
function ifClassIsLeft({ before, after, said }: JudgedCase): Objection | undefined {
  if (said.length === 0) return undefined;
  const placeOf = (one: Declaration): string => `${keyOf(one)} in ${one.container ?? ""}`;
  const has = new Set(after.declarations.map(placeOf));
  const names = new Set(after.declarations.map(keyOf));
  const saidHeads = new Set(said.map(canonicalLine));
  for (const one of before.declarations) {
    if (one.container === undefined || has.has(placeOf(one)) || !names.has(keyOf(one))) continue;
    // Where the class has another name now, its members have it too.
    if (!after.declarations.some((other) => other.name === one.container)) continue;
    if (saidHeads.has(canonicalLine(before.lines[one.head] ?? ""))) continue;
    return objection(
      "unsaid is kept",
      `\`${one.name}\` would no longer be in \`${one.container}\`.`,
      one.head,
    );
  }
  return undefined;
}

/** A member that the answer gives anew, in its class, is a member of that class. By the text on both sides. */
function ifDeclaredElsewhere({ before, after, said, facts }: JudgedCase): Objection | undefined {
  const known = new Set(before.declarations.map((one) => one.name));
  const fresh = findDeclarations(said, facts).filter(
    (one) => one.container !== undefined && !known.has(one.name),
  );
  if (fresh.length === 0) return undefined;
  const now = findDeclarations(after.lines, facts);
  for (const one of fresh) {
    const places = now.filter((other) => other.name === one.name && other.kind === one.kind);
    const isMember = places.some(
      (place) => innermostOf(now, place)?.name === one.container || place.container === undefined,
    );
    if (places.length > 0 && !isMember)
      return objection(
        "said is there",
        `\`${one.name}\` would not be in \`${one.container ?? ""}\`.`,
        0,
      );
  }
  return undefined;
}

/** What holds a declaration most closely. */
function innermostOf(all: readonly Declaration[], one: Declaration): Declaration | undefined {
  return all
    .filter((other) => other.head < one.head && other.end >= one.end)
    .sort((a, b) => b.head - a.head)[0];
}

/** Declarations by what holds them, kind and name. */
function byScope(declarations: readonly Declaration[]): Map<string, Declaration[]> {
  const scopes = new Map<string, Declaration[]>();
  const open: { readonly end: number; readonly path: string }[] = [];
  for (const one of [...declarations].sort((a, b) => a.head - b.head || b.end - a.end)) {
    while ((open[open.length - 1]?.end ?? Number.POSITIVE_INFINITY) <= one.head) open.pop();
    const path = `${open[open.length - 1]?.path ?? ""}/${keyOf(one)} ${one.container ?? ""}`;
    scopes.set(path, [...(scopes.get(path) ?? []), one]);
    open.push({ end: one.end, path });
  }
  return scopes;
}

/** Lines that say so little may well stand twice. */
const leastOfHalf = 3;
const leastOfBeginning = 1.5;

/** New lines do not repeat those right above or below them, unless the answer gives them twice. */
function ifTwiceInARow(
  { after, said }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  for (const { aStart, bStart, bEnd } of changes.flatMap((change) => slides(change, after.lines))) {
    const fresh = after.lines.slice(bStart, bEnd).filter((line) => line.trim() !== "");
    if (fresh.reduce((sum, line) => sum + lineWeight(line), 0) < leastOfHalf) continue;
    const [first = ""] = fresh;
    const half = fresh.length / 2;
    const isRepeat = [
      Number.isInteger(half) ? [...fresh.slice(half), ...fresh.slice(0, half)] : [],
      above(after.lines, bStart, fresh.length),
      below(after.lines, bEnd, fresh.length),
    ].some((other, at) =>
      at === 0
        ? half > 1 && other.length > 0 && other.every((line, index) => line === fresh[index])
        : repeats(fresh, other),
    );
    if (isRepeat && said.filter((line) => line.trim() === first.trim()).length < 2)
      return objection(
        "nothing doubles",
        `\`${excerpt(first)}\` would stand twice in a row.`,
        aStart,
      );
  }
  return undefined;
}

function above(lines: readonly string[], from: number, count: number): string[] {
  const found: string[] = [];
  for (let at = from - 1; at >= 0 && found.length < count; at--)
    if (lines[at]?.trim() !== "") found.unshift(lines[at] ?? "");
  return found;
}

function below(lines: readonly string[], from: number, count: number): string[] {
  const found: string[] = [];
  for (let at = from; at < lines.length && found.length < count; at++)
    if (lines[at]?.trim() !== "") found.push(lines[at] ?? "");
  return found;
}

const mostSlides = 40;

/** Lines that were put in may be taken for others that begin as those below them do: each way to see it. */
function slides(change: Change, lines: readonly string[]): Change[] {
  const ways = [change];
  if (change.aStart < change.aEnd) return ways;
  for (
    let { bStart, bEnd } = change;
    bStart > 0 && ways.length < mostSlides && lines[bStart - 1] === lines[bEnd - 1];
    bStart--, bEnd--
  )
    ways.push({ ...change, bStart: bStart - 1, bEnd: bEnd - 1 });
  return ways;
}

/** Of lines that begin alike, so many must differ to be others. */
const mostOfRepeat = 0.7;

/** The same lines again, or another version of them: it begins with a line that says something, and hardly one differs. */
function repeats(fresh: readonly string[], other: readonly string[]): boolean {
  if (fresh.length !== other.length) return false;
  const isSame = (at: number): boolean => fresh[at]?.trim() === other[at]?.trim();
  const same = fresh.filter((_, at) => isSame(at)).length;
  if (same === fresh.length) return true;
  return (
    fresh.length > 2 &&
    isSame(0) &&
    lineWeight(fresh[0] ?? "") >= leastOfBeginning &&
    same >= fresh.length * mostOfRepeat
  );
}

/** A name is gone only where the answer quotes it as old, or has another in its place. */
function ifDeclarationIsGone(
  { before, after, quoted }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const had = new Set(before.declarations.map((one) => one.name));
  const has = new Set(after.declarations.map((one) => one.name));
  const shown = new Set(quoted.map(canonicalLine));
  let renamed = [...has].filter((name) => !had.has(name)).length;
  for (const one of before.declarations) {
    if (has.has(one.name) || one.isValue) continue;
    if (!changes.some((change) => change.aStart < one.end && change.aEnd > one.head)) continue;
    if (isLocal(before.declarations, one) && !isCalled(after, one.name)) continue;
    if (shown.has(canonicalLine(before.lines[one.head] ?? "")) || renamed-- > 0) continue;
    return objection(
      "nothing vanishes",
      `\`${one.name}\` would be gone, and the answer does not say so.`,
      one.head,
    );
  }
  return undefined;
}

/** Whether the new text still calls what it does not declare. */
function isCalled({ lines }: JudgedText, name: string): boolean {
  const call = new RegExp(`(?<![\\w$.])${name.replace(/\W/g, "\\$&")}\\(`);
  return lines.some((line) => line.includes(name) && call.test(line));
}

/** What a function declares goes with its body. */
function isLocal(all: readonly Declaration[], one: Declaration): boolean {
  return all.some(
    (outer) =>
      outer !== one && outer.kind === "callable" && outer.head < one.head && outer.end >= one.end,
  );
}

/** A body that said something does not become empty. */
function ifBodyIsEmptied({ before, after, quoted, facts }: JudgedCase): Objection | undefined {
  const has = byScope(after.declarations);
  for (const [scope, ones] of byScope(before.declarations)) {
    const now = has.get(scope) ?? [];
    for (const [at, one] of ones.entries()) {
      const same = now[at];
      if (one.kind !== "callable" || same === undefined || now.length !== ones.length) continue;
      if (one.end - one.head === same.end - same.head || same.end - same.head > 4) continue;
      const isEmptied =
        hasBody(before, one, facts) &&
        !hasBody(after, same, facts) &&
        !/[{:=>]\s*\S.*$/.test(tailOf(after, same));
      if (isEmptied && quoted.length === 0)
        return objection("nothing vanishes", `\`${one.name}\` would lose its body.`, one.head);
    }
  }
  return undefined;
}

/** No code comes to stand where nothing reaches it. */
function ifCodeIsCutOff(
  { before, after, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const found = firstCutOff(
    before.lines,
    after.lines,
    changes.flatMap((change) => slides(change, after.lines)),
    facts,
  );
  if (found === undefined) return undefined;
  const message = `\`${excerpt(found.text)}\` would stand where nothing reaches it.`;
  return objection("nothing vanishes", message, found.line);
}

/** Where indentation makes blocks, what opens one is followed by one. */
function ifHeadIsLeftAlone(
  { after, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (facts.blocks !== "indent") return undefined;
  const scan = scanLines(after.lines, facts);
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart; at < bEnd; at++) {
      const line = scan[at];
      if (line?.kind !== "code" || !/:\s*$/.test(line.mask)) continue;
      let next = at + 1;
      while (next < scan.length && scan[next]?.kind !== "code" && !scan[next]?.docstring) next++;
      const below = scan[next];
      const isIn = below?.inside || (below?.depth ?? 0) > 0;
      const columns = (one: number): number => columnsOf(indentOf(after.lines[one] ?? ""));
      if (!isIn && (below === undefined || columns(next) <= columns(at)) && !opensList(scan, at))
        return objection(
          "nothing vanishes",
          `\`${excerpt(after.lines[at] ?? "")}\` would have no body.`,
          aStart,
        );
    }
  return undefined;
}

/** A colon at the end of a line in brackets is no head. */
function opensList(scan: readonly ScannedLine[], at: number): boolean {
  const mask = scan[at]?.mask ?? "";
  return (scan[at]?.depth ?? 0) > 0 && !/\)\s*(?:->.*)?:\s*$/.test(mask);
}

/** What the answer still uses does not go where it does not speak of it. */
function ifUsedNameIsGone(
  { before, after, quoted, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (quoted.length > 0) return undefined;
  const found = goneButUsed(before, after, changes, facts);
  if (found === undefined) return undefined;
  const message = `\`${found.name}\` would be gone, and is still used.`;
  return objection("nothing vanishes", message, found.line);
}

/** A merge conflict in the file goes as a whole or stays as a whole. */
function ifConflictIsBroken(
  { before, after, said }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const marks = [/^<{7} /, /^={7}$/, /^>{7} /];
  const count = ({ lines }: JudgedText): number[] =>
    marks.map((mark) => lines.filter((line) => mark.test(line)).length);
  const had = count(before);
  const has = count(after);
  if (had[0] === 0) return undefined;
  const line = before.lines.findIndex((one) => /^<{7} /.test(one));
  const end = before.lines.findIndex((one) => /^>{7} /.test(one));
  const isInside = changes.some(({ aStart, aEnd }) => aStart <= end && aEnd >= line);
  // Who gives the code that is to be does not leave the marks in it.
  const isLeft = said.length > 0 && isInside;
  if (had.every((number, at) => number === has[at]) ? !isLeft : new Set(has).size === 1)
    return undefined;
  return objection(
    "nothing vanishes",
    "A part of a merge conflict in the file would be gone.",
    line,
  );
}

function hasBody({ lines }: JudgedText, one: Declaration, facts: LanguageFacts): boolean {
  const scan = scanLines(lines.slice(one.head, one.end), facts);
  return scan
    .slice(1)
    .some(
      (line) =>
        line.kind === "code" && /\w/.test(line.mask) && !/^\s*(?:end|fi|done)\b/.test(line.mask),
    );
}

function tailOf({ lines }: JudgedText, one: Declaration): string {
  return /[{:=>][^{:=>]*$/.exec(lines[one.head] ?? "")?.[0] ?? "";
}

/** Beside a real change, the spaces of a line that the answer repeats are the file's. */
function ifSpacesChange(
  { before, after }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (changes.length === 1) return undefined;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    if (aEnd - aStart !== bEnd - bStart) continue;
    for (let at = aStart; at < aEnd; at++) {
      const own = before.lines[at] ?? "";
      const fresh = after.lines[bStart + at - aStart] ?? "";
      const isMoved = columnsOf(indentOf(own)) !== columnsOf(indentOf(fresh));
      const saysTheSame = own.replace(/\s+/g, "") === fresh.replace(/\s+/g, "");
      if (own.trim() === "" || isMoved || own.trim() === fresh.trim() || !saysTheSame) continue;
      return objection(
        "unsaid is kept",
        `The spaces of line ${at + 1} would change, of which the answer does not speak.`,
        at,
      );
    }
  }
  return undefined;
}

/** So many indented lines show what a file is indented with. */
const enoughIndented = 4;

/** New lines are indented with what the file is indented with. */
function ifIndentedOtherwise(
  { before, after }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const tabs = before.lines.filter((line) => /^\t+\S/.test(line)).length;
  const spaces = before.lines.filter((line) => /^ {2,}[^\s*]/.test(line)).length;
  const stranger = tabs === 0 ? /^ *\t\s*\S/ : spaces === 0 ? /^ {2,}[^\s*]/ : undefined;
  if (stranger === undefined || tabs + spaces < enoughIndented) return undefined;
  for (const { aStart, bStart, bEnd } of changes) {
    const line = after.lines.slice(bStart, bEnd).find((one) => stranger.test(one));
    if (line !== undefined)
      return objection(
        "the layout is the file's",
        `\`${excerpt(line)}\` would be indented otherwise than the file is.`,
        aStart,
      );
  }
  return undefined;
}

function objection(law: Law, message: string, line: number): Objection {
  return { law, message, line };
}

function excerpt(line: string): string {
  return line.trim().slice(0, 80);
}
