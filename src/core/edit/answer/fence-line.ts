import { columnsOf } from "../text/indentation";
import { thresholds } from "../thresholds";

/** A line that is nothing but a fence's mark, as CommonMark has it, whatever its indentation. */
export interface FenceLine {
  /** Columns in front of the mark; a tab goes to the next fourth. */
  readonly indent: number;
  /** What stands in front of an opening mark: blanks, `> `, `- `, `2. `. */
  readonly lead: string;
  readonly sign: string;
  readonly length: number;
  /** What stands behind the mark, without outer blanks. */
  readonly info: string;
}

export function fenceLineOf(line: string): FenceLine | undefined {
  return fenceAt(line, 0);
}

/** A star in front of code may be that of a comment, unless it begins the line. */
const openingLead = /^(?:[ \t]{0,12}>)*(?:\*[ \t]+|[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]+)?/;

/** Also behind the marks of a quotation or a list: `> ~~~`. */
export function fenceOpened(line: string): FenceLine | undefined {
  return fenceAt(line, openingLead.exec(line)?.[0].length ?? 0);
}

export function closesFence(fence: FenceLine, line: FenceLine): boolean {
  return isBare(fence, line) && isNear(fence, line);
}

export function isBare(fence: FenceLine, line: FenceLine): boolean {
  return line.info === "" && isSameMark(fence, line);
}

export function isSameMark(fence: FenceLine, line: FenceLine): boolean {
  return line.sign === fence.sign && line.length >= fence.length;
}

export function isNear(fence: FenceLine, line: FenceLine): boolean {
  return line.indent <= fence.indent + thresholds.few;
}

function fenceAt(line: string, from: number): FenceLine | undefined {
  let start = from;
  while (line[start] === " " || line[start] === "\t") start++;
  const sign = line[start];
  if (sign !== "`" && sign !== "~") return undefined;
  let end = start;
  while (line[end] === sign) end++;
  if (end - start < 3) return undefined;
  const info = line.slice(end).trim();
  // Three backticks and one more further on are code within a line.
  if (sign === "`" && info.includes("`")) return undefined;
  const lead = line.slice(0, start);
  return { indent: columnsOf(lead), lead, sign, length: end - start, info };
}
