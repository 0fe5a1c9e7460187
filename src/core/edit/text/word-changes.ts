import { limits } from "../limits";
import { matchKeys } from "./match-lines";
import { withoutPrintedSigns } from "./signs";

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
  if (old.length * now.length > limits.tokenCells) return undefined;
  const match = matchKeys(old.map(plainSign), now.map(plainSign));
  const matched = new Set(match);
  const onlyOld = old.filter((_, at) => (match[at] ?? -1) < 0);
  const onlyNow = now.filter((_, at) => !matched.has(at));
  const isWord = (text: string): boolean => word.test(text);
  return {
    gone: onlyOld.filter(isWord),
    fresh: onlyNow.filter(isWord),
    kept: old.filter((token, at) => (match[at] ?? -1) >= 0 && isWord(token)).length,
    signs: [...onlyOld, ...onlyNow].filter((text) => !isWord(text)),
  };
}

/** Words, numbers and single signs. */
function tokensOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_$]+|\S/gu) ?? [];
}

function plainSign(text: string): string {
  return text.length === 1 ? withoutPrintedSigns(text).replace(/['`]/, '"') : text;
}
