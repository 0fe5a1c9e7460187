import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { depthOf } from "../text/indentation";
import { excerpt } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { codeKey } from "./code-keys";
import type { Judged, Objection } from "./judged-case";

/** New lines are indented with what the file is indented with. */
export function ifIndentedOtherwise({ before, after, changes }: Judged): Objection | undefined {
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

/** A line stands in the line that it stands in in the answer, whatever the step of either side. */
export function ifDeeperThanSaid(judged: Judged): Objection | undefined {
  const { after, parts, facts, changes, outcome, now: scan } = judged;
  const holders = new Map<string, Holder>();
  for (const part of parts) {
    const scan = scanOf(part, facts);
    const told = [...part.keys()].filter((at) => mayHold(scan[at]));
    // Else it lost its indentation.
    if (new Set(told.map((at) => depthOf(part[at]))).size < 2) continue;
    // What holds all of a part is in another one, or not shown.
    const among = new Set(told.map((at) => textOf(part, scan, at)));
    for (const at of told) {
      const text = textOf(part, scan, at);
      const known = holders.get(text) ?? { texts: new Set(), among };
      if (known.among !== among) known.texts.add(undefined);
      holders.set(text, known);
      known.texts.add(holderOf(part, scan, at));
    }
  }
  // Up to the first line below, which may belong into what is new.
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart, isBelow = false; at < after.lines.length && !isBelow; at++) {
      if (!mayHold(scan[at])) continue;
      isBelow = at >= bEnd;
      const text = textOf(after.lines, scan, at);
      const said = holders.get(text);
      if (said === undefined || said.texts.has(undefined)) continue;
      const holder = holderOf(after.lines, scan, at, said.among);
      if (holder === undefined || said.texts.has(holder)) continue;
      // Of lines such as `where` nobody knows which the answer has.
      if ((outcome.keys.times(holder) || 1) > 1) continue;
      return {
        message: `\`${excerpt(text)}\` would stand at another depth than in the answer.`,
        line: aStart,
      };
    }
  return undefined;
}

/** What a line stands in, wherever a part of the answer has it, and the lines of that part. */
interface Holder {
  readonly texts: Set<string | undefined>;
  readonly among: ReadonlySet<string>;
}

/** The nearest line above that is less deep, empty where there is none; undefined for a strange one. */
function holderOf(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  at: number,
  known?: ReadonlySet<string>,
): string | undefined {
  const depth = depthOf(lines[at]);
  for (let above = at - 1; above >= 0; above--) {
    if (at - above > limits.judgedAround) return undefined;
    if (depthOf(lines[above]) >= depth || scan[above]?.kind !== "code") continue;
    const text = textOf(lines, scan, above);
    const isKnown = known === undefined || known.has(text);
    if (mayHold(scan[above])) return isKnown ? text : undefined;
    // The file has something open above: it is read otherwise than in the answer.
    if (isKnown && known !== undefined) return undefined;
  }
  return "";
}

function textOf(lines: readonly string[], scan: readonly ScannedLine[], at: number): string {
  return codeKey(lineAt(lines, at), scan[at]?.commentAt);
}

function mayHold(own: ScannedLine | undefined): boolean {
  if (own?.kind !== "code" || own.inside || own.inList) return false;
  return /\w/.test(own.mask) && !/^\W*(?:end|fi|done)\W*$/.test(own.mask);
}
