import { depthOf } from "../text/indentation";
import { excerpt } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { thresholds } from "../thresholds";
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

/** Of two lines in a row the deeper one stays it, but for an answer that lost its indentation. */
export function ifDepthIsTurned(
  { after, parts, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const given = new Map<string, number>();
  for (const part of parts)
    for (const { key, turn } of turnsIn(part, scanOf(part, facts), 0, part.length))
      given.set(key, given.has(key) && given.get(key) !== turn ? 0 : turn);
  const scan = scanOf(after.lines, facts);
  for (const { aStart, bStart, bEnd } of changes)
    for (const { key, turn, line } of turnsIn(after.lines, scan, bStart - 3, bEnd + 3)) {
      const said = given.get(key) ?? 0;
      const isFresh = line >= bStart && line <= bEnd;
      if (said === 0 || said === turn || !isFresh) continue;
      return {
        message: `\`${excerpt(after.lines[line] ?? "")}\` would stand at another depth than in the answer.`,
        line: aStart,
      };
    }
  return undefined;
}

/** Whether the second of two lines in a row stands deeper (1), less deep (-1) or as deep (0). */
function turnsIn(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  from: number,
  to: number,
): { readonly key: string; readonly turn: number; readonly line: number }[] {
  const turns: { key: string; turn: number; line: number }[] = [];
  let above: string | undefined;
  for (let at = Math.max(0, from); at < Math.min(lines.length, to); at++) {
    const scanned = scan[at];
    const line = lines[at] ?? "";
    if (scanned?.kind !== "code") continue;
    if (scanned.inside || scanned.inList) above = undefined;
    else {
      if (above !== undefined) {
        const turn = Math.sign(depthOf(line) - depthOf(above));
        turns.push({ key: `${above.trim()}\n${line.trim()}`, turn, line: at });
      }
      above = line;
    }
  }
  return turns;
}
