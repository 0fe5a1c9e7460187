import { withoutEntities, withoutOddSpaces, withoutPrintedSigns } from "./signs";

/** What is printed, encoded or unseen, as code has it. */
function plainSigns(text: string): string {
  return withoutEntities(withoutOddSpaces(withoutPrintedSigns(text)));
}

/** The first reads lines of plain characters, which most are, and is much faster. */
const besideSign = / (?=[^\w$ ])|(?<=[^\w$ ]) /g;
const besideAnySign = / (?=[^\p{L}\p{N}_$ ])|(?<=[^\p{L}\p{N}_$ ]) /gu;

/** Whatever the style: one kind of quote, no space that separates nothing, no final `;` or `,`. */
export function canonicalLine(line: string): string {
  let text = line.trim();
  const isPlain = !/[^\x20-\x7e]|&/.test(text);
  if (!isPlain) text = plainSigns(text.normalize("NFC"));
  if (/['`]/.test(text)) text = text.replace(/['`]/g, '"');
  if (/\s/.test(text))
    text = text.replace(/\s{2,}|[^\S ]/g, " ").replace(isPlain ? besideSign : besideAnySign, "");
  // Step by step: a pattern goes over a long run of signs again from each of them.
  let end = text.length;
  while (end > 0 && (text[end - 1] === ";" || text[end - 1] === ",")) end--;
  return text.slice(0, end);
}
