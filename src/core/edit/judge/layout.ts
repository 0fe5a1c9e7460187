import { limits } from "../limits";
import { depthOf } from "../text/indentation";
import { excerpt } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { codeKey } from "./code-keys";
import type { Change, JudgedCase, Objection } from "./judged-case";

/** New lines are indented with what the file is indented with. */
export function ifIndentedOtherwise(
  { before, after }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const tabs = before.lines.filter((line) => /^\t+\S/.test(line)).length;
  const spaces = before.lines.filter((line) => /^ {2,}[^\s*]/.test(line)).length;
  const stranger = tabs === 0 ? /^ *\t\s*\S/ : spaces === 0 ? /^ {2,}[^\s*]/ : undefined;
  if (stranger === undefined || tabs + spaces < thresholds.few) return undefined;
  for (const { aStart, bStart, bEnd } of changes) {
    const line = after.lines.slice(bStart, bEnd).find((one) => stranger.test(one));
    if (line !== undefined)
      return {
        message: `\`${excerpt(line)}\` would be indented otherwise than the file is.`,
        line: aStart,
      };
  }
  return undefined;
}

/**
 * A line stands in, or beside, the line that it does in the answer: the nearest above it that is no
 * deeper, whatever the step of either side.
 */
export function ifDeeperThanSaid(
  { after, parts, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const holders = new Map<string, Set<string | undefined>>();
  for (const part of parts) {
    const scan = scanOf(part, facts);
    const told = [...part.keys()].filter((at) => mayHold(part, scan, at));
    // Else it lost its indentation.
    if (new Set(told.map((at) => depthOf(part[at]))).size < 2) continue;
    for (const at of told) {
      const text = textOf(part, scan, at);
      const known = holders.get(text) ?? new Set();
      holders.set(text, known.add(holderOf(part, scan, at)));
    }
  }
  const scan = scanOf(after.lines, facts);
  // Up to the first line below, which may belong into what is new.
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart, isBelow = false; at < after.lines.length && !isBelow; at++) {
      if (!mayHold(after.lines, scan, at)) continue;
      isBelow = at >= bEnd;
      const text = textOf(after.lines, scan, at);
      const said = holders.get(text);
      if (said === undefined || said.has(undefined)) continue;
      const holder = holderOf(after.lines, scan, at, holders);
      if (holder === undefined || said.has(holder)) continue;
      return {
        message: `\`${excerpt(text)}\` would stand at another depth than in the answer.`,
        line: aStart,
      };
    }
  return undefined;
}

/** Of some lines the one above that holds a line, or stands beside it, and which of both. */
function holderOf(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  at: number,
  among?: ReadonlyMap<string, unknown>,
): string | undefined {
  const depth = depthOf(lines[at]);
  for (let above = at - 1; above >= 0 && at - above < limits.piece; above--) {
    const by = depth - depthOf(lines[above]);
    if (by < 0 || !mayHold(lines, scan, above)) continue;
    const text = textOf(lines, scan, above);
    if (among === undefined || among.has(text)) return `${Math.sign(by)} ${text}`;
    if (by > 0) return undefined;
  }
  return undefined;
}

function textOf(lines: readonly string[], scan: readonly ScannedLine[], at: number): string {
  return codeKey(lines[at] ?? "", scan[at]?.commentAt);
}

function mayHold(lines: readonly string[], scan: readonly ScannedLine[], at: number): boolean {
  const own = scan[at];
  return own?.kind === "code" && !own.inside && !own.inList && /\w/.test(lines[at] ?? "");
}
