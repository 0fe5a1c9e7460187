import { overlap } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import type { MatchLevel } from "../../../protocol/proposal";
import type { Reading } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { indentOf } from "../text/indentation";
import { says } from "../text/lines";
import type { Level, Snapshot } from "../text/snapshot";
import { isDoubled, withContext } from "./beyond-quotation";
import { choosePlace, severalPlaces } from "./choose-place";
import { hasElision } from "./find-elided";
import { findLines, type Match } from "./find-lines";
import { alreadyThere, noChange, type Placement, refused } from "./placement";
import { type Quotation, saysEnough } from "./quotation";
import { quotesOtherComments } from "./quoted-comments";
import { transfer } from "./transfer";

interface Found {
  readonly reading: Reading;
  readonly matches: readonly Match[];
  readonly repaired: boolean;
}

/** Without what is wrapped around code comes before another style. */
export function placeQuoted(quotation: Quotation): Placement | undefined {
  const { snapshot, written, readings, repaired } = quotation;
  const found =
    search(snapshot, written, "exact", "exact", false) ??
    search(snapshot, readings, "exact", "layout", false) ??
    search(snapshot, repaired, "exact", "layout", true);
  return found && placeFound(quotation, found);
}

/** With other signs, or other comments, than the file has. */
export function placeRestyled(quotation: Quotation): Placement | undefined {
  const { snapshot, readings, repaired } = quotation;
  const found =
    search(snapshot, readings, "style", "code", false) ??
    search(snapshot, repaired, "style", "code", true);
  return found && placeFound(quotation, found);
}

function search(
  snapshot: Snapshot,
  readings: readonly Reading[],
  from: Level,
  upTo: Level,
  repaired: boolean,
): Found | undefined {
  for (const reading of readings) {
    const matches = findLines(snapshot, reading.search, upTo, from);
    if (matches.length > 0) return { reading, matches, repaired };
  }
  return undefined;
}

function placeFound({ snapshot, edit, readings, target }: Quotation, found: Found): Placement {
  const alike = weakQuotation(found)
    ? findLines(snapshot, found.reading.search, "layout", "layout")
    : found.matches;
  const matches = alike.length > 1 ? alike : found.matches;
  const chosen = choosePlace(matches, {
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
  if ([found.reading, ...readings].some((one) => isRepeat(snapshot, one, chosen.place)))
    return noChange(alreadyThere);
  if (isDoubled(found.reading))
    return refused("malformed", "The edit gives its new text twice in a row.", [chosen.place]);
  if (
    chosen.place.level === "code" &&
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
    ? transfer(snapshot, whole, { ...match, level: "exact" })
    : transfer(snapshot, reading, match);
  if ("kind" in ops) return ops;
  const { level } = chosen.place;
  if (level === "style" || level === "code")
    notices.push(
      "The answer quoted the code with other signs or comments than the file has; the file's own stay.",
    );
  return { kind: "placed", ops, match: matchLevel(level, found.repaired), notices };
}

/** Who quotes from behind the indentation of the first line on means that line whole. */
function withFirstIndent(snapshot: Snapshot, reading: Reading, match: Match): Reading | undefined {
  const [first = "", ...others] = reading.search;
  const own = lineAt(snapshot.lines, match.start);
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

/** In the file once only by its indentation, which is too little. */
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
  if (level === "style" || level === "code") return "aligned";
  return level === "exact" && !repaired ? "exact" : "spacing";
}

/** Where the file has lines of dots they may be code, unless old lines went for them. */
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

/** What the edit adds stands beside the old text already. */
function isRepeat(snapshot: Snapshot, reading: Reading, match: Match): boolean {
  const old = new Set(reading.search.map((line) => line.trim()));
  const added = reading.replace.filter((line) => !old.has(line.trim()));
  const isBlank = added.length > 0 && !added.some(says);
  if (!isBlank && !saysEnough(added)) return false;
  // Who quotes each character right may want to change nothing but the layout.
  const upTo = isBlank ? "exact" : match.level === "exact" ? "ends" : "layout";
  return findLines(snapshot, reading.replace, upTo).some((place) => overlap(place, match));
}
