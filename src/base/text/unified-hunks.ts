import type { Change, Changes } from "./changes";
import type { LineRange } from "./line-range";
import { withoutEnd } from "./lines";

/** Changes that stand close together, with unchanged lines around them. Ranges are zero-based. */
export interface UnifiedHunk extends LineRange {
  readonly newStart: number;
  readonly newEnd: number;
  /** Each line with ' ', '-' or '+' in front and without its end. */
  readonly lines: readonly string[];
}

/** What a unified diff writes below a last line that has no line end. */
const noLineEnd = "\\ No newline at end of file";

/**
 * The hunks of a unified diff: changes with at most twice `contextLines` unchanged lines between
 * them are one hunk.
 * @param base lines with their ends.
 * @param show how a line is written, for the eyes or for the bytes; `change` where it is not
 * context.
 */
export function unifiedHunks(
  changes: Changes,
  base: readonly string[],
  contextLines: number,
  writer: (change?: Change) => (line: string) => string = () => withoutEnd,
): UnifiedHunk[] {
  return groupsOf(changes, contextLines).map(({ first, last, group }) => {
    const lead = Math.min(contextLines, first.start);
    const trail = Math.min(contextLines, base.length - last.end);
    const start = first.start - lead;
    const end = last.end + trail;
    const lines: string[] = [];
    const write = (
      sign: string,
      some: readonly string[],
      isEnd: boolean,
      change?: Change,
    ): void => {
      const shown = writer(change);
      for (const line of some) lines.push(sign + shown(line));
      if (isEnd && some.at(-1)?.endsWith("\n") === false) lines.push(noLineEnd);
    };
    const old = (from: number, to: number, sign = " ", change?: Change): void =>
      write(sign, base.slice(from, to), to === base.length, change);
    let at = start;
    for (const change of group) {
      old(at, change.start);
      old(change.start, change.end, "-", change);
      write("+", change.lines, change.newEnd === changes.newCount, change);
      at = change.end;
    }
    old(at, end);
    return { start, end, newStart: first.newStart - lead, newEnd: last.newEnd + trail, lines };
  });
}

interface Group {
  readonly first: Change;
  last: Change;
  readonly group: Change[];
}

function groupsOf(changes: Changes, contextLines: number): Group[] {
  const groups: Group[] = [];
  for (const change of changes.list) {
    const open = groups.at(-1);
    if (open && change.start - open.last.end <= 2 * contextLines) {
      open.group.push(change);
      open.last = change;
    } else {
      groups.push({ first: change, last: change, group: [change] });
    }
  }
  return groups;
}
