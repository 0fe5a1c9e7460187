import { dirname, posix } from "node:path";
import { languages, wordsOf } from "../base/languages/languages";
import { fileNameOf } from "../base/text/file-name";

/**
 * Files that a file's imports may mean, likeliest first. No language is known here: an import is a
 * row of names that ends with, or just before, the name of a file or of its folder, whatever stands
 * between them.
 *
 * `from shop.words import trim`, `import { trim } from "./words"`, `use crate::words::trim;`,
 * `#include "words.h"` and `import com.shop.Words;` all lead to a file `words`.
 */
export function importTargets(
  imports: string,
  fromPath: string,
  paths: readonly string[],
  limit: number,
): readonly string[] {
  const own = dirname(fromPath);
  const index = indexOf(paths);
  const scores = new Map<string, number>();
  for (const row of rowsIn(imports)) {
    for (const file of index.candidates(row)) {
      const { path } = file;
      if (path === fromPath || !isSameFamily(path, fromPath)) continue;
      const score = scoreOf(row, file, own);
      if (score > (scores.get(path) ?? 0)) scores.set(path, score);
    }
  }
  return [...scores]
    .sort(
      ([one, a], [other, b]) =>
        b - a || nearness(other, own) - nearness(one, own) || one.localeCompare(other),
    )
    .slice(0, limit)
    .map(([path]) => path);
}

interface IndexedFile {
  readonly path: string;
  /** The path's names, as they are compared. */
  readonly names: readonly string[];
  /** The same as they are written, joined. */
  readonly plainPath: string;
}

/** Files by what an import may call them: their own names and those of their folders. */
class FileIndex {
  readonly #byName = new Map<string, IndexedFile[]>();

  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const written = namesOf(path);
      const names = written.map(plain);
      const file = { path, names, plainPath: written.join("/") };
      for (const name of new Set(names.slice(-2))) this.#add(name, file);
    }
  }

  #add(name: string, file: IndexedFile): void {
    const files = this.#byName.get(name);
    if (files === undefined) this.#byName.set(name, [file]);
    else files.push(file);
  }

  /**
   * The last name of an import is a file's, its folder's, or that of something in the file before
   * it.
   */
  candidates({ names }: Row): readonly IndexedFile[] {
    return names.slice(-2).flatMap((name) => this.#byName.get(plain(name)) ?? []);
  }
}

const indexes = new WeakMap<readonly string[], FileIndex>();

function indexOf(paths: readonly string[]): FileIndex {
  const known = indexes.get(paths);
  if (known !== undefined) return known;
  const index = new FileIndex(paths);
  indexes.set(paths, index);
  return index;
}

/** A row of names, and whether it begins at the importing file's folder. */
interface Row {
  readonly names: readonly string[];
  /** How many folders up it begins; absent where it begins anywhere. */
  readonly up?: number;
}

function rowsIn(imports: string): readonly Row[] {
  const rows: Row[] = [];
  for (const [, quoted = ""] of imports.matchAll(/["'<]([^"'<>\n]+)["'>]/g)) {
    const parts = quoted.split("/").filter((part) => part !== "" && part !== ".");
    const up = parts.filter((part) => part === "..").length;
    const names = parts.filter((part) => part !== "..").map(withoutEnding);
    if (names.length > 0 || up > 0) rows.push(quoted.startsWith(".") ? { names, up } : { names });
  }
  const bare = imports.replace(/["'][^"'\n]*["']/g, " ");
  // `from ..shop.words import trim, join`: the names behind may be files too.
  for (const [, dots = "", path = "", rest = ""] of bare.matchAll(
    /^\s*from\s+(\.*)([\w.]*)\s+import\s+\(?([^()#]*)/gm,
  )) {
    const names = path.split(".").filter(Boolean);
    const place = dots === "" ? {} : { up: dots.length - 1 };
    rows.push({ names, ...place });
    for (const name of rest.match(/\w+/g) ?? []) rows.push({ names: [...names, name], ...place });
  }
  const paths = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|\\)[\p{L}_$][\p{L}\p{N}_$]*)*/gu;
  for (const line of bare.split("\n")) {
    const head = /^\s*(?:pub\s+)?(?:import|use|using|mod|require|include|package)\b(.*)/.exec(line);
    if (head?.[1] === undefined) continue;
    const [first, ...inBraces] = head[1].match(paths) ?? [];
    if (first === undefined) continue;
    const names = first.split(/\.|::|\\/).filter((name) => !isPlaceWord(name));
    rows.push({ names });
    for (const name of inBraces) rows.push({ names: [...names, ...name.split(/\.|::|\\/)] });
  }
  return rows.filter(({ names, up }) => names.length > 0 || up !== undefined);
}

function isPlaceWord(name: string): boolean {
  return ["crate", "self", "super", "static", "type", "function"].includes(name);
}

/**
 * 3: exactly the file that a relative import names; above 1: the more names agree the better; 0:
 * nothing.
 */
function scoreOf({ names, up }: Row, { names: file, plainPath }: IndexedFile, own: string): number {
  if (up !== undefined) {
    const base = posix.join(own, ...Array.from({ length: up }, () => ".."));
    if (plainPath === posix.normalize(posix.join(base, ...names))) return 3;
    return names.length > 1 &&
      plainPath === posix.normalize(posix.join(base, ...names.slice(0, -1)))
      ? 2.5
      : 0;
  }
  const wanted = names.map(plain);
  // The last name may be what is imported from the file, or the file's folder its package.
  return Math.max(
    agreement(wanted, file),
    wanted.length > 1 ? agreement(wanted.slice(0, -1), file) * 0.9 : 0,
    file.length > 1 ? agreement(wanted, file.slice(0, -1)) * 0.6 : 0,
  );
}

/** How surely a row of names ends as a path does: 1 for the last name, more for each before it. */
function agreement(names: readonly string[], path: readonly string[]): number {
  let same = 0;
  while (
    same < Math.min(names.length, path.length) &&
    names[names.length - 1 - same] === path[path.length - 1 - same]
  )
    same++;
  return same === 0 ? 0 : 1 + (same - 1) * 0.3;
}

/** `lib/words/index.ts` is `lib/words`: what stands for its folder has no name of its own. */
function namesOf(path: string): readonly string[] {
  const last = withoutEnding(fileNameOf(path));
  const folder = path.split("/").slice(0, -1);
  return ["index", "__init__", "mod"].includes(last) && folder.length > 0
    ? folder
    : [...folder, last];
}

function withoutEnding(name: string): string {
  return name.replace(/(?<=.)\.(?:d\.ts|\w{1,5})$/, "");
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

function nearness(path: string, folder: string): number {
  const mine = folder.split("/");
  const its = path.split("/");
  let same = 0;
  while (same < mine.length && mine[same] === its[same]) same++;
  return same;
}

/** The group of languages that import from one another, by the ending of a file. */
const groupOf = new Map<string, string>();
for (const { linksWith, endings, files } of languages)
  if (linksWith !== undefined)
    for (const word of [...wordsOf(endings), ...wordsOf(files)])
      if (/^\.\w+$/.test(word)) groupOf.set(word.slice(1), linksWith);

/** Whether code of one file may import from the other. */
export function isSameFamily(one: string, other: string): boolean {
  const [a, b] = [endingOf(one), endingOf(other)];
  const group = groupOf.get(a);
  return a === b || (group !== undefined && group === groupOf.get(b));
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}
