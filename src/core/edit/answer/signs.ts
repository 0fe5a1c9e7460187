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
const unseen = /[\u200b-\u200d\u2060\ufeff]/;
/** Quotes and dashes of print, and signs as wide as Chinese ones. */
const printed = /[“”„‘’‚–—−…\uff01-\uff5e]/g;
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
const wideBy = 0xfee0;
/** Text that is full of numbered entities is looked up for so many of them. */
const mostSigns = 100;

/** Entities as the signs that they stand for, but for those that a file has itself. */
export function withoutEntities(text: string, own: OwnText): string {
  return replaced(text, entity, own, signOf);
}

/** Plain spaces for odd ones, and nothing for what nobody sees; a file may have them itself. */
export function withoutOddSpaces(text: string, own: OwnText): string {
  return replaced(text, odd, own, (sign) => (unseen.test(sign) ? "" : " "));
}

/** The signs that code uses for those of print; a file may have them itself. */
export function withoutPrintedSigns(text: string, own: OwnText): string {
  return replaced(text, printed, own, (sign) => {
    return plain[sign] ?? String.fromCharCode(sign.charCodeAt(0) - wideBy);
  });
}

function replaced(text: string, signs: RegExp, own: OwnText, by: (sign: string) => string): string {
  const asked = new Map<string, boolean>();
  return text.replace(signs, (sign) => {
    const isOdd = asked.get(sign) ?? (asked.size < mostSigns && !own.mentions(sign));
    asked.set(sign, isOdd);
    return isOdd ? by(sign) : sign;
  });
}

/** What an entity stands for; itself where that is no sign. */
function signOf(text: string): string {
  const name = text.slice(1, -1).toLowerCase();
  if (!name.startsWith("#")) return named[name] ?? text;
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const isSign = code === 9 || (code >= 32 && code <= 0x10ffff && !isHalf);
  return isSign ? String.fromCodePoint(code) : text;
}
