import type { Seeded } from "../../../test/core/edit/support/seeded";
import { kindOf, range } from "./read-lines";
import { indentOf, type ReadFile, type Unit } from "./units";

/** Where a unit's documentation stands: the docstring, or the comment above. */
export function docOf(read: ReadFile, unit: Unit): { start: number; end: number } | undefined {
  const { lines, facts } = read.file;
  if (facts.documented === undefined) return undefined;
  if (facts.documented !== "docstring") {
    if (unit.docStart >= unit.headStart) return undefined;
    // Attributes between comment and head: the comment alone.
    let end = unit.docStart;
    while (end < unit.headStart && kindOf(read, end) === 1) end++;
    // Of two block comments the second is about the unit: `@typedef` stands by itself.
    const opens = (at: number): boolean => /^\s*\/\*/.test(lines[at] ?? "");
    const start = range(unit.docStart, end).findLast(opens) ?? unit.docStart;
    return end === unit.headStart ? { start, end } : undefined;
  }
  const first = range(unit.bodyStart, unit.bodyEnd).find((at) => (lines[at] ?? "").trim() !== "");
  if (first === undefined || first !== unit.bodyStart) return undefined;
  const quote = /^\s*[rRuU]?("""|''')/.exec(lines[first] ?? "")?.[1];
  if (quote === undefined) return undefined;
  const line = lines[first] ?? "";
  if (line.indexOf(quote, line.indexOf(quote) + 3) >= 0)
    return line.trimEnd().endsWith(quote) ? { start: first, end: first + 1 } : undefined;
  let end = first + 1;
  while (end < unit.bodyEnd && !(lines[end] ?? "").includes(quote)) end++;
  return end < unit.bodyEnd && (lines[end] ?? "").trimEnd().endsWith(quote)
    ? { start: first, end: end + 1 }
    : undefined;
}

const sentences = [
  "Works out the value and gives it back.",
  "Handles one more case than its caller needs.",
  "The input is left as it is.",
  "Nothing is kept between two calls.",
  "Raises an error for a value that is not known.",
  "The order of the items does not matter.",
  "Callers should check the result before they use it.",
];

/** Documentation in the manner of the old one where there is one. */
export function newDoc(
  read: ReadFile,
  unit: Unit,
  random: Seeded,
  old: { start: number; end: number } | undefined,
): string[] | undefined {
  const { lines, facts } = read.file;
  const [first, second, third] = shuffled(sentences, random);
  const text = random.below(3) === 0 ? [first ?? ""] : [first ?? "", "", second ?? "", third ?? ""];
  const head = old === undefined ? "" : (lines[old.start] ?? "");
  switch (facts.documented) {
    case "docstring": {
      const body = range(unit.bodyStart, unit.bodyEnd).find(
        (at) => (lines[at] ?? "").trim() !== "",
      );
      const indent = indentOf(lines[body ?? 0] ?? "");
      if (indent.length <= unit.indent.length) return undefined;
      const quote = /^\s*[rRuU]?("""|''')/.exec(head)?.[1] ?? '"""';
      if (text.length === 1) return [`${indent}${quote}${text[0]}${quote}`];
      return [
        `${indent}${quote}${text[0]}`,
        ...text.slice(1).map((line) => (line === "" ? "" : indent + line)),
        indent + quote,
      ];
    }
    case "block": {
      if (old !== undefined && !/^\s*\/\*/.test(head)) {
        const prefix = /^\s*(\/\/+!?)/.exec(head)?.[1];
        return prefix === undefined
          ? undefined
          : text.map((line) => `${unit.indent}${prefix} ${line}`.trimEnd());
      }
      const open = /^\s*(\/\*+!?)/.exec(head)?.[1] ?? "/**";
      if (text.length === 1 && random.below(2) === 0)
        return [`${unit.indent}${open} ${text[0]} */`];
      return [
        `${unit.indent}${open}`,
        ...text.map((line) => `${unit.indent} * ${line}`.trimEnd()),
        `${unit.indent} */`,
      ];
    }
    case "lines": {
      const prefix = (/^\s*(\/\/[/!]?|#+|---?)/.exec(head)?.[1] ?? facts.docPrefix) || "//";
      if (old !== undefined && !/^\s*(?:\/\/|#|--(?!\[\[))/.test(head)) return undefined;
      return text.map((line) => `${unit.indent}${prefix} ${line}`.trimEnd());
    }
    default:
      return undefined;
  }
}

function shuffled<T>(items: readonly T[], random: Seeded): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
