import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Seeded } from "../../test/core/edit/support/seeded";

/** The benches run from the repository, bundled or not. */
const root = process.cwd();

/** A file of the corpus. */
export interface CorpusFile {
  readonly path: string;
  readonly languageId: string;
  readonly lines: readonly string[];
}

/**
 * A correct edit: lines `[start, end)` of the file become `fresh`; only line `start + changed`
 * differs, or one is new, or gone.
 */
export interface CleanEdit {
  readonly file: CorpusFile;
  readonly start: number;
  readonly search: readonly string[];
  readonly replace: readonly string[];
  readonly changed: number;
}

const languages: Readonly<Record<string, string>> = {
  py: "python",
  js: "javascript",
  ts: "typescript",
  go: "go",
  java: "java",
  rs: "rust",
  c: "c",
  h: "c",
};

/**
 * The programs of the fixtures and this project's own sources; with `EDIT_CORPUS` (folders, with a
 * colon between) what lies there instead, for a check on files that nobody has looked at.
 */
export function corpus(): CorpusFile[] {
  const folders = process.env["EDIT_CORPUS"];
  if (folders !== undefined)
    return folders.split(":").flatMap((folder) => sources(folder, mostForeignFiles));
  const programs = sources(join(root, "test/fixtures/edits/programs"));
  const own = [
    ...sources(join(root, "src/core/prompt")),
    ...sources(join(root, "src/model-setup")),
  ];
  // The programs weigh as much as all of our own sources together, so that no language drowns in
  // TypeScript.
  const weighed: CorpusFile[] = [];
  while (weighed.length < own.length)
    weighed.push(...programs.slice(0, Math.max(1, own.length - weighed.length)));
  return [...weighed, ...own];
}

const mostForeignFiles = 150;
const mostLines = 4_000;

function sources(folder: string, most = Number.POSITIVE_INFINITY): CorpusFile[] {
  const files: CorpusFile[] = [];
  const read = (inside: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true }).sort((a, b) =>
      a.name.localeCompare(b.name),
    )) {
      if (files.length >= most) return;
      const full = join(inside, entry.name);
      if (entry.isDirectory()) read(full);
      const languageId = languages[entry.name.split(".").pop() ?? ""];
      if (!entry.isFile() || languageId === undefined) continue;
      const lines = readFileSync(full, "utf8").replace(/\n$/, "").split("\n");
      const path = relative(full.startsWith(root) ? root : folder, full).replace(/\\/g, "/");
      if (
        lines.length >= 20 &&
        lines.length <= mostLines &&
        !lines.some((line) => line.includes("\r"))
      )
        files.push({ path, languageId, lines });
    }
  };
  read(folder);
  return files;
}

/** An edit that changes one line of a stretch whose text is in the file once. */
export function cleanEdit(files: readonly CorpusFile[], random: Seeded): CleanEdit {
  for (;;) {
    const file = random.pick(files);
    const length = 3 + random.below(6);
    const start = random.below(Math.max(1, file.lines.length - length));
    const search = file.lines.slice(start, start + length);
    if ((search[0] ?? "").trim() === "" || (search[search.length - 1] ?? "").trim() === "")
      continue;
    if (timesIn(file.lines, search) !== 1 || search.join("").replace(/\W/g, "").length < 30)
      continue;
    const changed = 1 + random.below(length - 1);
    const line = search[changed] ?? "";
    const fresh = changeLine(line, random);
    if (fresh === undefined) continue;
    return {
      file,
      start,
      search,
      replace: [...search.slice(0, changed), ...fresh, ...search.slice(changed + 1)],
      changed,
    };
  }
}

function changeLine(line: string, random: Seeded): string[] | undefined {
  const text = line.trim();
  // Prose in comments changes in other ways than code does.
  if (text.length < 6 || /^(?:\/\/|#|\*|\/\*|"""|''')/.test(text)) return undefined;
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const words = [...line.matchAll(/[A-Za-z_]\w{2,}/g)].filter(
    (match) => match.index < (line.search(/\s(?:#|\/\/)/) + 1 || line.length),
  );
  const word = words.length > 0 ? random.pick(words) : undefined;
  switch (random.below(4)) {
    case 0:
      if (!word) return undefined;
      return [`${line.slice(0, word.index)}${word[0]}2${line.slice(word.index + word[0].length)}`];
    case 1: {
      const number = /\b\d+\b/.exec(line);
      return number
        ? [
            line.slice(0, number.index) +
              (Number(number[0]) + 1) +
              line.slice(number.index + number[0].length),
          ]
        : undefined;
    }
    case 2:
      return /[;})\]\w]$/.test(text) && !/[{:([,]$/.test(text)
        ? [line, `${indent}checkpoint(${random.below(900) + 100})${text.endsWith(";") ? ";" : ""}`]
        : undefined;
    default:
      return /^[\w.]+\s*(?:[+\-*/|&]?=)\s*[^{([]+;?$/.test(text)
        ? [line.replace(/=\s*/, "= extra + ")]
        : undefined;
  }
}

export function timesIn(lines: readonly string[], part: readonly string[]): number {
  let times = 0;
  const key = (line: string | undefined): string => (line ?? "").replace(/\s+/g, "");
  for (let at = 0; at + part.length <= lines.length; at++)
    if (part.every((line, offset) => key(lines[at + offset]) === key(line))) times++;
  return times;
}
