import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";

/** Stands for what follows where the model shows only the beginning of something. */
export const restUnchanged = "// ... rest of the code unchanged ...";

const bodyOfDots = /^(\s*)((?:async\s+)?def\s.*:)\s*(?:\.{3}|…)\s*$/;
const bodyLeftOut = /^(\s*)(\S.*\{)\s*(?:\/[/*]\s*)?(?:\.{3}|…)(?=[\s*}])[^{}]*(\}[\s;,)]*)$/;

/** Stands for a body, a step deeper than its head. */
const leftOut = { brace: "  // ...", indent: "    # ..." };

/**
 * A body that is left out within its line, on lines of its own, where a mark is seen.
 *
 *     static from(jobs) { ... }     static from(jobs) {
 *                                     // ...
 *                                   }
 */
export function withBodiesOpened(
  lines: readonly string[],
  own: ReadonlyMap<string, unknown>,
  { blocks }: LanguageFacts,
): readonly string[] {
  const pattern = blocks === "brace" ? bodyLeftOut : blocks === "indent" ? bodyOfDots : undefined;
  if (pattern === undefined) return lines;
  return lines.flatMap((line, at) => {
    const found = /\.{3}|…/.test(line) && !own.has(line.trim()) ? pattern.exec(line) : null;
    const [, indent = "", head = "", end] = found ?? [];
    if (found === null) return [line];
    if (end !== undefined) return [indent + head, indent + leftOut.brace, indent + end.trimEnd()];
    // A decorator above, such as `@overload`, or a new head: there is no more of it.
    const isStub = /^\s*@/.test(lineAt(lines, at - 1)) || !own.has(head);
    return isStub ? [line] : [indent + head, indent + leftOut.indent];
  });
}
