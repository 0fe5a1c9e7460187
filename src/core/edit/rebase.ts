import { diff3Merge } from "node-diff3";
import { type Change, changesBetween } from "./text/line-changes";

export interface RebaseRequest {
  /** The text that the model was shown. */
  readonly base: string;
  /** What the edit makes of it. */
  readonly proposed: string;
  /** What the buffer has become meanwhile. */
  readonly current: string;
}

export type Rebase =
  /** Nobody typed meanwhile: `text` is the proposal as it stands. */
  | { readonly kind: "same"; readonly text: string }
  /** Both changes, each where it was made; equal to `current` when that already holds the edit. */
  | { readonly kind: "merged"; readonly text: string }
  /** Both changed the same lines: the person decides between the two versions. */
  | { readonly kind: "conflict"; readonly base: string; readonly proposed: string; readonly current: string };

/**
 * Carries an edit over to what the buffer has become. Works on lines; the buffer's own line ends, byte-order mark and final newline
 * win, and nothing that was typed is ever dropped: where both sides changed a place, it is a conflict.
 */
export function rebase({ base, proposed, current }: RebaseRequest): Rebase {
  if (current === base) return { kind: "same", text: proposed };
  if (current === proposed || base === proposed) return { kind: "merged", text: current };
  const bom = current.startsWith("\uFEFF") ? "\uFEFF" : "";
  const own = bareText(current);
  const converted = sameEnds(bareText(base), bareText(proposed), own);
  const origin = converted.base.split("\n");
  const ours = own.split("\n");
  const theirs = converted.proposed.split("\n");
  const merged = merge(origin, ours, theirs);
  if (merged === undefined) return { kind: "conflict", base, proposed, current };
  return { kind: "merged", text: bom + merged.join("\n") };
}

/** Where both sides rewrote more than this together, a merge is no longer something a person can check. */
const maxMergeLines = 10_000;

function bareText(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** When the person switched the line ends of the whole buffer, that is their choice for the edit too, not a conflict on every line. */
function sameEnds(base: string, proposed: string, current: string): { base: string; proposed: string } {
  const from = onlyEnd(base);
  const to = onlyEnd(current);
  if (from === undefined || to === undefined || from === to) return { base, proposed };
  return { base: base.replace(/\r\n|\n/g, to), proposed: proposed.replace(/\r\n|\n/g, to) };
}

function onlyEnd(text: string): "\n" | "\r\n" | undefined {
  const newlines = text.split("\n").length - 1;
  if (newlines === 0) return undefined;
  const pairs = text.split("\r\n").length - 1;
  if (pairs === 0) return "\n";
  return pairs === newlines ? "\r\n" : undefined;
}

/** Undefined on a conflict. Only stretches that both sides touched go to the merge proper, whose cost grows with repeated lines. */
function merge(origin: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] | undefined {
  const left = changesBetween(origin, ours);
  const right = changesBetween(origin, theirs);
  const result: string[] = [];
  let at = 0;
  let leftAt = 0;
  let rightAt = 0;
  while (leftAt < left.length || rightAt < right.length) {
    const cluster = nextCluster(left, leftAt, right, rightAt);
    for (const line of slice(origin, at, cluster.start)) result.push(line);
    const mine = left.slice(leftAt, cluster.leftEnd);
    const other = right.slice(rightAt, cluster.rightEnd);
    const oursHere = stretch(ours, mine, cluster);
    const theirsHere = stretch(theirs, other, cluster);
    const originHere = slice(origin, cluster.start, cluster.end);
    const merged = mergeStretch(originHere, mine.length > 0 ? oursHere : originHere, other.length > 0 ? theirsHere : originHere);
    if (merged === undefined) return undefined;
    for (const line of merged) result.push(line);
    at = cluster.end;
    leftAt = cluster.leftEnd;
    rightAt = cluster.rightEnd;
  }
  for (const line of slice(origin, at, origin.length)) result.push(line);
  return result;
}

interface Cluster {
  readonly start: number;
  readonly end: number;
  readonly leftEnd: number;
  readonly rightEnd: number;
}

/** The next stretch of the origin whose changes overlap or touch across the two sides. */
function nextCluster(left: readonly Change[], leftAt: number, right: readonly Change[], rightAt: number): Cluster {
  const start = Math.min(left[leftAt]?.aStart ?? Number.POSITIVE_INFINITY, right[rightAt]?.aStart ?? Number.POSITIVE_INFINITY);
  let end = start;
  let leftEnd = leftAt;
  let rightEnd = rightAt;
  for (;;) {
    const mine = left[leftEnd];
    const other = right[rightEnd];
    if (mine && mine.aStart <= end) {
      end = Math.max(end, mine.aEnd);
      leftEnd++;
    } else if (other && other.aStart <= end) {
      end = Math.max(end, other.aEnd);
      rightEnd++;
    } else {
      return { start, end, leftEnd, rightEnd };
    }
  }
}

/** What one side made of a cluster's stretch of the origin. */
function stretch(side: readonly string[], changes: readonly Change[], cluster: Cluster): string[] {
  const first = changes[0];
  const last = changes[changes.length - 1];
  if (!first || !last) return [];
  return slice(side, first.bStart - (first.aStart - cluster.start), last.bEnd + (cluster.end - last.aEnd));
}

function mergeStretch(origin: string[], ours: string[], theirs: string[]): string[] | undefined {
  if (equal(ours, origin)) return theirs;
  if (equal(theirs, origin) || equal(ours, theirs)) return ours;
  if (origin.length + ours.length + theirs.length > maxMergeLines) return undefined;
  const merged: string[] = [];
  for (const region of diff3Merge(ours, origin, theirs, { excludeFalseConflicts: true })) {
    if (region.ok === undefined) return undefined;
    for (const line of region.ok) merged.push(line);
  }
  return merged;
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function slice(lines: readonly string[], start: number, end: number): string[] {
  return lines.slice(start, end);
}
