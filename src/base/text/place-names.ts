/** A word of a text that may name a place in the project. Offsets count characters of the text. */
export interface NamedPlace {
  readonly from: number;
  readonly to: number;
  /** As it stands in the text: `src/queue.ts:12`, `Queue.push`. */
  readonly name: string;
}

/** What a name may mean, before anybody knows whether there is such a thing. Lines count from 1. */
export type PlaceReading =
  | { readonly kind: "file"; readonly path: string; readonly line?: number }
  | { readonly kind: "symbol"; readonly name: string; readonly container?: string };

const longestPlaceName = 200;
/** Shorter names stand everywhere. */
const leastSymbol = 3;

const inPath = String.raw`\p{L}\p{N}_$.@+~\-`;
const segment = `[${inPath}]*[\\p{L}\\p{N}_]`;
const file = String.raw`(?:${segment}/)*${segment}(?:\.[a-z][a-z0-9]{0,7}(?::\d{1,7}){0,2})`;
const word = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const symbol = String.raw`${word}(?:(?:\.#?|::|#)${word})*`;
// Nothing that is a part of an address, of a path from elsewhere, or of a longer word is a name.
// Whatever a name may hold cannot stand before it, so that no text is gone through twice; nor is it
// looked far beyond, which each shorter reading does again.
const named = new RegExp(
  String.raw`(?<![${inPath}\\/:#?&=%])(?:${file}|${symbol})(?![${inPath}\\/:#]{0,${longestPlaceName}}[\p{L}\p{N}_$\\/])`,
  "gu",
);
const wholeFile = new RegExp(`^((?:${segment}/)*${segment}\\.[a-z][a-z0-9]{0,7})(?::(\\d+))?`, "u");
const wholeSymbol = new RegExp(`^${symbol}$`, "u");
/** What tells a name of code from a word: an underscore or a capital within. */
const looksLikeCode = /[\p{L}\p{N}]_+[\p{L}\p{N}]|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u;

/**
 * The words of a text that may name a file, a line of one, or something that code declares.
 *
 * @param isCode whether the text is written as code: any name counts then. In prose only what looks
 * like code does.
 */
export function placeNamesIn(text: string, isCode: boolean): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  for (const match of text.matchAll(named)) {
    const [name] = match;
    const to = match.index + name.length;
    const isPlain = !isCode && !looksLikeCode.test(name) && !text.startsWith("(", to);
    const readings = placeReadings(name).filter(({ kind }) => kind === "file" || !isPlain);
    if (readings.length > 0) found.push({ from: match.index, to, name });
  }
  return found;
}

/**
 * What a name may mean, likeliest first: none for what can name nothing in a project, such as a
 * path that leads out of it.
 */
export function placeReadings(name: string): readonly PlaceReading[] {
  if (name.length > longestPlaceName) return [];
  const readings: PlaceReading[] = [];
  const [whole, path, line] = wholeFile.exec(name) ?? [];
  const leadsOut = path?.split("/").some((part) => /^\.+$/.test(part)) ?? true;
  if (path !== undefined && !leadsOut && /^(?::\d+)?$/.test(name.slice(whole?.length)))
    readings.push({ kind: "file", path, ...(line === undefined ? {} : { line: Number(line) }) });
  if (!wholeSymbol.test(name)) return readings;
  const [last = "", container] = name.split(/\.#?|::|#/).toReversed();
  if (last.length >= leastSymbol)
    readings.push({
      kind: "symbol",
      name: last,
      ...(container === undefined ? {} : { container }),
    });
  return readings;
}
