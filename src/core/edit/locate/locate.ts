import type { MatchLevel } from "../../../protocol/proposal";
import type { Reading, ReplaceEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { indentOf } from "../text/indentation";
import type { Level, Snapshot } from "../text/snapshot";
import type { LineOp } from "../text/source-lines";
import { alignLines } from "./align-lines";
import { isDoubled, withContext } from "./beyond-quotation";
import { anchored, choosePlace, severalPlaces } from "./choose-place";
import { findElided, hasElision } from "./find-elided";
import { findLines, type Match } from "./find-lines";
import { placeFragment } from "./place-fragment";
import { placeRewrapped } from "./place-rewrapped";
import {
  alreadyThere,
  type LineRange,
  linesInWords,
  type Placement,
  refused,
  touches,
} from "./placement";
import { quotesOtherComments } from "./quoted-comments";
import { withoutStrayDividers } from "./stray-dividers";
import { transfer } from "./transfer";
import { isTrustworthy } from "./trust-alignment";
import { repairedReadings } from "./wrapper-repairs";

interface Found {
  readonly reading: Reading;
  readonly matches: readonly Match[];
  readonly repaired: boolean;
}

/**
 * Finds the one place of a quoted edit and what it does there. The first way of comparing that finds anything decides; several places
 * are refused unless the person's own range holds exactly one of them.
 * @param mayAlign whether a place that only resembles the quotation will do
 */
export function placeReplacement(
  snapshot: Snapshot,
  edit: ReplaceEdit,
  target: LineRange | undefined,
  mayAlign = true,
): Placement {
  const written = withoutStrayDividers(snapshot, edit.readings);
  if (written.length === 0)
    return refused(
      "malformed",
      "An edit has more than one line that divides the old text from the new one.",
    );
  const readings = written.map(withoutOuterBlanks);
  if (readings.every((reading) => reading.search.every((line) => line.trim() === ""))) {
    return refused("malformed", "An edit does not quote the code that it changes.");
  }
  if (readings.every(changesNothing))
    return noChange("A part of the answer repeats the code that it quotes.");
  const repaired = readings.flatMap((reading) =>
    repairedReadings(reading, snapshot).map(withoutOuterBlanks),
  );
  const found =
    search(snapshot, written, 0, 0, false) ??
    search(snapshot, readings, 0, 2, false) ??
    search(snapshot, repaired, 0, 2, true) ??
    search(snapshot, readings, 3, 4, false) ??
    search(snapshot, repaired, 3, 4, true);
  if (found) return placeFound(snapshot, edit, found, target);
  for (const reading of [...readings, ...repaired]) {
    if (!hasElision(reading.search, snapshot)) continue;
    const placed = findElided(snapshot, reading, target);
    if (placed) return placed;
  }
  if ([...readings, ...repaired].some((reading) => isAlreadyThere(snapshot, reading)))
    return noChange(alreadyThere);
  const fragment =
    placeFragment(snapshot, readings, target) ??
    placeRewrapped(snapshot, [...readings, ...repaired], target);
  if (fragment) return fragment;
  if (!mayAlign) return refused("noMatch", "The quoted code is not in the file.");
  return placeAligned(snapshot, [...readings, ...repaired], edit.notices);
}

/** Of the readings that have a place, the one with the longest quotation: a divider that is really content makes it longer. */
function search(
  snapshot: Snapshot,
  readings: readonly Reading[],
  from: Level,
  upTo: Level,
  repaired: boolean,
): Found | undefined {
  let best: Found | undefined;
  for (const reading of readings) {
    const matches = findLines(snapshot, reading.search, upTo, from);
    if (matches.length === 0) continue;
    const better =
      !best ||
      (matches.length === 1 && best.matches.length > 1) ||
      (matches.length === best.matches.length &&
        reading.search.length > best.reading.search.length);
    if (better) best = { reading, matches, repaired };
  }
  return best;
}

function placeFound(
  snapshot: Snapshot,
  edit: ReplaceEdit,
  found: Found,
  target: LineRange | undefined,
): Placement {
  const alike = weakQuotation(found)
    ? findLines(snapshot, found.reading.search, 2, 2)
    : found.matches;
  const matches = alike.length > 1 ? alike : found.matches;
  const chosen = choosePlace(matches, {
    anchor: anchored(snapshot, edit.below ?? []),
    target,
    lineHint: edit.lineHint ?? found.reading.lineHint,
  });
  if (!chosen) return severalPlaces(matches);
  const notices = [...edit.notices];
  if (chosen.why) notices.push(chosen.why);
  const leftOut = leavesOut(snapshot, found.reading);
  if (leftOut)
    return refused(
      "malformed",
      "The edit's new text leaves code out (`...`), so it cannot be used as it is.",
      [chosen.place],
    );
  if (isRepeat(snapshot, found.reading, chosen.place)) return noChange(alreadyThere);
  if (isDoubled(found.reading))
    return refused("malformed", "The edit gives its new text twice in a row.", [chosen.place]);
  if (
    chosen.place.level === 4 &&
    quotesOtherComments(snapshot, found.reading.search, chosen.place)
  ) {
    return refused(
      "stale",
      "The quoted code is there, but the comments quoted with it are those of another place.",
      [chosen.place],
    );
  }
  const { reading, match } = withContext(snapshot, found.reading, chosen.place) ?? {
    reading: found.reading,
    match: chosen.place,
  };
  const whole = withFirstIndent(snapshot, reading, match);
  const ops = whole
    ? transfer(snapshot, whole, { ...match, level: 0 })
    : transfer(snapshot, reading, match);
  if ("kind" in ops) return ops;
  const { level } = chosen.place;
  if (level >= 3)
    notices.push(
      "The answer quoted the code with other signs or comments than the file has; the file's own stay.",
    );
  return { kind: "placed", ops, match: matchLevel(level, found.repaired), notices };
}

/** A quotation that begins behind the indentation of its first line, all other lines being as in the file, means that line whole. */
function withFirstIndent(snapshot: Snapshot, reading: Reading, match: Match): Reading | undefined {
  const [first = "", ...others] = reading.search;
  const own = snapshot.lines[match.start] ?? "";
  const isBehind = !/^\s/.test(first) && own.trimStart() === first && indentOf(own) !== "";
  if (
    !isBehind ||
    others.length === 0 ||
    !others.every((line, at) => snapshot.lines[match.start + 1 + at] === line)
  )
    return undefined;
  const indent = (lines: readonly string[]): string[] =>
    lines.map((line, at) =>
      at === 0 && line !== "" && !/^\s/.test(line) ? indentOf(own) + line : line,
    );
  return { search: indent(reading.search), replace: indent(reading.replace) };
}

/** A lone brace or `return` is in the file once only by its indentation: that is too little to tell it from the others. */
function weakQuotation(found: Found): boolean {
  const words = found.reading.search.join(" ").match(/[\p{L}\p{N}_$]+/gu) ?? [];
  return (
    found.matches.length === 1 &&
    words.every((word) =>
      /^(?:else|end|return|break|continue|pass|try|do|then|finally|None|null|true|false|self|this|\d+)$/i.test(
        word,
      ),
    )
  );
}

function matchLevel(level: Level, repaired: boolean): MatchLevel {
  if (level >= 3) return "aligned";
  return level === 0 && !repaired ? "exact" : "spacing";
}

/** The new half alone has dots. Where the file has lines of dots too they may be code, unless old lines went for them. */
function leavesOut(snapshot: Snapshot, { search, replace }: Reading): boolean {
  if (hasElision(search, snapshot)) return false;
  if (hasElision(replace, snapshot)) return true;
  const dots = (lines: readonly string[]): number => lines.filter(isElision).length;
  const kept = new Set(replace.map((line) => line.trim()));
  return (
    dots(replace) > dots(search) &&
    search.filter((line) => line.trim() !== "" && !kept.has(line.trim())).length > 1
  );
}

/** So many letters say enough to be no chance where they stand again. */
const leastSaid = 8;

function changesNothing({ search, replace }: Reading): boolean {
  return search.length === replace.length && search.every((line, at) => line === replace[at]);
}

function noChange(notice: string): Placement {
  return { kind: "placed", ops: [], match: "exact", notices: [notice] };
}

/** The old text is there, but what the edit adds to it stands beside it already: adding it again would be twice. */
function isRepeat(snapshot: Snapshot, reading: Reading, match: Match): boolean {
  const old = new Set(reading.search.map((line) => line.trim()));
  const added = reading.replace.filter((line) => !old.has(line.trim()));
  const isBlank = added.length > 0 && added.every((line) => line.trim() === "");
  if (!isBlank && added.join("").replace(/\W/g, "").length < leastSaid) return false;
  // Who quotes each character right may want to change nothing but the layout.
  const upTo = isBlank ? 0 : match.level === 0 ? 1 : 2;
  return findLines(snapshot, reading.replace, upTo).some((place) => touches(place, match));
}

/** The lines that an operation puts in stand right above or below it already. */
function addsAgain({ lines }: Snapshot, { start, end, lines: fresh }: LineOp): boolean {
  if (start !== end || fresh.join("").replace(/\W/g, "").length < leastSaid) return false;
  return [start, start - fresh.length].some((from) =>
    fresh.every((line, at) => lines[from + at]?.trim() === line.trim()),
  );
}

/** The new text stands in the file already, in one place, and says enough to be sure of it. */
function isAlreadyThere(snapshot: Snapshot, reading: Reading): boolean {
  if (reading.replace.join("").replace(/\W/g, "").length < leastSaid) return false;
  return findLines(snapshot, reading.replace, 2).length === 1;
}

function placeAligned(
  snapshot: Snapshot,
  readings: readonly Reading[],
  notices: readonly string[],
): Placement {
  let near: readonly LineRange[] = [];
  let stale: Placement | undefined;
  for (const reading of readings) {
    if (hasElision(reading.replace, snapshot)) continue;
    const aligned = alignLines(snapshot, reading.search);
    if (aligned.kind === "none" || !isTrustworthy(snapshot, reading.search, aligned.match)) {
      if (aligned.kind === "found") {
        if (near.length === 0) near = [aligned.match];
        const ops = transfer(snapshot, reading, aligned.match);
        if ("kind" in ops && ops.code === "stale") stale ??= ops;
        continue;
      }
      if (near.length === 0) near = aligned.near;
      const [only] = aligned.near;
      const ops = only && aligned.clear ? transfer(snapshot, reading, only) : [];
      // The place is clear enough to say which line is the trouble, though not to change it.
      if ("kind" in ops && ops.code === "stale") stale ??= ops;
      continue;
    }
    const all = transfer(snapshot, reading, aligned.match);
    if ("kind" in all) return all;
    const ops = all.filter((op) => !addsAgain(snapshot, op));
    if (ops.length === 0 && all.length > 0) return noChange(alreadyThere);
    const notice =
      "The answer quoted the code inexactly; the place is the only one that resembles it.";
    return { kind: "placed", ops, match: "aligned", notices: [...notices, notice] };
  }
  if (stale) return stale;
  const message =
    near.length > 0
      ? `The quoted code is not in the file; the nearest is at ${linesInWords(near)}.`
      : "The quoted code is not in the file.";
  return refused("noMatch", message, near);
}

function withoutOuterBlanks(reading: Reading): Reading {
  let { search, replace } = reading;
  const isBlank = (line: string | undefined): boolean => line !== undefined && line.trim() === "";
  while (isBlank(search[0])) {
    search = search.slice(1);
    if (isBlank(replace[0])) replace = replace.slice(1);
  }
  while (isBlank(search[search.length - 1])) {
    search = search.slice(0, -1);
    if (isBlank(replace[replace.length - 1])) replace = replace.slice(0, -1);
  }
  return { ...reading, search, replace };
}
