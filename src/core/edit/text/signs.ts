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

/** Tells the signs that are meant as they are. */
type IsMeant = (sign: string) => boolean;
const never: IsMeant = () => false;

export function withoutEntities(text: string, isMeant = never): string {
  return text.includes("&") ? replaced(text, entity, isMeant, signOf) : text;
}

export function withoutOddSpaces(text: string, isMeant = never): string {
  return replaced(text, odd, isMeant, (sign) => (unseen.test(sign) ? "" : " "));
}

export function withoutPrintedSigns(text: string, isMeant = never): string {
  return replaced(text, printed, isMeant, (sign) => {
    return plain[sign] ?? String.fromCharCode(sign.charCodeAt(0) - wideBy);
  });
}

function replaced(
  text: string,
  signs: RegExp,
  isMeant: IsMeant,
  by: (sign: string) => string,
): string {
  return text.replace(signs, (sign) => (isMeant(sign) ? sign : by(sign)));
}

function signOf(text: string): string {
  const name = text.slice(1, -1).toLowerCase();
  if (!name.startsWith("#")) return named[name] ?? text;
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const isSign = code === 9 || (code >= 32 && code <= 0x10ffff && !isHalf);
  return isSign ? String.fromCodePoint(code) : text;
}
