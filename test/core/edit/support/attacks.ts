import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** A text to choke on: `start`, the pump so many times, and an `end` that makes the match fail. */
export interface Attack {
  readonly start: string;
  readonly pump: string;
  readonly end: string;
}

export interface Attacks {
  readonly attacks: readonly Attack[];
  /** Whether a repetition repeats another one: only then can the time be exponential. */
  readonly isNested: boolean;
}

/** One of each kind of character that patterns tell apart; a class is tried with the first few. */
const alphabet = [..." \ta1_.,:;'\"`()[]{}<>=+-*/\\|&%$@#!?~^é\u00a0\n", "\r", "0", "Z"];
const usualEnds = ["", "\0", "\0\n\0"];
const mostPaths = 24;
const mostPumps = 6;
const mostOfClass = 4;
const mostEndSigns = 3;

/**
 * A part of a way through a pattern: a short text that it takes, and what can be repeated there
 * without a limit.
 */
interface Piece {
  readonly text: string;
  readonly pumps?: readonly string[];
}

/**
 * The worst that can be made of a pattern by what it is. Time grows faster than the text only where
 * the same text can be shared out in many ways: between the turns of one repetition, between a
 * repetition and a later one, or between the place where the search begins and a repetition. So for
 * each such two the pump is the text that leads from the first into the second.
 */
export function attacksOn(source: string, flags: string): Attacks {
  const tree = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const paths = tree.alternatives.flatMap((way) => pathsOf(way.elements, flags));
  const beginsAnywhere = flags.includes("m") || !tree.alternatives.every(isAnchored);
  const ends = [...usualEnds, ...signsOf(tree).slice(0, mostEndSigns)];
  const attacks = new Map<string, Attack>();
  const add = (start: string, pump: string, end: string): void => {
    if (pump !== "") attacks.set(JSON.stringify([start, pump, end]), { start, pump, end });
  };
  for (const path of paths) {
    for (const [to, { pumps }] of path.entries()) {
      for (const pump of pumps ?? []) {
        const lead = textOf(path.slice(0, to));
        for (const end of ends) add(lead, pump, end);
        if (beginsAnywhere) {
          for (const end of ends) add("", lead + pump, end);
          for (const start of ["\0", `${lead}\0`]) add(start, pump, "\0");
          add("", `${lead + pump}\0`, "\n\0");
        }
        for (let from = 0; from < to; from++) {
          if (!path[from]?.pumps) continue;
          const between = textOf(path.slice(from + 1, to)) + pump;
          for (const end of ends) add(textOf(path.slice(0, from + 1)), between, end);
        }
      }
    }
  }
  return { attacks: [...attacks.values()], isNested: hasNested(tree) };
}

function isAnchored({ elements }: AST.Alternative): boolean {
  const [first] = elements;
  return first?.type === "Assertion" && first.kind === "start";
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/**
 * The ways through some elements, one for each choice on which a repetition without a limit stands.
 */
function pathsOf(elements: readonly AST.Element[], flags: string): Piece[][] {
  let paths: Piece[][] = [[]];
  for (const element of elements) {
    const ways = waysThrough(element, flags);
    paths = paths.flatMap((path) => ways.map((way) => [...path, ...way])).slice(0, mostPaths);
  }
  return paths;
}

function waysThrough(element: AST.Element, flags: string): Piece[][] {
  const plain: Piece[][] = [[{ text: textsOf(element, flags)[0] ?? "" }]];
  if (!isEndless(element)) return plain;
  if (element.type !== "Quantifier") {
    const ways = alternativesOf(element).filter(({ elements }) => elements.some(isEndless));
    return [...plain, ...ways.flatMap(({ elements }) => pathsOf(elements, flags))];
  }
  const inside = isEndless(element.element) ? waysThrough(element.element, flags) : [];
  if (element.max < Number.POSITIVE_INFINITY) return [...plain, ...inside];
  const pumps = textsOf(element.element, flags).slice(0, mostPumps);
  return [[{ text: plain[0]?.[0]?.text ?? "", pumps }], ...inside];
}

function isEndless(element: AST.Element): boolean {
  if (element.type === "Quantifier")
    return element.max === Number.POSITIVE_INFINITY || isEndless(element.element);
  return alternativesOf(element).some(({ elements }) => elements.some(isEndless));
}

function hasNested(tree: AST.Pattern): boolean {
  let isNested = false;
  const open: AST.Quantifier[] = [];
  visitRegExpAST(tree, {
    onQuantifierEnter: (node) => {
      if (node.max <= 1) return;
      if (open.length > 0) isNested = true;
      open.push(node);
    },
    onQuantifierLeave: (node) => {
      if (open.at(-1) === node) open.pop();
    },
  });
  return isNested;
}

/** The single characters that the pattern names, those that are no letters first. */
function signsOf(tree: AST.Pattern): string[] {
  const named = new Set<string>();
  visitRegExpAST(tree, {
    onCharacterEnter: ({ value }) => named.add(String.fromCodePoint(value)),
  });
  return [...named].sort((a, b) => Number(/\w/.test(a)) - Number(/\w/.test(b)));
}

function alternativesOf(element: AST.Element): readonly AST.Alternative[] {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return element.alternatives;
    case "Assertion":
      return "alternatives" in element ? element.alternatives : [];
    default:
      return [];
  }
}

/**
 * Short texts that an element takes, the shortest first; empty where it takes none, as an assertion
 * does.
 */
function textsOf(element: AST.Element, flags: string): string[] {
  switch (element.type) {
    case "Character":
      return [String.fromCodePoint(element.value)];
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return textsOfClass(element, flags);
    case "Group":
    case "CapturingGroup":
      return byLength(element.alternatives.flatMap((way) => textsInRow(way.elements, flags)));
    case "Quantifier": {
      const once = textsOf(element.element, flags);
      const { min, max } = element;
      const more = max > min + 1 ? once.slice(0, 4).map((text) => text.repeat(min + 2)) : [];
      if (min > 0) return byLength([...once.map((text) => text.repeat(min)), ...more]);
      return byLength(["", ...once, ...more]);
    }
    default:
      return [""];
  }
}

/**
 * All parts in their shortest form, in their longest, as blanks, and each part once in each of its
 * other forms.
 */
function textsInRow(elements: readonly AST.Element[], flags: string): string[] {
  const parts = elements
    .map((element) => textsOf(element, flags))
    .filter((texts) => texts.length > 0);
  const shortest = parts.map((texts) => texts[0] ?? "");
  const others = parts.flatMap((texts, at) =>
    texts.slice(1).map((text) => shortest.with(at, text).join("")),
  );
  const blanks = parts.map((texts) => texts.findLast((one) => /^\s+$/.test(one)) ?? texts[0] ?? "");
  const longest = parts.map((texts) => texts.at(-1) ?? "");
  return [shortest.join(""), blanks.join(""), longest.join(""), ...others];
}

function byLength(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((a, b) => a.length - b.length);
}

const classes = new Map<string, string[]>();

function textsOfClass(element: AST.Element, flags: string): string[] {
  const key = `${element.raw} ${flags}`;
  const known = classes.get(key);
  if (known) return known;
  const one = new RegExp(`^(?:${element.raw})$`, flags.replace(/[gy]/g, ""));
  const taken = alphabet.filter((sign) => one.test(sign)).slice(0, mostOfClass);
  const texts = taken.length > 0 ? taken : firstOfRanges(element);
  classes.set(key, texts);
  return texts;
}

/** For a class that takes none of the alphabet. */
function firstOfRanges(element: AST.Element): string[] {
  if (element.type !== "CharacterClass") return [];
  return element.elements.flatMap((one) => {
    if (one.type === "Character") return [String.fromCodePoint(one.value)];
    return one.type === "CharacterClassRange" ? [String.fromCodePoint(one.min.value)] : [];
  });
}
