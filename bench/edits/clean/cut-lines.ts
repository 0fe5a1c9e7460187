import type { Seeded } from "../../../test/core/edit/support/seeded";
import type { ChangedFile } from "./changed-file";
import type { Hunk } from "./read-lines";
import { indentOf, type ReadFile, type Unit } from "./units";

export function linesAround(
  { read }: ChangedFile,
  hunk: Hunk,
  context: number,
): { old: string[]; fresh: string[]; start: number } {
  let start = Math.max(0, hunk.start - context);
  let end = Math.min(read.file.lines.length, hunk.end + context);
  while (start < hunk.start && (read.file.lines[start] ?? "").trim() === "") start++;
  while (end > hunk.end && (read.file.lines[end - 1] ?? "").trim() === "") end--;
  const old = read.file.lines.slice(start, end);
  const fresh = [
    ...read.file.lines.slice(start, hunk.start),
    ...hunk.lines,
    ...read.file.lines.slice(hunk.end, end),
  ];
  return { old, fresh, start };
}

export function timesIn(lines: readonly string[], part: readonly string[]): number {
  let times = 0;
  const key = (line: string | undefined): string => (line ?? "").trim();
  for (let at = 0; at + part.length <= lines.length; at++) {
    if (part.every((line, offset) => key(lines[at + offset]) === key(line))) times++;
  }
  return times;
}

/**
 * A few lines of the change with what stands around them, told apart from the rest of the file by
 * their first and last lines.
 */
export function snippet(changed: ChangedFile, context: number): string[] | undefined {
  const [hunk] = changed.change.hunks;
  const { lines } = changed.read.file;
  if (hunk === undefined || changed.change.hunks.length !== 1 || hunk.lines.length === 0)
    return undefined;
  const { fresh, start, old } = linesAround(changed, hunk, context);
  const above = lines.slice(start, hunk.start);
  const below = lines.slice(hunk.end, start + old.length);
  if (
    above.filter((line) => line.trim() !== "").length < 2 ||
    below.filter((line) => line.trim() !== "").length < 2
  )
    return undefined;
  if (timesIn(lines, above) !== 1 || timesIn(lines, below) !== 1) return undefined;
  return fresh;
}

/**
 * Whether the lines begin and end at one depth, outside of a comment and of a string, as a careful
 * person cuts them.
 */
export function isWhole({ read, change }: ChangedFile, lines: readonly string[]): boolean {
  const [hunk] = change.hunks;
  if (read.code === undefined || hunk === undefined) return true;
  const above = lines.findIndex((_, at) =>
    lines.slice(at, at + hunk.lines.length).every((line, offset) => line === hunk.lines[offset]),
  );
  const start = hunk.start - above;
  const end = hunk.end + lines.length - above - hunk.lines.length;
  const kindAt = (at: number): number => read.mask?.lineKinds[at] ?? 0;
  const isCut = (at: number): boolean =>
    kindAt(at) === 2 || (kindAt(at) === 1 && kindAt(at - 1) === 1);
  if (isCut(start) || isCut(end) || closesOrOpens(lines[0] ?? "", lines.at(-1) ?? "")) return false;
  const depths = [0];
  for (const char of read.code.slice(start, end).join("\n")) {
    if ("([{".includes(char)) depths.push((depths.at(-1) ?? 0) + 1);
    if (")]}".includes(char)) depths.push((depths.at(-1) ?? 0) - 1);
  }
  if (depths.at(-1) !== 0 || Math.min(...depths) < 0) return false;
  const indents = lines.filter((line) => line.trim() !== "").map((line) => indentOf(line).length);
  const last = indents.at(-1) ?? 0;
  return (
    indents[0] === Math.min(...indents) &&
    (last === indents[0] || read.file.facts.units === "indent")
  );
}

/**
 * The statements of a function's own block around a change, at least one before it and one behind
 * it, and some left on both sides.
 */
export function wholeStatements(
  read: ReadFile,
  unit: Unit,
  hunk: Hunk,
): { start: number; end: number } | undefined {
  const { lines } = read.file;
  const body = lines.slice(unit.bodyStart, unit.bodyEnd).filter((line) => line.trim() !== "");
  const least = Math.min(...body.map((line) => indentOf(line).length));
  const begins = (at: number): boolean => {
    const line = lines[at] ?? "";
    return (
      line.trim() !== "" &&
      read.mask?.lineKinds[at] === 0 &&
      indentOf(line).length === least &&
      !closesOrOpens(line, "")
    );
  };
  let start = hunk.start - 1;
  while (start > unit.bodyStart && !begins(start)) start--;
  let end = hunk.end + 1;
  while (end < unit.bodyEnd && !begins(end)) end++;
  while ((lines[end - 1] ?? "").trim() === "") end--;
  const isInside = start > unit.bodyStart + 1 && end < unit.bodyEnd - 1 && end - start < 25;
  return isInside && end > hunk.end ? { start, end } : undefined;
}

/** A first line that ends what is not there, or a last one that begins what is not. */
function closesOrOpens(first: string, last: string): boolean {
  return (
    /^\s*(?:[)\]}]|(?:end|fi|done|esac|else|elif|elsif|elseif|rescue|ensure|except|finally|catch|when|until)\b)/.test(
      first,
    ) || /(?:[{([:]|\b(?:then|do|else|repeat))\s*$/.test(last)
  );
}

export function dedented(lines: readonly string[], indent: string): string[] | undefined {
  if (indent === "" || !lines.every((line) => line.trim() === "" || line.startsWith(indent)))
    return undefined;
  return lines.map((line) => line.slice(Math.min(indent.length, line.length)));
}

export function elision(read: ReadFile, indent: string, random: Seeded): string {
  const mark = read.file.facts.line?.[0] ?? "/*";
  const close = read.file.facts.line === undefined ? " */" : "";
  const words = random.pick([
    "... existing code ...",
    "...",
    "... rest of the code ...",
    "... (unchanged) ...",
    "... other methods ...",
  ]);
  return read.file.facts.id === "python" && random.below(6) === 0
    ? `${indent}...`
    : `${indent}${mark} ${words}${close}`;
}
