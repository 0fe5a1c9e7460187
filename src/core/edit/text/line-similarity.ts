import { limits } from "../limits";
import { thresholds } from "../thresholds";

/** From 0 to 1, by the characters that would have to change. */
export function lineSimilarity(a: string, b: string): number {
  return textSimilarity(comparedText(a), comparedText(b), 0);
}

/** Whether one of the lines may be what another has become. */
export function hasVersionOf(line: string, lines: readonly string[]): boolean {
  return lines.some((other) => lineSimilarity(line, other) >= thresholds.alike);
}

export function comparedText(line: string): string {
  return line.trim().replace(/\s+/g, " ").slice(0, limits.compared);
}

/** 0 where they cannot be as alike as `atLeast`. */
export function textSimilarity(left: string, right: string, atLeast: number): number {
  if (left === right) return 1;
  const longer = Math.max(left.length, right.length);
  const shorter = Math.min(left.length, right.length);
  if (shorter === 0 || shorter < longer * atLeast) return 0;
  return 1 - editDistance(left, right) / longer;
}

export function editDistance(a: string, b: string): number {
  const row = new Uint16Array(b.length + 1);
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0] ?? 0;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] ?? 0;
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      row[j] = Math.min(above + 1, (row[j - 1] ?? 0) + 1, diagonal + cost);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

/** How much some lines say together. */
export function weightOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + lineWeight(line), 0);
}

/** What says little by itself. */
const lonely = /^(?:else|end|return|break|continue|pass|try|begin|do|then|finally)$/;

/** How much a line says: a lone brace is worth little, a line with names much. */
export function lineWeight(key: string): number {
  const words = key.slice(0, limits.weighed).match(/[\p{L}\p{N}_$]+/gu);
  if (!words) return 0.25;
  const [first = "", ...more] = words;
  return more.length === 0 && lonely.test(first) ? 0.5 : Math.min(3, 1 + words.length / 4);
}
