import { limits } from "../limits";
import { matchKeys } from "./match-lines";
import { withoutPrintedSigns } from "./signs";

/** A word, a number or one sign, with the white space before it. */
export interface Token {
  readonly text: string;
  readonly space: string;
}

export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (const [, space = "", text = ""] of line.matchAll(/(?<!\s)(\s*)([\p{L}\p{N}_$]+|\S)/gu))
    tokens.push({ space, text });
  return tokens;
}

function joinTokens(tokens: readonly Token[]): string {
  return tokens.map((token) => token.space + token.text).join("");
}

function plainSign(text: string): string {
  return text.length === 1 ? withoutPrintedSigns(text).replace(/['`]/, '"') : text;
}

/** Token of `a` to token of `b`, or -1; undefined when the lines are too long to compare. */
export function matchTokens(a: readonly Token[], b: readonly Token[]): Int32Array | undefined {
  if (a.length * b.length > limits.tokenCells) return undefined;
  const signs = (tokens: readonly Token[]) => tokens.map(({ text }) => plainSign(text));
  return matchKeys(signs(a), signs(b));
}

/** The file's spacing, quotes and comment stay. Undefined where what changes is not on its line. */
export function moveChange(own: string, before: string, after: string): string | undefined {
  if (own === before) return after;
  const f = tokensOf(own);
  const s = tokensOf(before);
  const r = tokensOf(after);
  const toFile = matchTokens(s, f);
  const toAfter = matchTokens(s, r);
  if (toFile === undefined || toAfter === undefined) return undefined;
  const result: Token[] = [];
  let fileAt = 0;
  let afterAt = 0;
  const copyTo = (place: number): void => {
    result.push(...f.slice(fileAt, place));
    fileAt = Math.max(fileAt, place);
  };
  /** What was just taken out: the space before it in the file and in the quotation. */
  let gone: { readonly own: string; readonly quoted: string } | undefined;
  for (let at = 0; at <= s.length; at++) {
    const next = at < s.length ? (toAfter[at] ?? -1) : r.length;
    if (at < s.length && next < 0) {
      const place = toFile[at] ?? -1;
      if (place < 0) return undefined;
      copyTo(place);
      gone ??= { own: f[place]?.space ?? "", quoted: s[at]?.space ?? "" };
      fileAt = place + 1;
      continue;
    }
    const place = at < s.length ? (toFile[at] ?? -1) : -1;
    const inserts = afterAt < next;
    // Between two signs that both stand on the file's line, or at its end.
    if (inserts) {
      const beforeStands = at === 0 || (toFile[at - 1] ?? -1) >= 0;
      if (!beforeStands && place < 0) return undefined;
      if (!beforeStands) copyTo(place);
    }
    for (; afterAt < next; afterAt++) {
      const fresh = r[afterAt] ?? { text: "", space: "" };
      result.push(
        gone && gone.quoted === fresh.space ? { text: fresh.text, space: gone.own } : fresh,
      );
      gone = undefined;
    }
    gone = undefined;
    if (at === s.length) break;
    afterAt = next + 1;
    if (place < 0) continue;
    copyTo(place);
    const mine = f[place];
    const wanted = r[next];
    const was = s[at];
    if (mine && wanted && was) {
      result.push({
        text: wanted.text === was.text ? mine.text : wanted.text,
        space: wanted.space === was.space ? mine.space : wanted.space,
      });
    }
    fileAt = place + 1;
  }
  copyTo(f.length);
  return joinTokens(result);
}
