import { editDistance } from "./line-similarity";
import { matchTokens, tokensOf } from "./line-tokens";

const word = /^[\p{L}\p{N}_$]+$/u;
const maxSlips = 2;

/**
 * Whether a quoted line differs from the file's by slips of the pen alone: a letter or two in a long word, or a sign. A word that the
 * file has elsewhere is no slip for another one, and neither is a word more or less.
 */
export function isSlip(quoted: string, own: string, isKnown: (word: string) => boolean): boolean {
  const theirs = tokensOf(quoted);
  const ours = tokensOf(own);
  const match = matchTokens(theirs, ours);
  if (match === undefined) return false;
  const matched = new Set(match);
  const strange = theirs.filter((token, at) => (match[at] ?? -1) < 0 && word.test(token.text)).map((token) => token.text);
  const missed = ours.filter((token, at) => !matched.has(at) && word.test(token.text)).map((token) => token.text);
  if (strange.length !== missed.length || strange.length > maxSlips) return false;
  return strange.every((text, at) => {
    const other = missed[at] ?? "";
    return text.length >= 4 && !/\d/.test(text + other) && editDistance(text, other) <= 2 && !isKnown(text);
  });
}
