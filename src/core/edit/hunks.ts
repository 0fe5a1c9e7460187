import { type Change, Changes } from "../../base/text/changes";
import { lineAt, wholeLines, withoutEnd, withoutMark } from "../../base/text/lines";
import { unifiedHunks } from "../../base/text/unified-hunks";
import type { Hunk } from "../../protocol/proposal";

/** Two texts that differ hugely give one coarse hunk. A change of line ends alone shows as `␍`. */
export function hunksOf(base: string, proposed: string, contextLines = 3): Hunk[] {
  if (base === proposed) return [];
  const before = wholeLines(base);
  const changes = Changes.between(before, wholeLines(proposed));
  const writer = (change?: Change): ((line: string) => string) => {
    if (change === undefined || !changesEndsOnly(change, before)) return bare;
    return (line) => bare(line) + (/\r\n?$/.test(line) ? "␍" : "");
  };
  return unifiedHunks(changes, before, contextLines, writer).map((hunk) => {
    const oldLines = hunk.end - hunk.start;
    const newLines = hunk.newEnd - hunk.newStart;
    // An empty side is numbered by the line before it, as `diff` does.
    return {
      oldStart: hunk.start + Math.min(1, oldLines),
      oldLines,
      newStart: hunk.newStart + Math.min(1, newLines),
      newLines,
      lines: hunk.lines,
    };
  });
}

function changesEndsOnly({ start, end, lines }: Change, base: readonly string[]): boolean {
  if (lines.length !== end - start) return false;
  return lines.every((line, index) => bare(line) === bare(lineAt(base, start + index)));
}

function bare(line: string): string {
  return withoutEnd(withoutMark(line));
}
