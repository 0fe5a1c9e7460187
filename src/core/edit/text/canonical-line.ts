const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": " ",
  "&#34;": '"',
};
const smart: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "\u00a0": " ",
  "\u200b": "",
};

/** `&lt;` and the like as the characters they stand for. */
export function withoutEntities(text: string): string {
  return text.includes("&")
    ? text.replace(
        /&(?:lt|gt|amp|quot|apos|nbsp|#39|#34);/g,
        (entity) => entities[entity] ?? entity,
      )
    : text;
}

/** Typographic quotes and dashes as the signs that code uses. */
export function withoutSmartSigns(text: string): string {
  return text.replace(/[“”„‘’–—−…\u00a0\u200b]/g, (sign) => smart[sign] ?? sign);
}

/** What a line says whatever the style: one kind of quote, no space that separates nothing, no final `;` or `,`. */
export function canonicalLine(line: string): string {
  // Most lines are plain: the costly steps are taken only for those that need them.
  let text = line.trim();
  if (/[^\x20-\x7e]|&/.test(text)) text = withoutEntities(withoutSmartSigns(text.normalize("NFC")));
  if (/['`]/.test(text)) text = text.replace(/['`]/g, '"');
  if (/\s/.test(text)) text = text.replace(/\s+/g, " ").replace(/ ?([^\p{L}\p{N}_$ ]) ?/gu, "$1");
  // Step by step: a pattern goes over a long run of signs again from each of them.
  let end = text.length;
  while (end > 0 && (text[end - 1] === ";" || text[end - 1] === ",")) end--;
  return text.slice(0, end);
}
