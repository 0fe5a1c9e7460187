import type { CodeReading } from "./answer-edit";
import { rootOf } from "./markup-root";
import type { OwnText } from "./own-text";

const entity = /&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});/gi;
const named: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
/** Spaces of other kinds, and signs that nobody sees. */
const odd = /[\u00a0\u2007\u202f\u3000]|[\u200b-\u200d\u2060\ufeff]/g;
const typographic = /[“”„‘’‚–—−…]/g;
const plain: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "‚": "'",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
};

/**
 * Readings of code without the signs that a chat puts in the place of others: entities, odd spaces,
 * typographic quotes. A sign that a file has itself may be meant, and so may an entity in markup.
 */
export function otherReadings(lines: readonly string[], own: OwnText): CodeReading[] {
  if (own.files.length === 0) return [];
  const text = lines.join("\n");
  const readings: CodeReading[] = [];
  let current = text;
  const add = (next: string, why: string): void => {
    if (next === current) return;
    readings.push({ lines: next.split("\n"), why });
    current = next;
  };
  const isMarkup = own.files.some(
    (file) => markup.test(file.languageId) || rootOf(file.text) !== undefined,
  );
  const asked = new Map<string, boolean>();
  const ofOthers = (sign: string): boolean => {
    // Text that is full of numbered entities is looked up for so many of them.
    const known = asked.get(sign) ?? (asked.size < mostSigns && !own.mentions(sign));
    asked.set(sign, known);
    return known;
  };
  const decoded = isMarkup
    ? text
    : text.replace(entity, (sign) => (ofOthers(sign) ? of(sign) : sign));
  const spaced = decoded.replace(odd, (sign) => {
    if (!ofOthers(sign)) return sign;
    return /[\u200b-\u200d\u2060\ufeff]/.test(sign) ? "" : " ";
  });
  add(spaced, "signs that stand for others were put right, such as `&lt;` or unusual spaces");
  const quoted = spaced.replace(typographic, (sign) =>
    ofOthers(sign) ? (plain[sign] ?? sign) : sign,
  );
  add(quoted, "typographic quotes and dashes were taken as the plain signs");
  return readings;
}

const mostSigns = 100;
const markup =
  /^(?:html|xml|xsl|svg|vue|svelte|astro|markdown|mdx|handlebars|php|javascriptreact|typescriptreact)$/;

/** What an entity stands for; itself where that is no sign. */
function of(sign: string): string {
  const name = sign.slice(1, -1).toLowerCase();
  if (!name.startsWith("#")) return named[name] ?? sign;
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isSign =
    code === 9 || (code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return isSign ? String.fromCodePoint(code) : sign;
}
