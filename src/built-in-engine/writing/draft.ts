import type { LlamaSequence, Token } from "../runtime";
import type { Writing } from "./write-tokens";

/** A longer draft is seldom right to its end. */
const longestDraft = 15;

/**
 * Tokens that are likely to come, where reading them in the same step pays.
 *
 * @param place where they would stand.
 * @param texts so many are written in the same step.
 */
export function draftAt(
  { lookup, pace, isAlone, draftMs }: Writing,
  window: LlamaSequence,
  place: number,
  texts = 1,
): readonly Token[] {
  if (!isAlone() || window.needsCheckpoints) return [];
  const room = window.contextSize - place - 1;
  const { tokens, chances } = lookup.draft(Math.min(longestDraft, room));
  return tokens.slice(0, pace.ahead(chances, draftMs(), texts));
}
