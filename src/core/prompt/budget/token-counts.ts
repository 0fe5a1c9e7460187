import type { ChatMessage } from "../../model/language-model";
import { estimateTokens } from "./token-estimate";

/** What was estimated for a prompt, and what the server counted. */
export interface TokenCount {
  readonly estimated: number;
  readonly counted: number;
}

const rememberedCounts = 8;
/** In a short prompt the template's own tokens weigh too much. */
const leastTokens = 200;
/**
 * No vocabulary in use is further from the estimate on code or prose. Below it the server read a
 * part only: the rest was cached and is not counted by older daemons.
 */
const leastFactor = 0.7;
const mostFactor = 1.8;

export function withCount(counts: readonly TokenCount[], count: TokenCount): readonly TokenCount[] {
  const { estimated, counted } = count;
  const factor = counted / estimated;
  if (!(estimated >= leastTokens && factor >= leastFactor && factor <= mostFactor)) return counts;
  return [...counts, count].slice(-rememberedCounts);
}

/**
 * Tokens of a text for a model. The largest factor of late counts: a prompt that is too long is
 * refused, one that is short costs nothing.
 */
export function tokenCounter(counts: readonly TokenCount[]): (text: string) => number {
  if (counts.length === 0) return estimateTokens;
  const factor = Math.max(...counts.map(({ estimated, counted }) => counted / estimated));
  return (text) => Math.ceil(estimateTokens(text) * factor);
}

export function estimateOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
