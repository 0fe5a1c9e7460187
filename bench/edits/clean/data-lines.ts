import type { Seeded } from "../../../test/core/edit/support/seeded";
import { type Hunk, kindOf, pickLine } from "./read-lines";
import type { ReadFile } from "./units";

/** One more entry, in the manner of the one above it. */
export function dataLineMore(read: ReadFile, random: Seeded): Hunk | undefined {
  const line = pickLine(read, undefined, random, (at) => isEntry(read, at));
  if (line === undefined) return undefined;
  const text = read.file.lines[line] ?? "";
  const fresh = renamedEntry(text, random.below(90) + 10);
  return fresh === undefined ? undefined : { start: line + 1, end: line + 1, lines: [fresh] };
}

export function dataLineLess(read: ReadFile, random: Seeded): Hunk | undefined {
  const line = pickLine(
    read,
    undefined,
    random,
    (at) => isEntry(read, at) && isEntry(read, at + 1),
  );
  return line === undefined ? undefined : { start: line, end: line + 1, lines: [] };
}

function isEntry(read: ReadFile, at: number): boolean {
  const pattern = read.file.facts.entry;
  return pattern !== undefined && kindOf(read, at) === 0 && pattern.test(read.file.lines[at] ?? "");
}

function renamedEntry(line: string, n: number): string | undefined {
  const words = [...line.matchAll(/[A-Za-z][A-Za-z_]{2,}/g)];
  const word = words.at(line.trimStart().startsWith("<") ? Math.min(1, words.length - 1) : 0);
  if (word === undefined) return undefined;
  // Of an element the text or an attribute changes, never the name of the tag.
  if (line.trimStart().startsWith("<")) {
    const value = /(?<=>)[^<>]+(?=<)|(?<==")[^"]+(?=")/.exec(line);
    if (!value) return undefined;
    return `${line.slice(0, value.index)}${value[0]}${n}${line.slice(value.index + value[0].length)}`;
  }
  return `${line.slice(0, word.index)}${word[0]}${n}${line.slice(word.index + word[0].length)}`;
}
