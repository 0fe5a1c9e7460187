import { languageFacts } from "../../../base/languages/languages";
import { Lines } from "../../../base/text/lines";
import { lastLineOf } from "../../../base/text/positions";
import { scanLines } from "../../edit/text/scan-lines";
import type { LineInQuestion, Place } from "./lines-in-question";

/** A line as it might have been meant. */
export interface SmallChange extends LineInQuestion {
  /** Without a line end. */
  readonly text: string;
}

/** What is written by mistake for one another. */
const takenFor: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  "<=": ["<", ">="],
  ">": [">=", "<"],
  ">=": [">", "<="],
  "==": ["!="],
  "!=": ["=="],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-", "*"],
  "-": ["+"],
  "*": ["+", "/", "//"],
  "/": ["*", "//"],
  "//": ["/", "%"],
  "%": ["/", "//"],
  "+=": ["-="],
  "-=": ["+="],
  "&": ["|", "^"],
  "|": ["&"],
  "^": ["&", "|"],
  "&=": ["|=", "^="],
  "|=": ["&="],
  "^=": ["&=", "|="],
  "<<": [">>"],
  ">>": ["<<"],
  "&&": ["||"],
  "||": ["&&"],
  and: ["or"],
  or: ["and"],
  true: ["false"],
  false: ["true"],
  True: ["False"],
  False: ["True"],
  any: ["all"],
  all: ["any"],
  some: ["every"],
  every: ["some"],
  min: ["max"],
  max: ["min"],
};
/** Between two operands. */
const sign = /(?<=[\s)\]\w])(?:[<>=!]==?|&&|\|\||<<|>>|[-+&|^]=|\/\/|[-+*/%<>&|^])(?=[\s(\w!-])/g;
/** Signs that stand without spaces as often as with them; others are part of a type then. */
const maybeTight = /^(?:[-+*%]|\/\/?)$/;
const word =
  /(?<![\w.])(?:and|or|[Tt]rue|[Ff]alse)(?!\w)|(?<!\w)(?:any|all|some|every|min|max)(?=\()/g;
const denial = /(?<![\w.])not\s+(?!in\b)|!(?=[\w(])/g;
const number = /(?<![\w.])\d{1,4}(?![\w.])/g;
/** What `- 1` leaves where it is one less: nobody writes `n - 0`. */
const oneOff = /(?<=[\w)\]])(\s*)[-+]\1(?=1(?![\w.]))/g;
/** Two plain operands that may have changed places; the second one may be the first of another. */
const pair = /(?<![\w.)\]])([\w.]+)(\s*(?:,|-|\/\/?|%)\s*)(?=([\w.]+)(?![\w.([{]|\s*=(?!=)))/g;
const name = /(?<![\w.$])[\p{L}_$][\p{L}\p{N}_$]*/gu;
const inner = /^\s*(?:[)\],]|:\S)/;
/** A name, or where a call or an index ends. */
const operand = /(?<![\w.$])[\p{L}_$][\p{L}\p{N}_$]*|[)\]]/gu;
const headEnd = /\{|=>|:[^\S\n]*$/m;
const loop = /(?<!\w)for\s+\(?(.*?)\s*(?:\bin\b|\bof\b|[:=])/;
/** Where one more or one less may be missing: at the end of an operand. */
const ending = /^\s*(?:[)\],;]|:\S|$)/;
/** `a < a`, `n - n`: nobody means that. */
const pointless = /(?<![\w.])([\w.]+)\s*(?:[<>=!]==?|[<>]|-|\/\/?|%)\s*\1(?![\w.([])/;

/**
 * The lines as they might have been meant, the likeliest mistakes first: another sign, two operands
 * that changed places, a number one more or less, another name of the same declaration, one more or
 * one less. Before: `while low < high:`; after: `while low <= high:`.
 * @param mayCount whether what is known of what should come out tells one number from another
 */
export function smallChanges(
  questions: readonly LineInQuestion[],
  mayCount: boolean,
): readonly SmallChange[] {
  const reads = new Map<Place, ReadPlace>();
  const readOf = (place: Place): ReadPlace => {
    const read = reads.get(place) ?? readPlace(place);
    reads.set(place, read);
    return read;
  };
  const kinds = [otherSigns, changedPlaces, otherNumbers, otherNames, oneMoreOrLess].filter(
    (kind) => mayCount || (kind !== otherNumbers && kind !== oneMoreOrLess),
  );
  // The head is what others call.
  const inside = questions.filter(({ place, line }) => line !== place.range.start.line);
  const seen = new Set<string>();
  return kinds.flatMap((kind) =>
    inside.flatMap(({ place, line }) => {
      const own = place.lines.at(line);
      const read = readOf(place);
      const texts = [...kind(read.masks.at(line), read)]
        .map(({ from, end, by }) => own.slice(0, from) + by + own.slice(end))
        .filter((text) => !pointless.test(text) || pointless.test(own));
      return texts.flatMap((text) => {
        const key = JSON.stringify([place.file.uri, line, text]);
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ place, line, text }];
      });
    }),
  );
}

/** Columns `[from, end)` of a line, and what might stand there. */
interface Replaced {
  readonly from: number;
  readonly end: number;
  readonly by: string;
}

interface ReadPlace {
  /** By line: the code with strings and comments blanked out. */
  readonly masks: Lines;
  readonly names: readonly string[];
  /** `//` is no sign here. */
  readonly hasSlashComments: boolean;
}

function readPlace({ file, lines, range }: Place): ReadPlace {
  const facts = languageFacts(file.languageId);
  const masks = Lines.from(scanLines(lines.bare, facts).map(({ mask }) => mask));
  const own = masks.slice(range.start.line, lastLineOf(range) + 1);
  const hasSlashComments = facts.lineComments.includes("//");
  return { masks, names: namesIn(own), hasSlashComments };
}

/**
 * What a declaration calls its parameters and variables, as far as any language's head, assignment
 * or loop tells. A word too many, such as a type's name, costs a change that does not run.
 */
function namesIn(masks: readonly string[]): readonly string[] {
  const whole = masks.join("\n");
  const head = whole.slice(0, headEnd.exec(whole)?.index ?? masks[0]?.length);
  const body = new Set(whole.slice(head.length).match(name));
  const parameters = [...head.matchAll(/\(([^()]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(",").flatMap((each) => {
      const words = untyped(each).match(name) ?? [];
      // `int low` and `low int`: what is used is no type.
      const used = words.filter((word) => body.has(word));
      return used.length > 0 ? used : words;
    }),
  );
  const assigned = masks.flatMap((mask) => [
    ...(/^([^=([]*?)(?::|[-+*/%|&^])?=(?![=>])/.exec(mask)?.[1]?.split(",") ?? []),
    ...(loop.exec(mask)?.[1]?.split(",") ?? []),
  ]);
  const variables = assigned.flatMap((each) => untyped(each).match(name)?.at(-1) ?? []);
  return [...new Set([...parameters, ...variables])];
}

function untyped(declared: string): string {
  return declared.replace(/[:=].*$/s, "");
}

function* otherSigns(mask: string, { hasSlashComments }: ReadPlace): Generator<Replaced> {
  for (const { 0: text, index: from } of mask.matchAll(sign)) {
    const end = from + text.length;
    const isSpaced = /\s/.test(mask.charAt(from - 1)) && /\s/.test(mask.charAt(end));
    if (!isSpaced && (!maybeTight.test(text) || /\s/.test(mask.charAt(from - 1)))) continue;
    for (const by of takenFor[text] ?? [])
      if (by !== "//" || !hasSlashComments) yield { from, end, by };
  }
  for (const { 0: text, index: from } of mask.matchAll(word))
    for (const by of takenFor[text] ?? []) yield { from, end: from + text.length, by };
  for (const { 0: text, index: from } of mask.matchAll(denial))
    yield { from, end: from + text.length, by: "" };
}

function* otherNumbers(mask: string): Generator<Replaced> {
  const signs = new Map(
    [...mask.matchAll(oneOff)].map(({ 0: text, index: from }) => [from + text.length, from]),
  );
  for (const { 0: text, index: from } of mask.matchAll(number)) {
    const end = from + text.length;
    yield { from, end, by: String(Number(text) + 1) };
    const sign = signs.get(from);
    if (sign !== undefined) yield { from: sign, end, by: "" };
    else if (Number(text) > 0) yield { from, end, by: String(Number(text) - 1) };
  }
}

function* changedPlaces(mask: string): Generator<Replaced> {
  for (const { 0: text, 1: one = "", 2: between = "", 3: other = "", index: from } of mask.matchAll(
    pair,
  ))
    yield { from, end: from + text.length + other.length, by: other + between + one };
}

function* otherNames(mask: string, { names }: ReadPlace): Generator<Replaced> {
  for (const { 0: text, index: from } of mask.matchAll(name)) {
    const end = from + text.length;
    if (!names.includes(text) || mask[end] === "(") continue;
    for (const by of names) if (by !== text) yield { from, end, by };
  }
}

function* oneMoreOrLess(mask: string, { names }: ReadPlace): Generator<Replaced> {
  for (const { 0: text, index: from } of mask.matchAll(operand)) {
    const end = from + text.length;
    const isMeant = names.includes(text) ? ending : /[)\]]/.test(text) ? inner : undefined;
    if (!isMeant?.test(mask.slice(end))) continue;
    for (const by of [" + 1", " - 1"]) yield { from: end, end, by };
  }
}
