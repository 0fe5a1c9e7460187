import type { LanguageFacts } from "../../../base/languages/language";
import { lastLine, lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { indentOf } from "../text/indentation";
import { maskAt, type ScannedLine } from "../text/scan-line";
import type { Head } from "./declaration-head";
import { endByLayout } from "./end-by-layout";

/** The line behind the declaration's last; undefined when it has no body where one must be. */
export function endOf(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
  { loose, assigned, kind, isWord }: Head,
): number | undefined {
  switch (facts.blocks) {
    case "indent":
      return endByIndent(lines, scanned, head);
    case "brace":
      return (
        (assigned === true ? endOfExpression(scanned, head) : undefined) ??
        (isWord === true ? endByLayout(lines, scanned, head, kind === "callable") : undefined) ??
        endByBrace(scanned, head, loose)
      );
    case "end":
      return endOfHead(lines, scanned, head, facts) ?? endByWord(lines, scanned, head);
    case "none":
      return undefined;
  }
}

function endByIndent(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
): number {
  const depth = indentOf(lineAt(lines, head)).length;
  let end = head + 1;
  // A body that lost its indentation goes on to the first blank line.
  if (
    /:\s*$/.test(maskAt(scanned, head)) &&
    /^\s*(?:return|raise|yield|pass)\b/.test(maskAt(scanned, end)) &&
    indentOf(lineAt(lines, end)).length <= depth
  )
    while (end < lines.length && lineAt(lines, end).trim() !== "") end++;
  for (let at = head + 1; at < lines.length; at++) {
    const scan = scanned[at];
    if (!scan || scan.kind === "blank") continue;
    const isFree = !scan.inside && scan.depth === 0;
    const deeper = indentOf(lineAt(lines, at)).length > depth;
    if (isFree && !deeper) {
      if (scan.kind === "code") break;
      continue;
    }
    end = at + 1;
  }
  return end;
}

export function endByBrace(
  scanned: readonly ScannedLine[],
  head: number,
  needsBody: boolean,
): number | undefined {
  let braces = 0;
  let brackets = 0;
  let opened = false;
  for (let at = head; at < scanned.length; at++) {
    const mask = maskAt(scanned, at);
    for (let column = 0; column < mask.length; column++) {
      const char = mask[column];
      if (char === "(" || char === "[") brackets++;
      else if (char === ")" || char === "]") brackets--;
      else if (char === "{") {
        if (brackets <= 0) opened = true;
        braces++;
      } else if (char === "}") {
        braces--;
        if (braces < 0) return opened || !needsBody ? at : undefined;
        if (opened && braces === 0 && brackets <= 0) return at + 1;
      } else if (char === ";" && braces === 0 && brackets <= 0)
        return needsBody && !opened ? undefined : at + 1;
      // `int Next() => 1;`
      else if (char === "=" && mask[column + 1] === ">" && braces === 0 && brackets <= 0)
        opened = true;
      else if (char === "=" && needsBody && !opened && braces === 0 && brackets <= 0)
        return undefined;
    }
    // What calls something has no body below it.
    if (needsBody && !opened && at - head > limits.places) return undefined;
  }
  return needsBody && !opened ? undefined : scanned.length;
}

/** The line behind `const double = (n) => 2 * n`, where no semicolon ends it. */
function endOfExpression(scanned: readonly ScannedLine[], head: number): number | undefined {
  const mask = maskAt(scanned, head).trimEnd();
  if (!/=>/.test(mask) || /[{([,=>?:&|+*.-]$/.test(mask) || /=>\s*\{/.test(mask)) return undefined;
  let at = head + 1;
  while (at < scanned.length && scanned[at]?.kind !== "code") at++;
  const next = scanned[at];
  if (!next) return head + 1;
  const isDeeper = next.mask.search(/\S/) > mask.search(/\S/);
  return next.depth > (scanned[head]?.depth ?? 0) || isDeeper || /^\s*[.?:&|{+]/.test(next.mask)
    ? undefined
    : head + 1;
}

/** Whether what opens a declaration that goes on to the last line is closed there. */
export function isEnded(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
): boolean {
  switch (facts.blocks) {
    case "brace":
      return isClosed(scanned, head, lines.length);
    case "end":
      return (
        /^\s*end\b/.test(lastLine(lines)) ||
        /\bend\b/.test(maskAt(scanned, head)) ||
        endOfHead(lines, scanned, head, facts) !== undefined
      );
    case "indent":
    case "none":
      return true;
  }
}

export function isClosed(scanned: readonly ScannedLine[], start: number, end: number): boolean {
  let braces = 0;
  for (let at = start; at < end; at++) {
    for (const char of maskAt(scanned, at)) {
      if (char === "{") braces++;
      else if (char === "}") braces--;
    }
  }
  return braces <= 0;
}

/** With what stands deeper below it; undefined where a block follows, or may. */
function endOfHead(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  { blockOpens }: LanguageFacts,
): number | undefined {
  if (blockOpens === undefined) return undefined;
  const depth = indentOf(lineAt(lines, head)).length;
  for (let at = head; at < lines.length; at++) {
    const isBelow = at > head && indentOf(lineAt(lines, at)).length <= depth;
    if (isBelow || scanned[at]?.kind === "blank") return at;
    if (blockOpens.test(maskAt(scanned, at))) return undefined;
  }
  return lines.length;
}

function endByWord(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
): number | undefined {
  const depth = indentOf(lineAt(lines, head)).length;
  for (let at = head + 1; at < lines.length; at++) {
    if (scanned[at]?.kind === "code" && indentOf(lineAt(lines, at)).length <= depth)
      return /^\s*end\b/.test(lineAt(lines, at)) ? at + 1 : undefined;
  }
  return lines.length;
}
