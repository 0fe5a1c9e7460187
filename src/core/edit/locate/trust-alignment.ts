import { lineAt } from "../../../base/text/lines";
import { findDeclarations } from "../code/declarations";
import { lineWeight } from "../text/line-similarity";
import { matchTokens, tokensOf } from "../text/line-tokens";
import { keysOf, type Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { Match } from "./find-lines";
import { quotesOtherComments } from "./quoted-comments";

const levels = ["code", "style"] as const;
const words = /[\p{L}\p{N}_$]+/gu;

/**
 * Whether a place that resembles a quotation is the quoted one and not its sibling: one line more
 * or less, or one word, may differ, and never a declared name.
 */
export function isTrustworthy(
  snapshot: Snapshot,
  quoted: readonly string[],
  match: Match,
): boolean {
  const { facts } = snapshot;
  const wanted = keysOf(quoted, "code", facts);
  const rows = wanted.at.map((at) => match.map[at] ?? -1);
  const names = new Set(findDeclarations(quoted, facts).map((one) => one.name));
  const first = rows.findIndex((line) => line >= 0);
  const last = rows.findLastIndex((line) => line >= 0);
  let exact = 0;
  let defects = 0;
  let previous = (rows[first] ?? 0) - 1;
  for (const [row, line] of rows.entries()) {
    const key = lineAt(wanted.keys, row);
    const isElsewhere =
      lineWeight(key) >= thresholds.origin &&
      (snapshot.level("code").places.get(key)?.length ?? thresholds.few + 1) <= thresholds.few;
    if (line < 0) {
      // Made up by the model, and held in its place by lines of the file on both sides.
      const isInside = row > first && row < last;
      const isInvented = (key.match(words) ?? []).some((word) => !snapshot.hasWord(word));
      if (!isInside || !isInvented) return false;
      defects++;
      continue;
    }
    const skipped = codeLines(snapshot, previous + 1, line);
    if (skipped > 1) return false;
    if (skipped > 0) defects++;
    previous = line;
    const text = [lineAt(snapshot.lines, line)];
    // A docstring is a comment where its head is seen, and code in a quotation that begins with it.
    const [own = ""] = levels.flatMap((level) => keysOf(text, level, facts).keys);
    if (own === key) exact += lineWeight(key);
    else if (!isElsewhere && isOneWordApart(snapshot, key, line, own, names)) defects++;
    else return false;
  }
  if (quotesOtherComments(snapshot, quoted, match)) return false;
  return defects <= 1 && exact >= thresholds.sure;
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_$]+$/u.test(text);
}

function declares(key: string, names: ReadonlySet<string>): boolean {
  return (key.match(words) ?? []).some((word) => names.has(word));
}

function codeLines(snapshot: Snapshot, start: number, end: number): number {
  let count = 0;
  for (let line = start; line < end && count <= 1; line++)
    if (snapshot.scan[line]?.kind === "code") count++;
  return count;
}

/**
 * One word in place of another, or words that the model added. What the file says elsewhere was
 * quoted from there, unless the word in its place stands nowhere else.
 */
function isOneWordApart(
  snapshot: Snapshot,
  quoted: string,
  line: number,
  own: string,
  declared: ReadonlySet<string>,
): boolean {
  const [theirs, ours] = [tokensOf(quoted), tokensOf(own)];
  const match = matchTokens(theirs, ours);
  if (match === undefined) return false;
  const matched = new Set(match);
  const isKept = (at: number): boolean => (match[at] ?? -1) >= 0;
  const lost = theirs.flatMap(({ text }, at) => (isKept(at) ? [] : text));
  const added = ours.flatMap(({ text }, at) => (matched.has(at) ? [] : text));
  const [gone, fresh] = [lost.filter(isWord), added.filter(isWord)];
  const kept = theirs.filter(({ text }, at) => isKept(at) && isWord(text)).length;
  if (gone.some((word) => declared.has(word)) || kept < Math.max(gone.length, fresh.length))
    return false;
  const isSwap =
    new Set(gone).size === 1 &&
    new Set(fresh).size === 1 &&
    gone.length === fresh.length &&
    [...lost, ...added].every(isWord);
  const isAddition = fresh.length === 0 && !declares(quoted, declared);
  if (!isSwap && !isAddition) return false;
  const isModels = gone.length > 0 && gone.every((word) => !snapshot.hasWord(word));
  return isModels || (isSwap && fresh.every((word) => !snapshot.hasWord(word, line)));
}
