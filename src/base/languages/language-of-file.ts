import { languages, wordsOf } from "./languages";
import { plainTextId } from "./plain-text-id";

const names = new Map<string, string>();
const patterns: (readonly [pattern: RegExp, length: number, languageId: string])[] = [];
const endings = new Map<string, string>();
for (const language of languages) {
  for (const word of [...wordsOf(language.endings), ...wordsOf(language.files)]) {
    if (word.includes("*")) patterns.push([patternOf(word), word.length, language.id]);
    else (word.startsWith(".") ? endings : names).set(word, language.id);
  }
}

/**
 * The editor's language id of a file, by the editor's own order: its whole name, the longest
 * pattern, the longest ending, and the program that its first line names. `plaintext` where none of
 * them says anything.
 * @param path with forward slashes or the system's own
 * @param firstLine the text, or as much of its beginning as holds the first line
 */
export function languageOf(path: string, firstLine: string): string {
  const name = path
    .slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    .toLowerCase();
  return (
    names.get(name) ?? byPattern(name) ?? byEnding(name) ?? byProgram(firstLine) ?? plainTextId
  );
}

/** Whether the editor knows a file by this whole name alone: `Makefile`. */
export function isKnownName(name: string): boolean {
  return names.has(name.toLowerCase());
}

function byPattern(name: string): string | undefined {
  const fitting = patterns.filter(([pattern]) => pattern.test(name));
  return fitting.sort(([, one], [, other]) => other - one)[0]?.[2];
}

function byEnding(name: string): string | undefined {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const found = endings.get(name.slice(dot));
    if (found !== undefined) return found;
  }
  return undefined;
}

function byProgram(text: string): string | undefined {
  const program = /^#!([^\r\n]*)/.exec(text)?.[1];
  return program && languages.find((language) => language.program?.test(program))?.id;
}

function patternOf(word: string): RegExp {
  const literal = word.replace(/[.+]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${literal}$`);
}
