import { findDeclarations } from "../code/declarations";
import { lineWeight } from "../text/line-similarity";
import { isSlip, wordChanges } from "../text/slip";
import { keysOf, type Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";

const mostSlips = 3;
const mostSkipped = 2;
const leastExact = 2.5;

/**
 * Whether a place that resembles a quotation is the quoted one and not its sibling. Slips of the pen may be several; beyond them one
 * thing may differ: a line too many between two that follow each other in the file, a line or two left out, one word of one line. Two
 * such differences, or another declaration's name, are another place.
 */
export function isTrustworthy(snapshot: Snapshot, quoted: readonly string[], match: Match): boolean {
  const { facts } = snapshot;
  const wanted = keysOf(quoted, 4, facts);
  const rows = wanted.at.map((at) => match.map[at] ?? -1);
  const names = new Set(findDeclarations(quoted, facts).map((one) => one.name));
  const first = rows.findIndex((line) => line >= 0);
  const last = rows.findLastIndex((line) => line >= 0);
  let exact = 0;
  let slips = 0;
  let defects = 0;
  let expected = rows[first] ?? 0;
  for (const [row, line] of rows.entries()) {
    const key = wanted.keys[row] ?? "";
    if (line < 0) {
      if (row < first || row > last) return false;
      defects++;
      continue;
    }
    const skipped = codeLines(snapshot, expected, line);
    if (skipped > mostSkipped) return false;
    if (skipped > 0) defects++;
    expected = line + 1;
    const own = keysOf([snapshot.lines[line] ?? ""], 4, facts).keys[0] ?? "";
    if (own === key) exact += lineWeight(key);
    else if (isSlip(key, own, (word) => snapshot.hasWord(word))) slips++;
    else if (isOneWordApart(key, own, names)) defects++;
    else return false;
  }
  return defects <= 1 && slips <= mostSlips && exact >= leastExact;
}

function codeLines(snapshot: Snapshot, start: number, end: number): number {
  let count = 0;
  for (let line = start; line < end && count <= mostSkipped; line++) if (snapshot.scan[line]?.kind === "code") count++;
  return count;
}

/** One word in place of another, however often, or something added to the line or taken from it. */
function isOneWordApart(quoted: string, own: string, declared: ReadonlySet<string>): boolean {
  const changes = wordChanges(quoted, own);
  if (changes === undefined) return false;
  const { gone, fresh } = changes;
  if (gone.some((word) => declared.has(word))) return false;
  if (new Set(gone).size <= 1 && new Set(fresh).size <= 1 && gone.length === fresh.length) return true;
  return gone.length === 0 || fresh.length === 0;
}
