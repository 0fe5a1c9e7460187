/**
 * The words of a command as a person types it: spaces part them, quotes hold them together, a
 * backslash outside of single quotes takes the next character as it is. Nothing else means
 * anything, as no shell reads it. @returns undefined where a quote does not end.
 */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const each = text.charAt(at);
    if (each === quote) quote = undefined;
    else if (each === "\\" && quote !== "'" && at + 1 < text.length)
      word = (word ?? "") + text[++at];
    else if (quote !== undefined) word = (word ?? "") + each;
    else if (each === '"' || each === "'") {
      quote = each;
      word ??= "";
    } else if (/\s/.test(each)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + each;
  }
  if (word !== undefined) words.push(word);
  return quote === undefined ? words : undefined;
}
