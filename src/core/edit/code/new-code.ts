import { indentOf, indentStyle, learnIndents } from "../text/indentation";
import { scanLines } from "../text/scan-lines";
import type { LineOp } from "../text/source-lines";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";
import { importPlace, isImport, namesBound } from "./import-lines";

interface Extra {
  readonly op: LineOp;
  readonly notice: string;
}

function usesName(lines: readonly string[], name: string): boolean {
  const pattern = new RegExp(`(?<![\\w$])${name.replace(/[$]/g, "\\$&")}(?![\\w$])`);
  return lines.some((line) => pattern.test(line));
}

function added(ops: readonly LineOp[]): string[] {
  return ops.flatMap((op) => op.lines);
}

/** Helpers that the rewritten code calls and the file lacks go right above it; anything else new in the answer is left out. */
export function newDeclarations(
  file: EditedFile,
  lines: readonly string[],
  strangers: readonly Declaration[],
  pairs: readonly { theirs: Declaration; ours: Declaration }[],
  ops: readonly LineOp[],
): Extra[] {
  const extras: Extra[] = [];
  const [first] = pairs;
  if (!first) return extras;
  const needed = new Set<Declaration>();
  const text = [...added(ops)];
  for (let grew = true; grew; ) {
    grew = false;
    for (const stranger of strangers) {
      if (needed.has(stranger) || !usesName(text, stranger.name)) continue;
      needed.add(stranger);
      text.push(...lines.slice(stranger.start, stranger.end));
      grew = true;
    }
  }
  for (const stranger of strangers) {
    if (!needed.has(stranger)) continue;
    const isMethod =
      first.ours.container !== undefined &&
      new RegExp(`(?:self|this|cls)\\s*(?:\\.|->)\\s*${stranger.name.replace(/[$]/g, "\\$&")}\\b`).test(text.join("\n"));
    const container =
      first.ours.container === undefined || isMethod
        ? undefined
        : file.declarations.find((one) => one.kind === "type" && one.head < first.ours.head && one.end >= first.ours.end);
    const place = container ?? first.ours;
    const own = lines.slice(stranger.start, stranger.end);
    const map = learnIndents(
      [{ model: lines[stranger.head] ?? "", file: file.lines[place.head] ?? "" }],
      indentStyle(own, file.snapshot.style),
      file.snapshot.style,
    );
    const moved = own.map((line) => (line.trim() === "" ? "" : map.map(indentOf(line)) + line.slice(indentOf(line).length)));
    const gap = file.facts.blocks === "indent" && indentOf(file.lines[place.head] ?? "") === "" ? ["", ""] : [""];
    extras.push({
      op: { start: place.start, end: place.start, lines: [...moved, ...gap] },
      notice: `Adds \`${stranger.name}\`, which the new code uses.`,
    });
  }
  return extras;
}

/** Imports of the answer that the file lacks and its new code needs. */
export function newImports(file: EditedFile, lines: readonly string[], ops: readonly LineOp[]): Extra[] {
  const scan = scanLines(lines, file.facts);
  const own = new Set(file.snapshot.scan.map((line) => line.key));
  const text = added(ops);
  const wanted: string[] = [];
  for (const [at, line] of lines.entries()) {
    const scanned = scan[at];
    if (scanned?.kind !== "code" || scanned.depth > 0 || scanned.inside || !isImport(line) || own.has(scanned.key)) continue;
    if (/[({]\s*$/.test(line) || !namesBound(line).some((name) => usesName(text, name))) continue;
    // Where imports stand in a block of their own, a line of its own would be no sentence of the language.
    if (file.languageId === "go") continue;
    wanted.push(line.trimEnd());
  }
  if (wanted.length === 0) return [];
  const place = importPlace(file.lines, file.snapshot.scan);
  const hasImports = place > 0 && isImport(file.lines[place - 1] ?? "");
  const before = hasImports || place === 0 ? [] : [""];
  const after = hasImports || (file.lines[place] ?? "").trim() === "" ? [] : [""];
  return [
    {
      op: { start: place, end: place, lines: [...before, ...wanted, ...after] },
      notice: `Adds ${wanted.map((line) => `\`${line.trim()}\``).join(", ")}, which the new code needs.`,
    },
  ];
}
