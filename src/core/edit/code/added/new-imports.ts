import type { Replacement } from "../../../../base/text/changes";
import { lineAt } from "../../../../base/text/lines";
import type { ScannedLine } from "../../text/scan-line";
import { scanLines } from "../../text/scan-lines";
import { usesName } from "../../text/whole-word";
import type { EditedFile } from "../edited-file";
import { newGoImports } from "./go-imports";
import { importPlace, isImport, namesBound } from "./import-lines";
import { boundName, type ImportStatement, importStatements, withNames } from "./import-statements";

export interface NewImports {
  readonly ops: readonly Replacement[];
  readonly notices: readonly string[];
}

/** Into an import of the same module, else behind the last one. @param text that the answer adds */
export function newImports(
  file: EditedFile,
  lines: readonly string[],
  text: readonly string[],
): NewImports {
  if (file.facts.importList) {
    const { ops, added } = newGoImports(file, lines, text);
    return { ops, notices: noticesOf(added) };
  }
  const scan = scanLines(lines, file.facts);
  const theirs = importStatements(lines, scan);
  const own = theirs.length > 0 ? importStatements(file.lines, file.snapshot.scan) : [];
  const ops: Replacement[] = [];
  const said: string[] = [];
  const done = new Set<number>();
  for (const one of theirs) {
    const same = own.find((other) => other.key === one.key);
    if (!same) continue;
    const op = extended(file, same, one, text);
    if (op === undefined) continue;
    for (let at = one.start; at < one.end; at++) done.add(at);
    if (op === "known") continue;
    ops.push(op);
    said.push(op.lines.map((line) => line.trim()).join(" "));
  }
  const whole = wholeLines(file, lines, scan, theirs, done, text);
  if (whole.length > 0) ops.push(placed(file, whole));
  return { ops, notices: noticesOf([...said, ...whole.map((line) => line.trim())]) };
}

function noticesOf(added: readonly string[]): string[] {
  return added.length === 0
    ? []
    : [`Adds ${added.map((line) => `\`${line}\``).join(", ")}, which the new code needs.`];
}

/** `known` when it has all names that the new code uses. */
function extended(
  file: EditedFile,
  own: ImportStatement,
  theirs: ImportStatement,
  text: readonly string[],
): Replacement | "known" | undefined {
  const isUsed = (item: string): boolean => usesName(text, boundName(item));
  const fresh = theirs.names.filter((name) => !own.names.includes(name) && isUsed(name));
  const whole =
    theirs.whole !== undefined && own.whole === undefined && isUsed(theirs.whole)
      ? theirs.whole
      : undefined;
  if (fresh.length === 0 && whole === undefined) return "known";
  const hasAll = own.names.every((name) => theirs.names.includes(name));
  const names = hasAll
    ? theirs.names.filter((name) => own.names.includes(name) || fresh.includes(name))
    : [...own.names, ...fresh];
  const changed = withNames(file.lines.slice(own.start, own.end), own, names, whole);
  return changed && { start: own.start, end: own.end, lines: changed };
}

function wholeLines(
  file: EditedFile,
  lines: readonly string[],
  scan: readonly ScannedLine[],
  statements: readonly ImportStatement[],
  done: ReadonlySet<number>,
  text: readonly string[],
): string[] {
  const own = new Set(file.snapshot.scan.map((line) => line.key));
  const wanted: string[] = [];
  for (const [at, line] of lines.entries()) {
    const scanned = scan[at];
    if (scanned?.kind !== "code" || scanned.depth > 0 || scanned.inside || done.has(at)) continue;
    const long = statements.find((one) => one.start === at && one.end > at + 1);
    if (long) {
      if (long.names.some((name) => usesName(text, boundName(name))))
        wanted.push(...lines.slice(long.start, long.end));
      continue;
    }
    if (!isImport(line, file.facts) || own.has(scanned.key) || /[({]\s*$/.test(line)) continue;
    // What `#include "a.h"` brings cannot be told from its name: it was given for a reason.
    const names = namesBound(line, file.facts);
    if (text.length > 0 && (names.length === 0 || names.some((name) => usesName(text, name))))
      wanted.push(line.trimEnd());
  }
  return wanted;
}

function placed(file: EditedFile, wanted: readonly string[]): Replacement {
  const place = importPlace(file.lines, file.snapshot.scan, file.facts, wanted[0]);
  const hasImports = file.lines.slice(0, place).some((line) => isImport(line, file.facts));
  const before = hasImports || place === 0 ? [] : [""];
  const next = lineAt(file.lines, place).trim();
  const after = hasImports || next === "" ? [] : [""];
  return { start: place, end: place, lines: [...before, ...wanted, ...after] };
}
