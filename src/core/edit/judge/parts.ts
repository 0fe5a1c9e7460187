import { lineAt } from "../../../base/text/lines";
import { findDeclarations } from "../code/declarations";
import { withoutBinding } from "../code/fit/binding";
import { canonicalLine } from "../text/canonical-line";
import { excerpt, isAttribute, range, says, textsOf } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { apartIn, goneUnsaid } from "./comments";
import type { Change, JudgedCase, Objection } from "./judged-case";
import type { OutcomeLines } from "./outcome-lines";

/**
 * Beside the first and the last line of code that a part of the answer gives, nothing goes but the
 * comments that belong to the first.
 *
 *     file: /** Its weight. *\/     answer: /** Makes one. *\/     outcome: `private weight` stays
 *           private weight;                 constructor() {
 *
 *           constructor() {
 */
export function ifGoneBesideParts(
  { before, after, parts, facts }: JudgedCase,
  _: readonly Change[],
  outcome: OutcomeLines,
): Objection | undefined {
  const { gone } = outcome;
  if (gone.size === 0) return undefined;
  const own = scanOf(before.lines, facts);
  const apart = apartIn(own);
  const now = scanOf(after.lines, facts);
  const isCode = (scan: readonly ScannedLine[], at: number): boolean => scan[at]?.kind === "code";
  const ends = (lines: readonly string[]): string =>
    `${lines.find(says)?.trim()}\n${lines.findLast(says)?.trim()}`;
  for (const part of parts) {
    // Beside all of the file there is nothing.
    if (ends(part) === ends(before.lines)) continue;
    for (const { at, step } of endsOf(part, facts)) {
      const place = placeOf(part, at, after.lines, outcome);
      if (place === undefined) continue;
      let next = place + step;
      while (next >= 0 && next < now.length && !isCode(now, next)) next += step;
      // At the end of the file the comparison may have taken equal lines for one another.
      const [only, ...others] = textsOf(before.lines).get(lineAt(part, at).trim()) ?? [];
      const isLast = next >= now.length && others.length === 0;
      const line = outcome.origin(place) ?? (isLast ? only : undefined);
      if (line === undefined) continue;
      const beyond =
        next < 0 ? -1 : next >= now.length ? before.lines.length : outcome.origin(next);
      // The answer may give comments there, too.
      const beside = step < 0 ? part.slice(0, at) : part.slice(at + 1);
      const isTold =
        step < 0
          ? beside.some((text, index) => index > 0 && text.trim() === "")
          : beside.some(says);
      // Beside new code the old may be what it replaces.
      if (beyond === undefined) continue;
      const between = range(Math.min(line, beyond) + 1, Math.max(line, beyond));
      const lost = between.filter((one) => gone.has(one));
      const found = lost.find((one) =>
        isCode(own, one)
          ? /\w/.test(lineAt(before.lines, one)) && !isAttribute(lineAt(before.lines, one))
          : own[one]?.kind === "comment" && !isTold && !own[one]?.docstring && apart[one] === true,
      );
      if (found !== undefined) return { message: goneUnsaid(before.lines[found]), line: found };
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

/** Once, or once between the lines that are beside it in the part. */
function placeOf(
  part: readonly string[],
  at: number,
  lines: readonly string[],
  outcome: OutcomeLines,
): number | undefined {
  const text = lineAt(part, at).trim();
  const places = text === "" ? [] : outcome.placesOf(text);
  if (places.length === 1) return places[0];
  const beside = ([1, -1] as const).map((step) => ({ step, text: besideIn(part, at, step) }));
  const [only, ...others] = places.filter((place) =>
    beside.every(({ step, text }) => text === undefined || besideIn(lines, place, step) === text),
  );
  return others.length === 0 ? only : undefined;
}

/** The next line, in one direction, that says something. */
function besideIn(lines: readonly string[], at: number, step: 1 | -1): string | undefined {
  let next = at + step;
  while (lines[next]?.trim() === "") next += step;
  return lines[next]?.trim();
}

/** Two lines of a function, one right after the other in the answer, are so in the outcome. */
export function ifTornApart(
  { after, parts, facts }: JudgedCase,
  _: readonly Change[],
  _outcome: OutcomeLines,
): Objection | undefined {
  const scanned = scanOf(after.lines, facts);
  const pairs = parts.flatMap((part) => {
    const scan = scanOf(part, facts);
    return findDeclarations(part, facts, scan)
      .filter(({ kind }) => kind === "callable")
      .map((one) => codesIn(part, scan, one.head, one.end))
      .flatMap((codes) => codes.slice(1).map((below, at) => ({ above: lineAt(codes, at), below })));
  });
  // Most are there to the character, which is told much sooner.
  let missing = pairs;
  const unbound = (code: string): string => canonicalLine(withoutBinding(code));
  for (const keyFor of [(code: string): string => code.trim(), canonicalLine, unbound]) {
    const there = pairsAmong(after.lines, scanned, missing, keyFor);
    missing = missing.filter((pair) => !there.has(keyOf(pair, keyFor)));
    if (missing.length === 0) return undefined;
  }
  return {
    message: `\`${excerpt(missing[0]?.below ?? "")}\` would not stand where the answer has it.`,
    line: 0,
  };
}

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
    .map((at) => lineAt(lines, at).slice(0, scan[at]?.commentAt));
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
    const key = keyFor(lineAt(lines, at).slice(0, commentAt));
    if (above !== undefined && wanted.has(above)) there.add(`${above}\n${key}`);
    above = key;
  }
  return there;
}
