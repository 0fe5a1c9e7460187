import { changedSpan } from "./changed-span";
import { Changes } from "./changes";
import { wholeLines } from "./lines";

/**
 * Replaces the characters from `start` up to `end` (UTF-16 offsets in the old text) with `text`.
 */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edits that turn `before` into `after`: only the lines that differ, and of those only the
 * characters that differ, so that cursors, folds and undo stay where the person had them. They do
 * not overlap, come in order, and never cut a CRLF or a surrogate pair.
 */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const lines = wholeLines(before);
  const edits: TextEdit[] = [];
  let at = 0;
  let offset = 0;
  for (const change of Changes.between(lines, wholeLines(after)).list) {
    offset += lines.slice(at, change.start).join("").length;
    const old = lines.slice(change.start, change.end).join("");
    const fresh = change.lines.join("");
    const { start, beforeEnd, afterEnd } = changedSpan(old, fresh);
    const text = fresh.slice(start, afterEnd);
    edits.push({ start: offset + start, end: offset + beforeEnd, text });
    offset += old.length;
    at = change.end;
  }
  return edits;
}
