import { Changes } from "../../base/text/changes";
import type { LineRange } from "../../base/text/line-range";
import { wholeLines } from "../../base/text/lines";
import type { SymbolInfo } from "../../protocol/syntax";
import type { ChatMessage } from "../model/language-model";
import type { CodeContext } from "../prompt/code-context";
import { lastLineOf, linesOf, sliceLines } from "../text-lines";

/** A declaration of the target that the model knows by its name at most. */
export interface UnseenDeclaration extends LineRange {
  readonly name: string;
}

/**
 * Of the target's declarations those of which no line was sent, this time or earlier in the talk.
 * @param asSent how a text stands in the messages.
 */
export function unseenDeclarations(
  text: string,
  outline: readonly SymbolInfo[],
  { scope, startLine, endLine }: CodeContext,
  messages: readonly ChatMessage[],
  asSent: (text: string) => string,
): readonly UnseenDeclaration[] {
  if (scope === "file") return [];
  const lines = linesOf(text);
  const unseen = outline.flatMap(({ name, range }) => {
    const [start, last] = [range.start.line, lastLineOf(range)];
    if (start <= endLine && last >= startLine) return [];
    const sent = asSent(sliceLines(lines, start, last).trim());
    if (messages.some(({ content }) => content.includes(sent))) return [];
    return [{ name, start, end: last + 1 }];
  });
  // Of a class and its methods, the class.
  return unseen.filter(
    (inner) =>
      !unseen.some(
        (outer) => outer !== inner && outer.start <= inner.start && outer.end >= inner.end,
      ),
  );
}

/**
 * The edit without what it makes of declarations that the model did not see. Asked for one function
 * a small model gives its helpers along, made up from their names: `normalizeHeaders` became
 * `return headers || {}`.
 * @returns the names of those that stay, and the text with them as they are; undefined where an
 * edit of theirs reaches into what was seen.
 */
export function withoutUnseen(
  base: string,
  proposed: string,
  unseen: readonly UnseenDeclaration[],
): { readonly text: string; readonly kept: readonly string[] } | undefined {
  const before = wholeLines(base);
  const changes = Changes.between(before, wholeLines(proposed));
  const kept = new Set<string>();
  let reachesOut = false;
  const seen = changes.without(({ start, end }) => {
    const touched = unseen.filter((each) => start < each.end && end > each.start);
    for (const { name } of touched) kept.add(name);
    const covered = touched.reduce(
      (sum, each) => sum + Math.min(end, each.end) - Math.max(start, each.start),
      0,
    );
    const blank = before.slice(start, end).filter((line) => line.trim() === "").length;
    if (touched.length > 0 && covered + blank < end - start) reachesOut = true;
    return touched.length > 0;
  });
  if (reachesOut) return undefined;
  return { text: seen.apply(before).join(""), kept: [...kept] };
}
