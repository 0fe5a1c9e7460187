import { firstWhere } from "../base/first-where";

/** A comment, an attribute or a decorator. */
export interface Remark {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly comment: boolean;
}

export interface LeadingLines {
  /**
   * Where the comments and attributes directly in front of the declaration begin; its own start
   * when there are none.
   */
  readonly startOffset: number;
  /** The comments among them, as written. */
  readonly doc?: string;
}

/** Adds a remark behind those that start before it; one inside another is part of that. */
export function withRemark(remarks: Remark[], remark: Remark): void {
  if (remark.startOffset >= (remarks.at(-1)?.endOffset ?? 0)) remarks.push(remark);
}

/**
 * The comments and attributes that stand on lines of their own in front of a declaration. An empty
 * line between them ends the search: what is above it speaks of something else. Looks at the text
 * between them and not at siblings in the tree, which is much faster in a long file, and finds a
 * comment that a grammar leaves outside of the block that it is written in.
 * @param remarks of the text, in its order
 */
export function leadingLines(
  declarationStart: number,
  text: string,
  remarks: readonly Remark[],
): LeadingLines {
  const indentation = indentationAt(declarationStart, text);
  let startOffset = declarationStart;
  const comments: string[] = [];
  for (let index = countBefore(declarationStart, remarks) - 1; index >= 0; index--) {
    const remark = remarks[index];
    if (remark === undefined) break;
    const written = text.slice(remark.startOffset, remark.endOffset).trimEnd();
    const gap = text.slice(remark.startOffset + written.length, startOffset);
    if (gap.trim() !== "" || lineEnds(gap) > 1 || written.startsWith("#!")) break;
    if (remark.comment) {
      const own = indentationAt(remark.startOffset, text);
      // Deeper than the declaration, it is the last line of the block above.
      if (own === undefined || (indentation !== undefined && own > indentation)) break;
      comments.unshift(written);
    }
    startOffset = remark.startOffset;
  }
  return comments.length === 0 ? { startOffset } : { startOffset, doc: comments.join("\n") };
}

/** How many of the remarks start in front of an offset. */
function countBefore(offset: number, remarks: readonly Remark[]): number {
  return firstWhere(remarks.length, (at) => (remarks[at]?.startOffset ?? offset) >= offset);
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The width of the white space in front; undefined when something else stands in the same line. */
function indentationAt(offset: number, text: string): number | undefined {
  for (let index = offset - 1; index >= 0; index--) {
    const character = text.charAt(index);
    if (character === "\n" || character === "\r") return offset - index - 1;
    if (character !== " " && character !== "\t" && character !== "\f" && character !== "\uFEFF")
      return undefined;
  }
  return offset;
}
