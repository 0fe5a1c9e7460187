import { editDistance } from "./line-similarity";
import { matchTokens, tokensOf } from "./line-tokens";

const word = /^[\p{L}\p{N}_$]+$/u;
const maxSlips = 2;

/**
 * Whether a quoted line differs from the file's by slips of the pen alone: a letter or two in a long word, or a sign. A word that the
 * file has elsewhere is no slip for another one, and neither is a word more or less.
 */
export function isSlip(quoted: string, own: string, isKnown: (word: string) => boolean): boolean {
  const changes = wordChanges(quoted, own);
  if (changes === undefined) return false;
  const { gone, fresh } = changes;
  if (gone.length !== fresh.length || gone.length > maxSlips) return false;
  return gone.every((text, at) => {
    const other = fresh[at] ?? "";
    return text.length >= 4 && digits(text) === digits(other) && editDistance(text, other) <= 2 && !isKnown(text);
  });
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

/** The words that only one of two lines has, in order: `gone` of the first, `fresh` of the second; and how many both have. Undefined for lines too long. */
export function wordChanges(before: string, after: string): { gone: string[]; fresh: string[]; kept: number } | undefined {
  const old = tokensOf(before);
  const now = tokensOf(after);
  const match = matchTokens(old, now);
  if (match === undefined) return undefined;
  const matched = new Set(match);
  const words = (list: readonly { text: string }[], isMatched: (at: number) => boolean): string[] =>
    list.filter((token, at) => !isMatched(at) && word.test(token.text)).map((token) => token.text);
  const kept = old.filter((token, at) => (match[at] ?? -1) >= 0 && word.test(token.text)).length;
  return { gone: words(old, (at) => (match[at] ?? -1) >= 0), fresh: words(now, (at) => matched.has(at)), kept };
}
