import { diffArrays } from "diff";

/** Replaces the characters from `start` up to `end` (UTF-16 offsets in the old text) with `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Beyond this many changed lines the search for the smallest edit costs more than it gives. */
const maxChangedLines = 4_000;

/**
 * The edits that turn `before` into `after`: only the lines that differ, and of those only the characters that differ, so that
 * cursors, folds and undo stay where the person had them. They do not overlap, come in order, and never cut a CRLF or a surrogate pair.
 */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const changes = diffArrays(linesWithEnds(before), linesWithEnds(after), { maxEditLength: maxChangedLines });
  if (changes === undefined) return [trimmed(before, 0, before.length, after)];
  const edits: TextEdit[] = [];
  let offset = 0;
  let start = 0;
  let removed = "";
  let added = "";
  const close = (): void => {
    if (removed !== added) edits.push(trimmed(before, start, start + removed.length, added));
    removed = "";
    added = "";
  };
  for (const change of changes) {
    const text = change.value.join("");
    if (change.added) {
      added += text;
    } else if (change.removed) {
      removed += text;
      offset += text.length;
    } else {
      close();
      offset += text.length;
      start = offset;
    }
  }
  close();
  return edits;
}

function linesWithEnds(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** The edit without what its two sides begin and end with in common. */
function trimmed(before: string, start: number, end: number, text: string): TextEdit {
  const shorter = Math.min(end - start, text.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(start + head) === text.charCodeAt(head)) head++;
  while (head > 0 && (cuts(before, start + head) || cuts(text, head))) head--;
  let tail = 0;
  while (tail < shorter - head && before.charCodeAt(end - tail - 1) === text.charCodeAt(text.length - tail - 1)) tail++;
  while (tail > 0 && (cuts(before, end - tail) || cuts(text, text.length - tail))) tail--;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}

/** Whether a cut here would part a CRLF or a surrogate pair, which the editor would not take as it is meant. */
function cuts(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const left = text.charCodeAt(offset - 1);
  const right = text.charCodeAt(offset);
  const crlf = left === 0x0d && right === 0x0a;
  const pair = left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff;
  return crlf || pair;
}
