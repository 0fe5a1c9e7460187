import { estimateTokens } from "./token-estimate";

/** What of a request its sizes follow from. */
export interface SizedRequest {
  /** The window that prompt and answer share. */
  readonly contextTokens: number;
  /** A model that thinks needs room for it. */
  readonly think: boolean;
  /** Tokens of a text for this model; absent: an estimate that suits most. */
  readonly tokensOf?: (text: string) => number;
}

/** A text that was measured. */
interface Measured {
  readonly tokens: number;
}

/** Shares of the window kept for what the model writes. */
const thinkingShare = 0.5;
const answerShare = 0.35;
/** The chat template's own tokens. */
export const templateTokens = 24;

/** Tokens that there are for the request's own text. */
export function budgetOf({ contextTokens, think }: SizedRequest): number {
  return Math.floor(contextTokens * (1 - (think ? thinkingShare : answerShare))) - templateTokens;
}

/** Tokens that may still be added to a prompt; below 0 it is too long. */
export function roomIn({ tokens }: Measured, request: SizedRequest): number {
  return budgetOf(request) + templateTokens - tokens;
}

export function fits(prompt: Measured, request: SizedRequest): boolean {
  return roomIn(prompt, request) >= 0;
}

export function counterOf({ tokensOf = estimateTokens }: SizedRequest): (text: string) => number {
  return tokensOf;
}
