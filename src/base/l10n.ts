import { config, t } from "@vscode/l10n";

/**
 * The product's words in the person's language. English stands in the code and is the key;
 * `l10n/bundle.l10n.LANGUAGE.json` holds the other languages. Every process calls
 * {@link useLanguage} once at its start, before it says anything, so a text must not be made while
 * a module loads. `t("{0} has changed", path)` puts the arguments in.
 */
export { t };

/** The texts of one language, by the English ones. */
export type Texts = Readonly<Record<string, string>>;

let language = "en";
let known: Texts = {};
/** Making one takes a millisecond, and using it a microsecond. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/**
 * @param texts absent for English, and for a language that there are no texts of: numbers then are
 * written as the words are.
 */
export function useLanguage(tag: string, texts: Texts | undefined): void {
  language = texts === undefined ? "en" : tag;
  known = texts ?? {};
  config({ contents: { ...texts } });
}

/** The language of what {@link t} gives, as a tag such as "en" or "fr". */
export function displayLanguage(): string {
  return language;
}

/** What {@link useLanguage} was given; empty for English. */
export function knownTexts(): Texts {
  return known;
}

/**
 * The sentence that fits the number. Languages draw the line elsewhere: "0 changes" is "0
 * modification" in French, so `one` has to name the number too:
 * `plural(n, t("{0} change", count(n)), t("{0} changes", count(n)))`.
 */
export function plural(value: number, one: string, other: string): string {
  return new Intl.PluralRules(language).select(value) === "one" ? one : other;
}

function written(value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, format);
  return format.format(value);
}

/** What stands between thousands and before the digits behind the point. */
interface NumberMarks {
  readonly thousands: string;
  readonly point: string;
}

/**
 * The first number that `Intl` writes takes it 25 ms, a quarter of what the panel takes to show its
 * runs; these are the same. Other languages are left to it.
 */
const numberMarks: Readonly<Record<string, NumberMarks>> = {
  en: { thousands: ",", point: "." },
  fr: { thousands: "\u{202F}", point: "," },
};
/** Between these, what is rounded is exact and has no exponent. */
const leastWritten = 1e-6;
const mostWritten = 1e12;

/** 1,204 */
export function count(value: number): string {
  return decimal(Math.round(value), 0);
}

/** 3.5, with exactly so many digits behind the point. */
export function decimal(value: number, digits: number): string {
  const marks = numberMarks[language];
  if (marks === undefined || !(Math.abs(value) < mostWritten))
    return written(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const size = Math.abs(value);
  // Rounded as it is written: in binary, 0.95 is a little less than that.
  const scaled = size < leastWritten ? 0 : Math.round(Number(`${size}e${digits}`));
  const all = String(scaled).padStart(digits + 1, "0");
  const behind = digits === 0 ? "" : `${marks.point}${all.slice(-digits)}`;
  const whole = all.slice(0, all.length - digits);
  const first = whole.length % 3 || 3;
  const groups = [whole.slice(0, first), ...(whole.slice(first).match(/\d{3}/g) ?? [])];
  return `${value < 0 ? "-" : ""}${groups.join(marks.thousands)}${behind}`;
}

/** How much of the whole there is: "38 %", and never more than all of it. */
export function percent(done: number, total: number): string {
  const whole = Math.floor((100 * Math.min(done, total)) / total);
  return t("{0} %", whole);
}

/** 98 MB, 1.1 GB; in powers of ten, as download pages say it. */
export function bytes(value: number, megabyteDigits = 0): string {
  if (value >= 1e9) return measure(value / 1e9, "gigabyte", 1);
  if (value >= 1e6) return measure(value / 1e6, "megabyte", megabyteDigits);
  return measure(Math.max(1, value / 1e3), "kilobyte", 0);
}

function measure(value: number, unit: string, digits: number): string {
  return written(value, {
    style: "unit",
    unit,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
