import type { Replacement } from "../../../base/text/changes";
import type { Range } from "../../../protocol/document";

/** Byte for byte `lines[i] + ends[i]`, one after the other. */
export interface SourceLines {
  readonly bom: string;
  readonly lines: readonly string[];
  /** The line end of each line; only the last one can be empty. */
  readonly ends: readonly string[];
}

/** A replacement of lines without their ends. */
export type LineOp = Replacement;

const byteOrderMark = "\uFEFF";

export function splitSource(text: string): SourceLines {
  const bom = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  const lines: string[] = [];
  const ends: string[] = [];
  let at = bom.length;
  let newline = -2;
  let carriage = -2;
  while (at < text.length) {
    // Once per line end, not once per line.
    if (newline !== -1 && newline < at) newline = text.indexOf("\n", at);
    if (carriage !== -1 && carriage < at) carriage = text.indexOf("\r", at);
    // A carriage return that stands alone ends a line too, as it does in the editor.
    const stop = carriage >= 0 && (newline < 0 || carriage < newline) ? carriage : newline;
    if (stop < 0) {
      lines.push(text.slice(at));
      ends.push("");
      break;
    }
    const end = stop === newline ? "\n" : newline === carriage + 1 ? "\r\n" : "\r";
    lines.push(text.slice(at, stop));
    ends.push(end);
    at = stop + end.length;
  }
  return { bom, lines, ends };
}

export function joinSource(source: SourceLines): string {
  const parts: string[] = [source.bom];
  for (const [index, line] of source.lines.entries()) parts.push(line, source.ends[index] ?? "");
  return parts.join("");
}

/** The line end that most of the first thousand lines have. */
function usualEnd(source: SourceLines): string {
  const counts = new Map<string, number>();
  for (const end of source.ends.slice(0, 1_000))
    if (end !== "") counts.set(end, (counts.get(end) ?? 0) + 1);
  let best = "\n";
  for (const [end, count] of counts) if (count > (counts.get(best) ?? 0)) best = end;
  return best;
}

export function sameOp(a: LineOp, b: LineOp): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, at) => line === b.lines[at])
  );
}

export function sameOps(a: readonly LineOp[], b: readonly LineOp[]): boolean {
  return a.length === b.length && a.every((op, at) => sameOp(op, b[at] ?? op));
}

/** In order, none over another. New lines end as those they stand for; so does the file's last. */
export function applyOps(source: SourceLines, ops: readonly LineOp[]): SourceLines {
  if (ops.length === 0) return source;
  const lines: string[] = [];
  const ends: string[] = [];
  const usual = usualEnd(source);
  let at = 0;
  const copyTo = (stop: number): void => {
    for (; at < stop; at++) {
      lines.push(source.lines[at] ?? "");
      ends.push(source.ends[at] ?? "");
    }
  };
  for (const op of ops) {
    copyTo(op.start);
    for (const [index, line] of op.lines.entries()) {
      lines.push(line);
      const own = op.start + index < op.end ? source.ends[op.start + index] : undefined;
      ends.push(own ?? (source.ends[op.start] || usual));
    }
    at = op.end;
  }
  copyTo(source.lines.length);
  const finalEnd = source.lines.length === 0 ? "\n" : (source.ends[source.lines.length - 1] ?? "");
  for (let index = 0; index < lines.length; index++) {
    const isLast = index === lines.length - 1;
    if (isLast) ends[index] = finalEnd === "" ? "" : ends[index] || finalEnd;
    else if (ends[index] === "") ends[index] = usual;
  }
  return { bom: source.bom, lines, ends };
}

/** Lines `[start, end)`, zero-based, or the place before line `start`. */
export function isWithin(ranges: readonly Range[], start: number, end: number): boolean {
  return ranges.some(({ start: from, end: to }) => {
    const last = to.character === 0 ? to.line : to.line + 1;
    return from.line <= start && end <= last;
  });
}
