import type { ChatMessage } from "../../model/language-model";
import { estimateTokens } from "./token-estimate";

/** What was estimated for a prompt, and what the server counted. */
export interface TokenCount {
  readonly estimated: number;
  readonly counted: number;
  /** The language of the file that the prompt was about. Absent: counted by an earlier release. */
  readonly kind?: string;
}

const rememberedCounts = 8;
const rememberedKinds = 8;
/** In a short prompt the template's own tokens weigh too much. */
const leastTokens = 200;
/** No vocabulary takes more of any text: a server that counts more counts something else. */
const mostFactor = 1.8;

export function withCount(counts: readonly TokenCount[], count: TokenCount): readonly TokenCount[] {
  const { estimated, counted } = count;
  const factor = counted / estimated;
  if (!(estimated >= leastTokens && factor > 0 && factor <= mostFactor)) return counts;
  const others = counts.filter(({ kind }) => kind !== count.kind);
  const own = counts.filter(({ kind }) => kind === count.kind).slice(1 - rememberedCounts);
  return [...others, ...own, count].slice(-rememberedCounts * rememberedKinds);
}

/**
 * Tokens of a text for a model. The largest factor of late counts: a prompt that is too long is
 * refused, one that is short costs nothing. Of prompts about this kind of text, where there are
 * some: what a vocabulary takes for prose in Thai says nothing of code.
 */
export function tokenCounter(
  counts: readonly TokenCount[],
  kind?: string,
): (text: string) => number {
  if (counts.length === 0) return estimateTokens;
  const own = counts.filter((count) => count.kind === kind);
  const known = own.length > 0 ? own : counts;
  const factor = Math.max(...known.map(({ estimated, counted }) => counted / estimated));
  return (text) => Math.ceil(estimateTokens(text) * factor);
}

export function estimateOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
