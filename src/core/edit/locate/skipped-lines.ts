import { matchKeys } from "../text/match-lines";
import type { Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";

/** Also maps the quoted lines that the level skipped (blank lines, comments) to the file's, where they stand in the same gap. */
export function withSkippedLines(snapshot: Snapshot, search: readonly string[], match: Match): Int32Array {
  const map = Int32Array.from(match.map);
  let last = match.start - 1;
  let from = 0;
  for (let at = 0; at <= search.length; at++) {
    const line = at < search.length ? (map[at] ?? -1) : match.end;
    if (line < 0) continue;
    const skipped = search.slice(from, at);
    const between: string[] = [];
    for (let own = last + 1; own < line; own++) between.push(snapshot.lines[own] ?? "");
    if (skipped.length > 0 && between.length > 0) {
      const keys = matchKeys(
        skipped.map((text) => text.trim()),
        between.map((text) => text.trim()),
      );
      for (const [index, own] of keys.entries()) if (own >= 0) map[from + index] = last + 1 + own;
    }
    last = line;
    from = at + 1;
  }
  return map;
}
