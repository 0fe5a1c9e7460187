import type { LanguageFacts } from "../../../../base/languages/language";
import type { Replacement } from "../../../../base/text/changes";
import { lineAt } from "../../../../base/text/lines";
import { indentOf } from "../../text/indentation";
import type { ScannedLine } from "../../text/scan-line";
import { scanLines } from "../../text/scan-lines";
import type { EditedFile } from "../edited-file";

interface Spec {
  readonly line: number;
  readonly text: string;
  readonly path: string;
  readonly names: readonly string[];
  readonly grouped: boolean;
}

/** Into the file's group, in its order, where the new code uses them. */
export function newGoImports(
  file: EditedFile,
  lines: readonly string[],
  text: readonly string[],
): { ops: Replacement[]; added: string[] } {
  const own = specsOf(file.lines, file.snapshot.scan);
  const known = new Set(own.map((one) => one.path));
  const wanted = specsOf(lines, scanLines(lines, file.facts)).filter(
    (one) => !known.has(one.path) && isUsed(one, text),
  );
  const fresh = [...new Map(wanted.map((one) => [one.path, one])).values()];
  const added = fresh.map(({ text }) => text);
  if (added.length === 0) return { ops: [], added };
  const group = own.filter((one) => one.grouped);
  const [first] = group;
  if (!first) {
    const at =
      (own[0]?.line ?? file.snapshot.scan.findIndex((line) => /^package\s/.test(line.mask))) + 1;
    const found = added.map((spec) => `import ${spec}`);
    return { ops: [{ start: at, end: at, lines: own[0] ? found : ["", ...found] }], added };
  }
  // The standard library's have no dot in their first part, and stand together.
  const places = fresh.map(({ path, text: spec }) => {
    const kin = group.filter((one) => isLocal(one.path) === isLocal(path));
    const next = kin.find((one) => one.path > path);
    const start = next?.line ?? (kin.at(-1) ?? group.at(-1) ?? first).line + 1;
    const indent = indentOf(lineAt(file.lines, first.line));
    return { start, end: start, lines: [indent + spec] };
  });
  const ops = places.sort((a, b) => lineAt(a.lines, 0).localeCompare(lineAt(b.lines, 0)));
  return { ops, added };
}

/** Without packages of the standard library that nothing would use: that is an error. */
export function withoutUnusedImports(
  file: EditedFile,
  lines: readonly string[],
): readonly string[] {
  if (!file.facts.importList) return lines;
  const known = new Set(specsOf(file.lines, file.snapshot.scan).map((one) => one.path));
  const all = specsOf(lines, scanLines(lines, file.facts));
  const unused = all.filter(
    (one) => !known.has(one.path) && !isLocal(one.path) && !isUsed(one, [...lines, ...file.lines]),
  );
  const specs = new Set(all.map(({ line }) => line));
  // Imports by themselves are what is to be changed.
  if (lines.every((line, at) => specs.has(at) || /^(?:import \(|\)|package \w+)?$/.test(line)))
    return lines;
  const gone = new Set(unused.map(({ line }) => line));
  const kept = lines.filter((_, at) => !gone.has(at));
  const text = kept.join("\n").replace(/^import \(\n\)$/m, "");
  return text.split("\n");
}

/** Per line the names of the package that a list of imports has there. */
export function importsIn(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  { importList }: LanguageFacts,
): ReadonlyMap<number, readonly string[]> {
  return new Map(importList ? specsOf(lines, scan).map(({ line, names }) => [line, names]) : []);
}

/** Not of the standard library: those have no dot in the first part of their path. */
function isLocal(path: string): boolean {
  return /^[^/]*\./.test(path);
}

function isUsed({ names }: Spec, text: readonly string[]): boolean {
  const use = new RegExp(`(?<![\\w.])(?:${names.join("|")})\\.`);
  return /^[_.]$/.test(lineAt(names, 0)) || text.some((line) => use.test(line));
}

/** `yaml` of `gopkg.in/yaml.v3`, `go` and `redis` of `github.com/redis/go-redis/v9`. */
function namesIn(path: string): string[] {
  const last = path.replace(/[/.]v\d+$/, "").replace(/^.*\//, "");
  return last.split(/\W+/).filter((name) => name !== "");
}

function specsOf(lines: readonly string[], scan: readonly ScannedLine[]): Spec[] {
  const specs: Spec[] = [];
  let inGroup = false;
  for (const [at, line] of lines.entries()) {
    if (scan[at]?.kind !== "code") continue;
    if (/^import\s*\(/.test(line)) inGroup = true;
    else if (/^\s*\)/.test(line)) inGroup = false;
    const isSpec = inGroup || /^import\b/.test(line);
    const [, text, alias, path] =
      (isSpec && /^(?:import\b)?\s*((?:([\w.]+)\s*)?"([^"]+)")/.exec(line)) || [];
    if (text === undefined || path === undefined) continue;
    const names = alias === undefined ? namesIn(path) : [alias];
    specs.push({ line: at, text, path, names, grouped: inGroup });
  }
  return specs;
}
