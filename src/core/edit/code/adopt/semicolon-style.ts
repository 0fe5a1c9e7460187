import type { LanguageFacts } from "../../text/language-facts";
import { type CodeSide, lineOf } from "./code-side";
import type { LinePair } from "./match-sides";

/** Where semicolons are a matter of taste: what lines of the model's need to end as the file's do. */
export function semicolonStyle(
  facts: LanguageFacts,
  file: CodeSide,
  model: CodeSide,
  pairs: readonly LinePair[],
): "add" | "strip" | undefined {
  if (!facts.optionalSemicolons) return undefined;
  let add = 0;
  let strip = 0;
  for (const pair of pairs) {
    if (!pair.equal) continue;
    const ours = /;\s*(?:\/\/.*)?$/.test(lineOf(file, pair.file));
    const theirs = /;\s*(?:\/\/.*)?$/.test(lineOf(model, pair.model));
    if (ours && !theirs) add++;
    if (!ours && theirs) strip++;
  }
  return add > strip ? "add" : strip > add ? "strip" : undefined;
}
