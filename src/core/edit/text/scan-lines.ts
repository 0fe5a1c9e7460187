import { firstWhere } from "../../../base/first-where";
import type { LanguageFacts } from "../../../base/languages/language";
import type { Difference } from "../../../base/text/compare-lines";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { type ScannedLine, scanLine } from "./scan-line";
import type { ScanState } from "./scan-sign";

/** What is known of some lines, and now and then the state above one. */
interface Scan {
  readonly facts: LanguageFacts;
  readonly lines: readonly ScannedLine[];
  readonly stops: readonly Stop[];
}

interface Stop {
  readonly line: number;
  readonly state: ScanState;
}

/** Never throws. An unknown construct costs precision, not safety. */
export function scanLines(lines: readonly string[], facts: LanguageFacts): readonly ScannedLine[] {
  return scanAll(lines, facts).lines;
}

const scans = new WeakMap<readonly string[], Scan>();

/** For lines that nobody changes any more: they are gone over once. */
export function scanOf(lines: readonly string[], facts: LanguageFacts): readonly ScannedLine[] {
  const known = scans.get(lines);
  if (known?.facts === facts) return known.lines;
  const scan = scanAll(lines, facts);
  scans.set(lines, scan);
  return scan.lines;
}

/** Only where the text changed, if the lines before are known. */
export function scanChanged(
  before: readonly string[],
  after: readonly string[],
  changes: readonly Difference[],
  facts: LanguageFacts,
): void {
  const known = scans.get(before);
  const [first, last] = [changes[0], changes.at(-1)];
  if (known?.facts !== facts || !first || !last || scans.get(after)?.facts === facts) return;
  if (!isSameState(stateAbove(before, facts), stateAbove(after, facts))) return;
  const { lines, stops } = known;
  const top = firstWhere(stops.length, (at) => (stops[at]?.line ?? 0) > first.aStart) - 1;
  const start = stops[top];
  if (start === undefined) return;
  const down = last.bEnd - last.aEnd;
  const restFrom = (line: number, state: ScanState): Scan | undefined => {
    const own = line - down;
    const at =
      own < last.aEnd ? -1 : firstWhere(stops.length, (one) => (stops[one]?.line ?? 0) >= own);
    const stop = stops[at];
    if (stop?.line !== own || !isSameState(stop.state, state)) return undefined;
    const rest = stops.slice(at).map((one) => ({ ...one, line: one.line + down }));
    return { facts, lines: lines.slice(own), stops: rest };
  };
  const above = { facts, lines: lines.slice(0, start.line), stops: stops.slice(0, top) };
  scans.set(after, goOn(above, after, copyOf(start.state), restFrom));
}

function scanAll(lines: readonly string[], facts: LanguageFacts): Scan {
  const state = stateAbove(lines, facts);
  return goOn({ facts, lines: [], stops: [] }, lines, state, () => undefined);
}

/** @param restFrom what is known of all lines from one on, in a state */
function goOn(
  known: Scan,
  lines: readonly string[],
  state: ScanState,
  restFrom: (line: number, state: ScanState) => Scan | undefined,
): Scan {
  const { facts } = known;
  const scanned = [...known.lines];
  const stops = [...known.stops];
  for (let at = scanned.length; at < lines.length; at++) {
    const rest = restFrom(at, state);
    if (rest) return { facts, lines: scanned.concat(rest.lines), stops: stops.concat(rest.stops) };
    const isFar = at - (stops.at(-1)?.line ?? -limits.piece) >= limits.piece;
    if (isFar && state.brackets.length <= limits.reach)
      stops.push({ line: at, state: copyOf(state) });
    scanned.push(scanLine(lineAt(lines, at), facts, state));
  }
  return { facts, lines: scanned, stops };
}

function copyOf(state: ScanState): ScanState {
  return { ...state, brackets: [...state.brackets] };
}

function isSameState(a: ScanState, b: ScanState): boolean {
  return (
    a.long === b.long &&
    a.comment === b.comment &&
    a.depth === b.depth &&
    a.docstring === b.docstring &&
    a.last === b.last &&
    a.brackets.join("") === b.brackets.join("")
  );
}

function stateAbove(lines: readonly string[], facts: LanguageFacts): ScanState {
  const comment = beginsInComment(lines, facts) ? 1 : 0;
  return { long: "", comment, depth: 0, brackets: [], docstring: false, last: ":" };
}

/** A comment ends in a quoted piece before one begins. */
function beginsInComment(lines: readonly string[], facts: LanguageFacts): boolean {
  if (!facts.blockComment) return false;
  const [open, close] = facts.blockComment;
  for (let at = 0; at < Math.min(lines.length, limits.reach); at++) {
    const line = lineAt(lines, at);
    const opens = line.indexOf(open);
    const closes = line.indexOf(close);
    if (closes >= 0 && (opens < 0 || closes < opens))
      return /^(?:\s*\*|[\p{L}\p{N}@`.,\s-]*\*\/)/u.test(line);
    if (opens >= 0) return false;
  }
  return false;
}
