import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { says } from "../text/lines";
import {
  keyOf,
  keysOf,
  type Level,
  levels,
  type QuotedKeys,
  type Snapshot,
} from "../text/snapshot";

export interface Match {
  /** Per quoted line the file's line, or -1 for lines that do not count at the level. */
  readonly map: Int32Array;
  /** First line and the line behind the last. */
  readonly start: number;
  readonly end: number;
  readonly level: Level;
}

/** At the first level that has any: a stricter match is not thrown together with a looser one. */
export function findLines(
  snapshot: Snapshot,
  quoted: readonly string[],
  upTo: Level,
  from: Level = "exact",
): Match[] {
  for (const level of levels.slice(levels.indexOf(from), levels.indexOf(upTo) + 1)) {
    const found = findAt(snapshot, quoted, level);
    if (found.length > 0) return found;
  }
  return [];
}

function findAt(snapshot: Snapshot, quoted: readonly string[], level: Level): Match[] {
  const wanted = keysOf(quoted, level, snapshot.facts);
  if (wanted.keys.length === 0 || !wanted.keys.some(says)) return [];
  const looked = snapshot.looksThrough(level)
    ? lookThrough(snapshot, quoted.length, wanted, level)
    : undefined;
  if (looked) return looked;
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
  for (const place of index.places.get(lineAt(wanted.keys, seed)) ?? []) {
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
    if (matches.length >= limits.places || comparisons > limits.comparisons) break;
  }
  return matches;
}

export function hasLine(snapshot: Snapshot, line: string): boolean {
  return findAt(snapshot, [line], "layout").length > 0;
}

/** Sooner than an index for a question or two. Undefined where too many lines have the word. */
function lookThrough(
  { lines, joined }: Snapshot,
  quotedCount: number,
  { at, keys }: QuotedKeys,
  level: Exclude<Level, "code">,
): Match[] | undefined {
  const { seed, word } = longestWord(keys);
  if (word === "") return undefined;
  const matches: Match[] = [];
  let comparisons = 0;
  for (
    let line = joined.lineWith(word, 0);
    line >= 0 && matches.length < limits.places;
    line = joined.lineWith(word, line + 1)
  ) {
    comparisons++;
    if (comparisons > limits.looks) return undefined;
    if (keyOf(lineAt(lines, line), level, undefined) !== keys[seed]) continue;
    const above = walk(line, seed, -1);
    const below = above && walk(line, seed, 1);
    if (!below) continue;
    const places = [...above.reverse(), line, ...below];
    const map = new Int32Array(quotedCount).fill(-1);
    for (const [row, quoted] of at.entries()) map[quoted] = places[row] ?? -1;
    matches.push({ map, start: places[0] ?? 0, end: (places.at(-1) ?? 0) + 1, level });
  }
  return matches;

  function walk(from: number, row: number, step: 1 | -1): number[] | undefined {
    const found: number[] = [];
    let line = from;
    for (let next = row + step; next >= 0 && next < keys.length; next += step) {
      let key: string | undefined;
      do {
        line += step;
        comparisons++;
        if (line < 0 || line >= lines.length) return undefined;
        key = keyOf(lineAt(lines, line), level, undefined);
      } while (key === undefined);
      if (key !== keys[next]) return undefined;
      found.push(line);
    }
    return found;
  }
}

/** A line has it as it is, whatever its layout and the style of its signs. */
function longestWord(keys: readonly string[]): { seed: number; word: string } {
  let seed = 0;
  let word = "";
  for (const [row, key] of keys.entries())
    for (const one of key.match(/\w+/g) ?? [])
      if (one.length > word.length) {
        seed = row;
        word = one;
      }
  return { seed, word };
}
