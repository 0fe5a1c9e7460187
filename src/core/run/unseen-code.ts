import { Changes } from "../../base/text/changes";
import { type LineRange, overlap } from "../../base/text/line-range";
import { wholeLines } from "../../base/text/lines";
import type { SymbolInfo } from "../../protocol/syntax";
import type { ChatMessage } from "../model/language-model";
import type { CodeContext } from "../prompt/code-context";
import { lastLineOf, linesOf, sliceLines } from "../text-lines";

/** What the model knows of the target. */
export interface SeenCode {
  /** The lines in question, all of them. */
  readonly shown: LineRange;
  /** Declarations of which no line was sent: the model knows their names at most. */
  readonly unseen: readonly NamedLines[];
  /** Whether a line stands in what was sent. */
  isSent(line: string): boolean;
}

interface NamedLines extends LineRange {
  readonly name: string;
}

/**
 * What was sent of the target, this time or earlier in the talk; undefined: all of it.
 * @param asSent how a text stands in the messages.
 */
export function seenCode(
  text: string,
  outline: readonly SymbolInfo[],
  { scope, startLine, endLine }: CodeContext,
  messages: readonly ChatMessage[],
  asSent: (text: string) => string,
): SeenCode | undefined {
  if (scope === "file") return undefined;
  const lines = linesOf(text);
  const isSent = (code: string): boolean => {
    const sent = asSent(code.trim());
    return messages.some(({ content }) => content.includes(sent));
  };
  const unseen = outline.flatMap(({ name, range }) => {
    const [start, last] = [range.start.line, lastLineOf(range)];
    if (start <= endLine && last >= startLine) return [];
    return isSent(sliceLines(lines, start, last)) ? [] : [{ name, start, end: last + 1 }];
  });
  return { shown: { start: startLine, end: endLine + 1 }, unseen: outermost(unseen), isSent };
}

/** Of a class and its methods, the class. */
function outermost(all: readonly NamedLines[]): readonly NamedLines[] {
  return all.filter(
    (inner) =>
      !all.some((outer) => outer !== inner && outer.start <= inner.start && outer.end >= inner.end),
  );
}

/**
 * The edit without what it makes of code that the model did not see. Asked for one function a small
 * model gives its helpers along, made up from their names, and a head of the file:
 * `normalizeHeaders` became `return headers || {}`, `package path_test` became another.
 * @returns the text with that as it is, and the names of what stays; undefined where an edit of it
 * reaches into what was seen.
 */
export function withoutUnseen(
  base: string,
  proposed: string,
  { shown, unseen, isSent }: SeenCode,
): { readonly text: string; readonly kept: ReadonlySet<string> } | undefined {
  const before = wholeLines(base);
  const kept = new Set<string>();
  let reachesIn = false;
  const isUnseen = (change: LineRange): boolean => {
    const touched = unseen.filter((each) => overlap(change, each));
    if (touched.length === 0)
      return (
        !overlap(change, shown) &&
        before.slice(change.start, change.end).some((line) => !isSent(line))
      );
    for (const { name } of touched) kept.add(name);
    reachesIn ||= overlap(change, shown);
    return true;
  };
  const seen = Changes.between(before, wholeLines(proposed)).without(isUnseen);
  return reachesIn ? undefined : { text: seen.apply(before).join(""), kept };
}
