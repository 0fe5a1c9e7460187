import { matchTokens, tokensOf } from "./line-tokens";

const word = /^[\p{L}\p{N}_$]+$/u;

export interface WordChanges {
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
  readonly kept: number;
  readonly signs: readonly string[];
}

/** Undefined for lines too long to compare. */
export function wordChanges(before: string, after: string): WordChanges | undefined {
  const old = tokensOf(before);
  const now = tokensOf(after);
  const match = matchTokens(old, now);
  if (match === undefined) return undefined;
  const matched = new Set(match);
  const onlyOld = old.filter((_, at) => (match[at] ?? -1) < 0).map(({ text }) => text);
  const onlyNow = now.filter((_, at) => !matched.has(at)).map(({ text }) => text);
  const isWord = (text: string): boolean => word.test(text);
  return {
    gone: onlyOld.filter(isWord),
    fresh: onlyNow.filter(isWord),
    kept: old.filter((token, at) => (match[at] ?? -1) >= 0 && isWord(token.text)).length,
    signs: [...onlyOld, ...onlyNow].filter((text) => !isWord(text)),
  };
}
