import { keysOf, type Level, levels, type Snapshot } from "../text/snapshot";

/** A place of quoted lines in the file. */
export interface Match {
  /** Per quoted line the file's line, or -1 for lines that do not count at the level. */
  readonly map: Int32Array;
  /** First line and the line behind the last. */
  readonly start: number;
  readonly end: number;
  readonly level: Level;
}

const maxMatches = 20;
const maxComparisons = 20_000_000;

/** All places (at most twenty) at the first level that has any: a stricter match is never thrown together with a looser one. */
export function findLines(
  snapshot: Snapshot,
  quoted: readonly string[],
  upTo: Level,
  from: Level = 0,
): Match[] {
  for (const level of levels) {
    if (level < from || level > upTo) continue;
    const found = findAt(snapshot, quoted, level);
    if (found.length > 0) return found;
  }
  return [];
}

function findAt(snapshot: Snapshot, quoted: readonly string[], level: Level): Match[] {
  const wanted = keysOf(quoted, level, snapshot.facts);
  if (wanted.keys.length === 0 || wanted.keys.every((key) => key.trim() === "")) return [];
  const index = snapshot.level(level);
  // Seeded at the rarest line, so that the cost follows its occurrences and not the file.
  let seed = 0;
  let rarest = Number.POSITIVE_INFINITY;
  for (const [at, key] of wanted.keys.entries()) {
    const count = index.places.get(key)?.length ?? 0;
    if (count === 0) return [];
    if (count < rarest) {
      rarest = count;
      seed = at;
    }
  }
  const matches: Match[] = [];
  let comparisons = 0;
  for (const place of index.places.get(wanted.keys[seed] ?? "") ?? []) {
    const first = place - seed;
    if (first < 0 || first + wanted.keys.length > index.keys.length) continue;
    let equal = 0;
    while (equal < wanted.keys.length && index.keys[first + equal] === wanted.keys[equal]) equal++;
    comparisons += equal + 1;
    if (equal === wanted.keys.length) {
      const map = new Int32Array(quoted.length).fill(-1);
      for (const [offset, line] of wanted.at.entries()) map[line] = index.at[first + offset] ?? -1;
      matches.push({
        map,
        start: index.at[first] ?? 0,
        end: (index.at[first + equal - 1] ?? 0) + 1,
        level,
      });
    }
    if (matches.length >= maxMatches || comparisons > maxComparisons) break;
  }
  return matches;
}
