/** The end of a text says what was said before. */
export interface RepeatedTail {
  /** Characters from one round to the next. */
  readonly period: number;
  /** Characters at the end of the text that equal those one period earlier. */
  readonly length: number;
}

/** A tail of this many characters is looked for; a shorter one is in any text twice. */
const probeCharacters = 48;
/** How many earlier places of the tail are tried: a round may hold its own last words twice. */
const triedPlaces = 4;

/**
 * The longest repetition at the end of the text.
 * @param longestPeriod characters that a round has at most.
 */
export function repeatedTail(text: string, longestPeriod: number): RepeatedTail | undefined {
  const end = text.length;
  const probe = text.slice(-probeCharacters);
  let best: RepeatedTail | undefined;
  let at = end - probeCharacters;
  for (let tried = 0; tried < triedPlaces && at > 0; tried++) {
    at = text.lastIndexOf(probe, at - 1);
    const period = end - probeCharacters - at;
    if (at < 0 || period > longestPeriod) break;
    const length = repeatedCharacters(text, period);
    if (best === undefined || length > best.length) best = { period, length };
    // What repeats over a whole round needs no other explanation.
    if (length >= period) break;
  }
  return best;
}

function repeatedCharacters(text: string, period: number): number {
  let at = text.length - 1;
  while (at >= period && text[at] === text[at - period]) at--;
  return text.length - 1 - at;
}
