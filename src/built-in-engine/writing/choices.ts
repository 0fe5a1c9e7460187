import type { AskedNext, NextToken, SamplingOptions, Token } from "../runtime";

/** Tokens that may come next, the likeliest first, each with its logit. */
export type Choices = readonly (readonly [Token, number])[];

/** Far apart, so that places next to each other have nothing in common. */
const placeStep = 0x9e3779b1;
/** More are told of no place: the library sorts what it tells. */
const mostChoices = 100;

/** Asks for all that may come next, so that several answers can choose from it. */
export function askedChoices(options: SamplingOptions): AskedNext["generateNext"] {
  if ((options.temperature ?? 0) <= 0) return { token: true, options };
  const includeTop = options.topK || mostChoices;
  return { token: true, options, logits: { filter: { tokens: [], includeTop } } };
}

/** Throws where the model chose nothing. */
export function choicesOf({ token, logits }: NextToken = {}): Choices {
  if (logits !== undefined && logits.size > 0) return [...logits];
  if (token === undefined || token === null) throw new Error("the model chose no token");
  return [[token, 0]];
}

/**
 * Draws a token, each as often as its share is large. The logits have been through temperature,
 * top-k, top-p and min-p.
 *
 * @param chance from 0 up to 1, without it.
 */
export function chosenFrom(choices: Choices, chance: number): Token {
  const [first = [Number.NaN, 0] as const] = choices;
  const weights = choices.map(([, logit]) => Math.exp(logit - first[1]));
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return choices[at]?.[0] ?? first[0];
  }
  return first[0];
}

/**
 * From 0 up to 1: what one answer draws at a place. It depends on nothing else, so that an answer
 * is the same whatever is computed together. The mixing is `lowbias32`
 * (https://nullprogram.com/blog/2018/07/31/).
 */
export function chanceAt(seed: number, place: number): number {
  let mixed = (seed + Math.imul(place, placeStep)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
