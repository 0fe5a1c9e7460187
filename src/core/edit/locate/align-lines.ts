import { overlap } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { lineSimilarity, lineWeight } from "../text/line-similarity";
import { range } from "../text/lines";
import { bestPairs, matchAlike, matchKeys } from "../text/match-lines";
import { keysOf, type LevelIndex, type QuotedKeys, type Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { Match } from "./find-lines";

export type Alignment =
  | { readonly kind: "found"; readonly match: Match; readonly score: number }
  /** `clear`: the first is the only near one, but resembles the quotation too little. */
  | { readonly kind: "none"; readonly near: readonly Match[]; readonly clear: boolean };

export function alignLines(snapshot: Snapshot, quoted: readonly string[]): Alignment {
  const byCode = alignAt(snapshot, quoted, "code");
  if (byCode.kind === "found" || byCode.near.length > 0) return byCode;
  // A line of code and the comment above it: only both together tell what is near.
  return alignAt(snapshot, quoted, "style");
}

function alignAt(
  snapshot: Snapshot,
  quoted: readonly string[],
  level: "style" | "code",
): Alignment {
  const scored = scoredPlaces(snapshot, quoted, level);
  const best = scored[0];
  const near = scored
    .filter((one) => one.score >= thresholds.half)
    .slice(0, 3)
    .map((one) => one.match);
  const rival = best && scored.find((other) => !overlap(other.match, best.match));
  const clear = !(
    best &&
    rival &&
    (best.score - rival.score < thresholds.margin || rival.exact >= best.exact * thresholds.nearly)
  );
  if (!best || best.score < thresholds.aligned || !clear)
    return { kind: "none", near, clear: clear && near.length > 0 };
  return { kind: "found", match: best.match, score: best.score };
}

export function alikePlaces(
  snapshot: Snapshot,
  quoted: readonly string[],
  level: "style" | "code",
): readonly Match[] {
  return scoredPlaces(snapshot, quoted, level, true).map((one) => one.match);
}

/** Rare lines vote. @param withBeginnings each of equal places side by side is looked at */
function scoredPlaces(
  snapshot: Snapshot,
  quoted: readonly string[],
  level: "style" | "code",
  withBeginnings = false,
): Scored[] {
  const wanted = keysOf(quoted, level, snapshot.facts);
  if (wanted.keys.length < 2 || wanted.keys.length > limits.alignedLines) return [];
  const index = snapshot.level(level);
  const votes = new Map<number, number>();
  for (const [offset, key] of wanted.keys.entries()) {
    const places = index.places.get(key);
    if (!places || places.length > limits.piece) continue;
    for (const place of places) {
      // Neighbours are one place with a line more or less.
      const diagonal = Math.floor((place - offset) / 4);
      votes.set(diagonal, (votes.get(diagonal) ?? 0) + lineWeight(key) / places.length);
    }
  }
  const slack = 6 + Math.ceil(wanted.keys.length / 4);
  const windows = [...votes]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, limits.places)
    .map(
      ([diagonal]) =>
        [diagonal * 4 - slack, diagonal * 4 + 4 + wanted.keys.length + slack] as const,
    );
  const scored: Scored[] = [];
  const beginnings = withBeginnings
    ? beginningsOf(index, wanted.keys, wanted.keys.length + slack)
    : [];
  for (const [from, to] of [...windows, ...beginnings]) {
    const found = score(
      snapshot,
      quoted,
      wanted,
      level,
      Math.max(0, from),
      Math.min(index.keys.length, to),
    );
    if (
      found &&
      !scored.some(
        (other) => other.match.start === found.match.start && other.match.end === found.match.end,
      )
    )
      scored.push(found);
  }
  return scored.sort((a, b) => b.score - a.score);
}

/** Of two equal places next to each other each has a window of its own. */
function beginningsOf(
  index: LevelIndex,
  keys: readonly string[],
  length: number,
): (readonly [number, number])[] {
  const places = index.places.get(lineAt(keys, 0)) ?? [];
  return places.length > limits.places
    ? []
    : places.map(
        (place, at) => [place, Math.min(place + length, places[at + 1] ?? place + length)] as const,
      );
}

/** Pairs of equal keys, as close together as they go. */
function localPairs(keys: readonly string[], window: readonly string[]): Int32Array {
  const pairs = new Int32Array(keys.length).fill(-1);
  const weights = keys.map(lineWeight);
  const score = (i: number, j: number): number => (keys[i] === window[j] ? (weights[i] ?? 0) : 0);
  for (const [i, j] of bestPairs(keys.length, window.length, score, thresholds.skipCost))
    pairs[i] = j;
  return pairs;
}

interface Scored {
  readonly match: Match;
  readonly score: number;
  readonly exact: number;
}

function score(
  snapshot: Snapshot,
  quoted: readonly string[],
  wanted: QuotedKeys,
  level: "style" | "code",
  from: number,
  to: number,
): Scored | undefined {
  const index = snapshot.level(level);
  const window = index.keys.slice(from, to);
  const small = wanted.keys.length * window.length <= limits.alignedCells;
  const pairs = small ? localPairs(wanted.keys, window) : matchKeys(wanted.keys, window);
  let last = -1;
  let lastRow = -1;
  for (let row = 0; row <= wanted.keys.length; row++) {
    const place = row < wanted.keys.length ? (pairs[row] ?? -1) : window.length;
    if (place < 0) continue;
    const rows = range(lastRow + 1, row);
    const columns = range(last + 1, place);
    // Open ends of the window hold strangers.
    const near =
      row === wanted.keys.length
        ? columns.slice(0, rows.length + 2)
        : lastRow < 0
          ? columns.slice(-(rows.length + 2))
          : columns;
    if (rows.length > 0 && near.length > 0) {
      for (const [i, j] of matchAlike(
        rows.map((at) => lineAt(wanted.keys, at)),
        near.map((at) => lineAt(window, at)),
        thresholds.same,
      )) {
        pairs[rows[i] ?? 0] = near[j] ?? -1;
      }
    }
    last = place;
    lastRow = row;
  }
  const map = new Int32Array(quoted.length).fill(-1);
  let total = 0;
  let got = 0;
  let exact = 0;
  let start = Number.POSITIVE_INFINITY;
  let end = -1;
  for (const [row, key] of wanted.keys.entries()) {
    const weight = lineWeight(key);
    total += weight;
    const place = pairs[row] ?? -1;
    if (place < 0) continue;
    const line = index.at[from + place] ?? 0;
    map[wanted.at[row] ?? 0] = line;
    if (window[place] === key) exact += weight;
    got += weight * (window[place] === key ? 1 : lineSimilarity(lineAt(window, place), key));
    start = Math.min(start, line);
    end = Math.max(end, line + 1);
  }
  if (end < 0 || total === 0) return undefined;
  // Lines of the file in between that were not quoted make the place less sure.
  const mapped = map.filter((line) => line >= 0).length;
  const span = index.at.slice(from, to).filter((line) => line >= start && line < end).length;
  const penalty = Math.max(0, span - mapped) / (2 * Math.max(4, wanted.keys.length));
  return { match: { map, start, end, level: "code" }, score: got / total - penalty, exact };
}
