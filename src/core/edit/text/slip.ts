import { limits } from "../limits";
import { thresholds } from "../thresholds";
import { editDistance } from "./line-similarity";
import { matchKeys } from "./match-lines";
import { withoutPrintedSigns } from "./signs";

const word = /^[\p{L}\p{N}_$]+$/u;
/** Signs that are easily forgotten; a bracket or an operator is what a sibling has. */
const lightSigns = /^["'`;:,.]$/;

/** A letter or two in a long word, or a sign; a word that the file has elsewhere is no slip. */
export function isSlip(quoted: string, own: string, isKnown: (word: string) => boolean): boolean {
  const changes = wordChanges(quoted, own);
  if (changes === undefined) return false;
  const { gone, fresh, signs } = changes;
  if (
    gone.length !== fresh.length ||
    gone.length > thresholds.pair ||
    !signs.every((sign) => lightSigns.test(sign))
  )
    return false;
  return gone.every((text, at) => {
    const other = fresh[at] ?? "";
    return (
      text.length >= 4 &&
      digits(text) === digits(other) &&
      editDistance(text, other) <= 2 &&
      !isKnown(text)
    );
  });
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

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
