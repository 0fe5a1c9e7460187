import { escapeRegExp } from "./escape-reg-exp";
import { knownTexts, type Texts } from "./l10n";

/**
 * What was said in English where it was made, in the person's language where it is shown. Notices
 * and reasons are data: they are kept in a run's log, and the same words go to the model, so they
 * are English until someone reads them.
 * `The quoted code is in the file more than once, at lines 3 and 9.` is found by the text with
 * `{0}` in the place of the lines. Several sentences may follow one another; what is not known
 * stays as it is.
 */
export function inWords(english: string): string {
  const texts = knownTexts();
  const exact = texts[english];
  if (exact !== undefined) return exact;
  if (english.length > mostCharacters) return english;
  patterns = patterns?.texts === texts ? patterns : { texts, all: patternsOf(texts) };
  return read(english, patterns.all, new Map())?.words ?? english;
}

/** Nothing of ours is longer; what a server has to say may be, and reading it would take long. */
const mostCharacters = 600;

interface Pattern {
  /**
   * The text between its placeholders, every bit of which has to be there: most patterns need no
   * closer look.
   */
  readonly pieces: readonly string[];
  readonly source: string;
  start?: RegExp;
  whole?: RegExp;
  readonly words: string;
  /** Another sentence may follow. */
  readonly isSentence: boolean;
  /** Placeholders that hold a word of code, which is the same in every language. */
  readonly code: ReadonlySet<string>;
  /** How much of it is fixed: of two that fit, the one with more is meant. */
  readonly fixed: number;
}

/** With so few letters of its own a text would fit anything. */
const leastFixed = 4;

let patterns: { readonly texts: Texts; readonly all: readonly Pattern[] } | undefined;

function patternsOf(texts: Texts): Pattern[] {
  return Object.entries(texts).flatMap(([english, words]) => {
    const fixed = english.replace(/\{\d+\}/g, "");
    if (fixed.replace(/\P{L}/gu, "").length < leastFixed) return [];
    const seen = new Set<string>();
    const source = english
      .split(/\{(\d+)\}/)
      .map((piece, at) => {
        if (at % 2 === 0) return escapeRegExp(piece);
        const again = seen.has(piece);
        seen.add(piece);
        return again ? `\\k<v${piece}>` : `(?<v${piece}>.*?)`;
      })
      .join("");
    return {
      pieces: english.split(/\{\d+\}/),
      source,
      words,
      isSentence: /[.!?]$/.test(english),
      code: new Set([...english.matchAll(/`\{(\d+)\}`/g)].flatMap(([, place]) => place ?? [])),
      fixed: fixed.length,
    };
  });
}

interface Read {
  readonly words: string;
  readonly fixed: number;
}

/** The reading of the whole text that has most in common with the known texts. */
function read(
  english: string,
  all: readonly Pattern[],
  done: Map<string, Read | undefined>,
): Read | undefined {
  if (done.has(english)) return done.get(english);
  // A text within itself has no end.
  done.set(english, undefined);
  let best: Read | undefined;
  const take = (next: Read): void => {
    if (next.fixed > (best?.fixed ?? 0)) best = next;
  };
  for (const pattern of all) {
    if (!pattern.pieces.every((piece) => english.includes(piece))) continue;
    pattern.whole ??= new RegExp(`^${pattern.source}$`, "su");
    const whole = pattern.whole.exec(english);
    if (whole !== null) take(filled(pattern, whole, all, done));
    if (!pattern.isSentence) continue;
    pattern.start ??= new RegExp(`^${pattern.source}(?= )`, "su");
    const start = pattern.start.exec(english);
    if (start === null) continue;
    const rest = read(english.slice(start[0].length + 1), all, done);
    if (rest === undefined) continue;
    const { words, fixed } = filled(pattern, start, all, done);
    take({ words: `${words} ${rest.words}`, fixed: fixed + rest.fixed });
  }
  done.set(english, best);
  return best;
}

function filled(
  pattern: Pattern,
  match: RegExpExecArray,
  all: readonly Pattern[],
  done: Map<string, Read | undefined>,
): Read {
  let { fixed } = pattern;
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(match.groups ?? {})) {
    const place = name.slice(1);
    const told = pattern.code.has(place) ? undefined : read(value, all, done);
    values.set(place, told?.words ?? value);
    fixed += told?.fixed ?? 0;
  }
  const words = pattern.words.replace(
    /\{(\d+)\}/g,
    (whole, place: string) => values.get(place) ?? whole,
  );
  return { words, fixed };
}
