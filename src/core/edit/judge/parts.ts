import { findDeclarations } from "../code/declarations";
import { withoutBinding } from "../code/fit/binding";
import { canonicalLine } from "../text/canonical-line";
import { range } from "../text/range";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { type Change, excerpt, type JudgedCase, type Objection, objection } from "./judged-case";
import type { OutcomeLines } from "./outcome-lines";

/** Decorators and attributes belong to the code below them. */
const attribute = /^\s*(?:@\w|#!?\[|\[\[?\w[^\]]*\]\]?\s*$)/;

/**
 * Beside the first and the last line of code that a part of the answer gives, nothing goes but the comments that belong to the first.
 *
 *     file: /** Its weight. *\/     answer: /** Makes one. *\/     outcome: `private weight` stays
 *           private weight;                 constructor() {
 *
 *           constructor() {
 */
export function ifGoneBesideParts(
  { before, after, parts, quoted, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (quoted.length > 0 || changes.every(({ aStart, aEnd }) => aStart === aEnd)) return undefined;
  const own = scanOf(before.lines, facts);
  const apart = apartIn(own);
  const gone = new Set(changes.flatMap(({ aStart, aEnd }) => range(aStart, aEnd)));
  const now = scanOf(after.lines, facts);
  const ends = parts.map((part) => endsOf(part, facts));
  const wanted = ends.flatMap((two, of) => two.map(({ at }) => parts[of]?.[at]?.trim() ?? ""));
  const places = new FullLines(after.lines, new Set(wanted));
  const kept = keptLines(changes, after.lines.length);
  const isCode = (scan: readonly ScannedLine[], at: number): boolean => scan[at]?.kind === "code";
  const objectTo = (line: number): Objection =>
    objection(
      "nothing vanishes",
      `\`${excerpt(before.lines[line] ?? "")}\` would be gone, of which the answer does not speak.`,
      line,
    );
  for (const [of, part] of parts.entries()) {
    for (const { at, step } of ends[of] ?? []) {
      const place = places.only(part, at);
      const line = place === undefined ? undefined : kept[place];
      if (place === undefined || line === undefined) continue;
      let next = place + step;
      while (next >= 0 && next < kept.length && !isCode(now, next)) next += step;
      const beyond = next < 0 ? -1 : next >= kept.length ? before.lines.length : kept[next];
      // The answer may give comments there, too.
      const beside = step < 0 ? part.slice(0, at) : part.slice(at + 1);
      const isTold =
        step < 0
          ? beside.some((text, index) => index > 0 && text.trim() === "")
          : beside.some((text) => text.trim() !== "");
      // Beside new code the old may be what it replaces.
      if (beyond === undefined) continue;
      const between = range(Math.min(line, beyond) + 1, Math.max(line, beyond));
      const lost = between.filter((one) => gone.has(one));
      const found = lost.find((one) =>
        isCode(own, one)
          ? /\w/.test(before.lines[one] ?? "") && !attribute.test(before.lines[one] ?? "")
          : own[one]?.kind === "comment" && !isTold && !own[one]?.docstring && apart[one] === true,
      );
      if (found !== undefined) return objectTo(found);
    }
  }
  return undefined;
}

/** The first and the last line of code of a part, and the way from there out of it. */
function endsOf(
  part: readonly string[],
  facts: JudgedCase["facts"],
): readonly { readonly at: number; readonly step: 1 | -1 }[] {
  const scan = scanOf(part, facts);
  return [
    { at: scan.findIndex(({ kind }) => kind === "code"), step: -1 },
    { at: scan.findLastIndex(({ kind }) => kind === "code"), step: 1 },
  ];
}

/** The lines of a text that say something, to be found by what they say. */
class FullLines {
  readonly #texts: string[] = [];
  readonly #lines: number[] = [];
  readonly #byText = new Map<string, number[]>();

  /** @param wanted the texts that are looked for */
  constructor(lines: readonly string[], wanted: ReadonlySet<string>) {
    for (const [at, line] of lines.entries()) {
      const text = line.trim();
      if (text === "") continue;
      if (wanted.has(text)) {
        const places = this.#byText.get(text);
        if (places) places.push(this.#texts.length);
        else this.#byText.set(text, [this.#texts.length]);
      }
      this.#texts.push(text);
      this.#lines.push(at);
    }
  }

  /** Where a line of a part stands, if it stands there once, or once between the lines that are beside it in the part. */
  only(part: readonly string[], at: number): number | undefined {
    const places = this.#byText.get(part[at]?.trim() ?? "") ?? [];
    const next = fullLineFrom(part, at, 1);
    const above = fullLineFrom(part, at, -1);
    const alike = places.filter(
      (place) =>
        (next === undefined || this.#texts[place + 1] === next) &&
        (above === undefined || this.#texts[place - 1] === above),
    );
    const [only] = places.length === 1 ? places : alike;
    return only !== undefined && (places.length === 1 || alike.length === 1)
      ? this.#lines[only]
      : undefined;
  }
}

/** The next line of a part, in one direction, that says something. */
function fullLineFrom(part: readonly string[], at: number, step: 1 | -1): string | undefined {
  let next = at + step;
  while (part[next]?.trim() === "") next += step;
  return part[next]?.trim();
}

/** Per line of the new text that line of the old one; undefined for a new one. */
function keptLines(changes: readonly Change[], count: number): (number | undefined)[] {
  const kept: (number | undefined)[] = [];
  let next = 0;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    while (kept.length < bStart) kept.push(next++);
    while (kept.length < bEnd) kept.push(undefined);
    next = Math.max(aStart, aEnd);
  }
  while (kept.length < count) kept.push(next++);
  return kept;
}

/** New words that resemble the old ones so much are the same comment. */
const alikeAtLeast = 0.5;

/**
 * A comment between declarations, with an empty line below it, belongs to none that the answer gives, and one above a line that stays
 * and that the answer lacks belongs to that line: it is changed, or it stays.
 */
export function ifSetApartIsGone(
  { before, after, said, quoted, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (quoted.length > 0) return undefined;
  if (changes.every(({ aStart, aEnd }) => aStart === aEnd)) return undefined;
  const scan = scanOf(before.lines, facts);
  const apart = apartIn(scan);
  const apartNow = apartIn(scanOf(after.lines, facts));
  const given = new Set(said.map((line) => line.trim()));
  const gone = new Set(changes.flatMap(({ aStart, aEnd }) => range(aStart, aEnd)));
  /** Whether a line stands below the comment, and stays, of which the answer says nothing. */
  const isOfUnsaid = (at: number): boolean => {
    let below = at;
    while (scan[below]?.kind === "comment") below++;
    const line = (before.lines[below] ?? "").trim();
    return scan[below]?.kind === "code" && /\w/.test(line) && !gone.has(below) && !given.has(line);
  };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const fresh = after.lines.slice(bStart, bEnd);
    const isSetApart = fresh.some((_, at) => apartNow[bStart + at] === true);
    for (let at = aStart; at < aEnd; at++) {
      const line = before.lines[at] ?? "";
      if (scan[at]?.kind !== "comment" || !/\w/.test(line) || scan[at]?.docstring) continue;
      const isOther = isOfUnsaid(at);
      if (apart[at] !== true && !isOther) continue;
      const isInside =
        !isOther &&
        before.declarations.some(
          (one) => one.kind === "callable" && at >= one.start && at < one.end,
        );
      if (
        isInside ||
        (isSetApart && !isOther) ||
        fresh.some((one) => sharedWords(line, one) >= alikeAtLeast)
      )
        continue;
      return objection(
        "nothing vanishes",
        `\`${excerpt(line)}\` would be gone, of which the answer does not speak.`,
        at,
      );
    }
  }
  return undefined;
}

/** How many of the words of the one line the other has. */
function sharedWords(line: string, other: string): number {
  const words: readonly string[] = line.match(/\w+/g) ?? [];
  const theirs = new Set(other.match(/\w+/g) ?? []);
  return words.length === 0 ? 0 : words.filter((word) => theirs.has(word)).length / words.length;
}

/** Per line whether an empty line follows on the comment that it is a part of. */
function apartIn(scan: readonly ScannedLine[]): readonly boolean[] {
  const apart = scan.map(() => false);
  for (let at = scan.length - 1; at >= 0; at--) {
    if (scan[at]?.kind !== "comment") continue;
    const isSetApart = scan[at + 1]?.kind === "blank" && scan[at]?.docstring === false;
    apart[at] = scan[at + 1]?.kind === "comment" ? apart[at + 1] === true : isSetApart;
  }
  return apart;
}

/** What the answer writes right above a line of code stands above that line. */
export function ifCommentIsMoved(
  { after, parts, facts }: JudgedCase,
  _: readonly Change[],
  outcome: OutcomeLines,
): Objection | undefined {
  const leads = new Leads(after.lines, facts, outcome);
  for (const part of parts) {
    const scan = scanOf(part, facts);
    for (const [at, line] of part.entries()) {
      const isLast = scan[at]?.kind === "comment" && scan[at + 1]?.kind === "code";
      if (!isLast || scan[at]?.docstring) continue;
      let told = at;
      while (scan[told]?.kind === "comment" && !/\w/.test(part[told] ?? "")) told--;
      if (scan[told]?.kind !== "comment") continue;
      const text = (part[told] ?? "").trim();
      const code = codeKey(part[at + 1] ?? "");
      const isThere = outcome.keys.has(code) || outcome.keys.has(`${code}{`);
      if (!isThere || !outcome.texts.has(text) || leads.from(text).has(code)) continue;
      return objection(
        "said is there",
        `\`${excerpt(line)}\` would stand above other code than in the answer.`,
        0,
      );
    }
  }
  return undefined;
}

/** Which code the comments of an outcome stand above. */
class Leads {
  readonly #codes = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly lines: readonly string[],
    private readonly facts: JudgedCase["facts"],
    private readonly outcome: OutcomeLines,
  ) {}

  /** The code below a line of a comment, wherever that stands, with the attributes above it. */
  from(text: string): ReadonlySet<string> {
    const known = this.#codes.get(text);
    if (known) return known;
    const scan = scanOf(this.lines, this.facts);
    const codes = new Set<string>();
    for (const place of this.outcome.placesOf(text)) {
      let below = place + 1;
      for (; below < this.lines.length; below++) {
        if (scan[below]?.kind !== "code") continue;
        if (!attribute.test(this.lines[below] ?? "")) break;
        codes.add(codeKey(this.lines[below] ?? ""));
      }
      codes.add(codeKey(this.lines[below] ?? ""));
    }
    this.#codes.set(text, codes);
    return codes;
  }
}

/** Two lines of a function, one right after the other in the answer, are so in the outcome. */
export function ifTornApart(
  { after, parts, facts }: JudgedCase,
  _: readonly Change[],
  outcome: OutcomeLines,
): Objection | undefined {
  const scanned = scanOf(after.lines, facts);
  const pairs = parts.flatMap((part) => {
    const scan = scanOf(part, facts);
    return findDeclarations(part, facts, scan)
      .filter(({ kind }) => kind === "callable")
      .map((one) => codesIn(part, scan, one.head, one.end))
      .filter((codes) => !isInOnePiece(codes, after.lines, scanned, outcome))
      .flatMap((codes) => codes.slice(1).map((below, at) => ({ above: codes[at] ?? "", below })));
  });
  // Most are there to the character, which is told much sooner.
  let missing = pairs;
  const unbound = (code: string): string => canonicalLine(withoutBinding(code));
  for (const keyFor of [(code: string): string => code.trim(), canonicalLine, unbound]) {
    const there = pairsAmong(after.lines, scanned, missing, keyFor);
    missing = missing.filter((pair) => !there.has(keyOf(pair, keyFor)));
    if (missing.length === 0) return undefined;
  }
  return objection(
    "said is there",
    `\`${excerpt(missing[0]?.below ?? "")}\` would not stand where the answer has it.`,
    0,
  );
}

/** Two lines of code that follow on one another, without the comments behind them. */
interface Pair {
  readonly above: string;
  readonly below: string;
}

/** Lines of code without the comments behind them. */
function codesIn(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  start: number,
  end: number,
): string[] {
  return range(start, end)
    .filter((at) => scan[at]?.kind === "code")
    .map((at) => (lines[at] ?? "").slice(0, scan[at]?.commentAt));
}

/** A head that stands in so many places does not tell where to look. */
const mostPlaces = 16;

/** Whether all of the lines follow on one another in the outcome: most do, which is told by the first of them. */
function isInOnePiece(
  codes: readonly string[],
  lines: readonly string[],
  scan: readonly ScannedLine[],
  outcome: OutcomeLines,
): boolean {
  const places = outcome.placesOf(codes[0]?.trim() ?? "");
  return places.slice(0, mostPlaces).some((place) => {
    let at = place;
    return codes.every((code) => {
      while (at < lines.length && scan[at]?.kind !== "code") at++;
      const own = (lines[at] ?? "").slice(0, scan[at]?.commentAt);
      return at++ < lines.length && own.trim() === code.trim();
    });
  });
}

function keyOf({ above, below }: Pair, keyFor: (code: string) => string): string {
  return `${keyFor(above)}\n${keyFor(below)}`;
}

/** Those of some pairs that are in a text, by their keys. */
function pairsAmong(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  pairs: readonly Pair[],
  keyFor: (code: string) => string,
): ReadonlySet<string> {
  const wanted = new Set(pairs.map(({ above }) => keyFor(above)));
  const there = new Set<string>();
  let above: string | undefined;
  for (const [at, { kind, commentAt }] of scan.entries()) {
    if (kind !== "code") continue;
    const key = keyFor((lines[at] ?? "").slice(0, commentAt));
    if (above !== undefined && wanted.has(above)) there.add(`${above}\n${key}`);
    above = key;
  }
  return there;
}

function codeKey(line: string): string {
  return canonicalLine(line).replace(/\{$/, "");
}
