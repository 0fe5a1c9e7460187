import { Changes } from "../../../base/text/changes";
import { type LineRange, overlap } from "../../../base/text/line-range";
import { wholeLines, withLineFeeds } from "../../../base/text/lines";
import { lastLineOf } from "../../../base/text/positions";
import type { SymbolInfo } from "../../../protocol/syntax";
import type { ChatMessage } from "../../model/language-model";
import type { CodeContext } from "../../prompt/code-context";

/** What the model knows of the target. */
export interface SeenCode {
  /** The lines in question, all of them. */
  readonly shown: LineRange;
  readonly outline: readonly SymbolInfo[];
  /** Whether a text, but for white space around it, stands in what was sent. */
  isSent(text: string): boolean;
}

/**
 * What was sent of the target, this time or earlier in the talk; undefined: all of it.
 * @param asSent how a text stands in the messages.
 */
export function seenCode(
  outline: readonly SymbolInfo[],
  { scope, startLine, endLine }: CodeContext,
  messages: readonly ChatMessage[],
  asSent: (text: string) => string,
): SeenCode | undefined {
  if (scope === "file") return undefined;
  return {
    shown: { start: startLine, end: endLine + 1 },
    outline,
    isSent: (text) => {
      const sent = asSent(text.trim());
      return messages.some(({ content }) => content.includes(sent));
    },
  };
}

/**
 * The edit without what it makes of code that the model did not see: declarations of which no line
 * was sent, and other lines that were not. Asked for one function a small model gives its helpers
 * along, made up from their names, and a head of the file: `normalizeHeaders` became `return
 * headers || {}`, `package path_test` became another.
 * @returns the text with that as it is, and the names of what stays; undefined where an edit of it
 * reaches into what was seen.
 */
export function withoutUnseen(
  base: string,
  proposed: string,
  { shown, outline, isSent }: SeenCode,
): { readonly text: string; readonly kept: ReadonlySet<string> } | undefined {
  const before = wholeLines(base);
  const kept = new Set<string>();
  let reachesIn = false;
  const isUnseen = (change: LineRange): boolean => {
    const touched = outline
      .map(({ name, range }) => ({ name, start: range.start.line, end: lastLineOf(range) + 1 }))
      .filter((each) => overlap(change, each) && !overlap(each, shown))
      .filter(({ start, end }) => !isSent(withLineFeeds(before.slice(start, end).join(""))));
    if (touched.length === 0)
      return (
        !overlap(change, shown) &&
        before.slice(change.start, change.end).some((line) => !isSent(line))
      );
    for (const { name } of outermost(touched)) kept.add(name);
    reachesIn ||= overlap(change, shown);
    return true;
  };
  const seen = Changes.between(before, wholeLines(proposed)).without(isUnseen);
  return reachesIn ? undefined : { text: seen.apply(before).join(""), kept };
}

/** Of a class and its methods, the class. */
function outermost<Lines extends LineRange>(all: readonly Lines[]): readonly Lines[] {
  return all.filter(
    (inner) =>
      !all.some((outer) => outer !== inner && outer.start <= inner.start && outer.end >= inner.end),
  );
}
