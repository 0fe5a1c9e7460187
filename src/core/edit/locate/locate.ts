import type { Replacement } from "../../../base/text/changes";
import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import type { Reading, ReplaceEdit } from "../answer/answer-edit";
import { isDivider } from "../answer/markers";
import { ruleList } from "../rule-list";
import { says } from "../text/lines";
import type { Snapshot } from "../text/snapshot";
import { findElided, hasElision } from "./find-elided";
import { findLines } from "./find-lines";
import { placeAligned } from "./place-aligned";
import { placeFragment } from "./place-fragment";
import { placeQuoted, placeRestyled } from "./place-quoted";
import {
  alreadyThere,
  noChange,
  notInFile,
  type Placed,
  type Placement,
  refused,
} from "./placement";
import { type Quotation, saysEnough } from "./quotation";
import { repairedReadings } from "./wrapper-repairs";

type Locator = (quotation: Quotation) => Placement | undefined;

/** The ways to find a place, the surest first: the first that has an answer decides. */
const locatorsByName: Readonly<Record<string, Locator>> = {
  placeQuoted,
  ifAlreadyThere,
  placeRestyled,
  placeElided,
  placeFragment,
  placeAligned: (quotation) => (quotation.mayAlign ? placeAligned(quotation) : undefined),
};
const locators = ruleList(locatorsByName);

/** Whether that is the name of a way that needs the old lines. */
export function isLocator(name: string): boolean {
  return name in locatorsByName;
}

/** @param mayAlign whether a place that only resembles the quotation will do */
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
  if (readings.every((reading) => !reading.search.some(says))) {
    return refused("malformed", "An edit does not quote the code that it changes.");
  }
  if (readings.every(changesNothing))
    return noChange("A part of the answer repeats the code that it quotes.");
  const repaired = readings.flatMap((reading) =>
    repairedReadings(reading, snapshot).map(withoutOuterBlanks),
  );
  const quotation: Quotation = { snapshot, edit, written, readings, repaired, target, mayAlign };
  for (const [by, locate] of locators()) {
    const placement = locate(quotation);
    if (placement)
      return placement.kind === "placed" ? { ...unlessThere(snapshot, placement), by } : placement;
  }
  return refused("noMatch", notInFile);
}

/** Without lines that are put in where they stand already. */
function unlessThere({ lines }: Snapshot, placement: Placed): Placed {
  const isThere = ({ start, end, lines: fresh }: Replacement): boolean =>
    start === end &&
    saysEnough(fresh) &&
    [start, start - fresh.length].some((from) =>
      fresh.every((line, at) => lines[from + at]?.trim() === line.trim()),
    );
  const ops = placement.ops.filter((op) => !isThere(op));
  if (ops.length === placement.ops.length) return placement;
  return ops.length > 0 ? { ...placement, ops } : noChange(alreadyThere);
}

function placeElided({ snapshot, readings, repaired, target }: Quotation): Placement | undefined {
  for (const reading of [...readings, ...repaired]) {
    if (!hasElision(reading.search, snapshot)) continue;
    const placed = findElided(snapshot, reading, target);
    if (placed) return placed;
  }
  return undefined;
}

/** The new text stands in the file already, in one place, and says enough to be sure of it. */
function ifAlreadyThere({ snapshot, readings, repaired }: Quotation): Placement | undefined {
  const isThere = [...readings, ...repaired].some(
    ({ replace }) => saysEnough(replace) && findLines(snapshot, replace, "layout").length === 1,
  );
  return isThere ? noChange(alreadyThere) : undefined;
}

function changesNothing({ search, replace }: Reading): boolean {
  return search.length === replace.length && search.every((line, at) => line === replace[at]);
}

function withoutOuterBlanks(reading: Reading): Reading {
  const { search, replace } = reading;
  const isBlank = (line: string | undefined): boolean => line !== undefined && line.trim() === "";
  let [start, end] = [0, search.length];
  let [newStart, newEnd] = [0, replace.length];
  for (; start < end && isBlank(search[start]); start++)
    if (newStart < newEnd && isBlank(replace[newStart])) newStart++;
  for (; end > start && isBlank(search[end - 1]); end--)
    if (newEnd > newStart && isBlank(replace[newEnd - 1])) newEnd--;
  return { ...reading, search: search.slice(start, end), replace: replace.slice(newStart, newEnd) };
}

/** A second divider may stand where the closing mark should, but for files that have such lines. */
function withoutStrayDividers(
  snapshot: Snapshot,
  readings: readonly Reading[],
): readonly Reading[] {
  if (!readings.some(({ replace }) => replace.some(isDivider))) return readings;
  if (snapshot.facts.quotes === "" || snapshot.lines.some(isDivider)) return readings;
  return readings
    .map((reading) =>
      reading.escaped
        ? reading
        : { search: reading.search, replace: reading.replace.slice(0, endOf(reading.replace)) },
    )
    .filter(
      ({ search, replace, escaped }) =>
        escaped || !(search.some(isDivider) || replace.some(isDivider)),
    );
}

function endOf(lines: readonly string[]): number {
  const last = lines.findLastIndex(says);
  return last >= 0 && isDivider(lineAt(lines, last)) ? last : lines.length;
}
