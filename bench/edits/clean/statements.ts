import { kindOf } from "./read-lines";
import { indentOf, type ReadFile, type Unit } from "./units";

/**
 * A whole simple statement on a line of its own, in the body of a function, that stands and falls
 * alone.
 */
export function isStatement(read: ReadFile, at: number): boolean {
  const { code } = read;
  const { facts } = read.file;
  if (code === undefined || kindOf(read, at) !== 0 || kindOf(read, at + 1) === 2) return false;
  if (!isInBody(read, at)) return false;
  const line = (code[at] ?? "").trim();
  if (line === "" || !balanced(line) || depthAt(read, at) > 0) return false;
  const before = codeBefore(read, at);
  const after = codeAfter(read, at);
  if (/^[.?:)\]}&|+*/-]/.test(after) && !/^[}\])]/.test(after)) return false;
  if (facts.id === "css" || facts.id === "scss") return /^[\w-]+\s*:[^{]*;$/.test(line);
  if (facts.semicolons === true) {
    if (
      !/^[^;{}]*;$/.test(line) ||
      /^(?:else|case|default|break|continue|return|throw|goto|if|for|while|do|public|private|protected|using|typedef|struct|#)/.test(
        line,
      )
    )
      return false;
    if (/^(?:\)|\.|\?|:|,|&&|\|\||\+|-)/.test(line)) return false;
    return /[;{}]$/.test(before) || (/^(?:case\b.*|default):$/.test(before) && false);
  }
  if (
    !/^(?:(?:let|var|val|local|const|my)\s+)?[\w.$@:>[\]"'-]+(?:\s*:\s*[\w<>?.[\]]+)?\s*(?::=|[+|-]?=)\s*[^=\s].*$|^[\w.:@!]+\(.*\)$/.test(
      line,
    )
  )
    return false;
  if (
    /^(?:if|elif|for|while|return|def|class|with|end|else|case|when|fun|func|guard|switch|raise|throw|yield|await|not|and|or|local function|then|do|sub|unless|super|self\.init)\b/.test(
      line,
    )
  )
    return false;
  if (
    /[\\,({[=+|&<*/-]$|\b(?:and|or|not|in|then|do|function\s*\(.*\)|else)$/.test(line) ||
    /\bfunction\b|=>|->|\{/.test(line)
  )
    return false;
  return !/[\\,([=+|&.*/-]$|\b(?:and|or|not|else)$|^@/.test(before);
}

function isInBody(read: ReadFile, at: number): boolean {
  return read.units.some(
    (unit) => unit.kind === "function" && at >= unit.bodyStart && at < unit.bodyEnd,
  );
}

function codeBefore(read: ReadFile, at: number): string {
  for (let line = at - 1; line >= 0; line--) {
    const text = (read.code?.[line] ?? "").trim();
    if (text !== "") return text;
  }
  return "";
}

function codeAfter(read: ReadFile, at: number): string {
  for (let line = at + 1; line < (read.code?.length ?? 0); line++) {
    const text = (read.code?.[line] ?? "").trim();
    if (text !== "") return text;
  }
  return "";
}

function balanced(line: string): boolean {
  let depth = 0;
  for (const char of line) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}

/** Open round and square brackets at a line's start, counted from the function's body. */
function depthAt(read: ReadFile, at: number): number {
  const unit = read.units.findLast(
    (one) => one.kind === "function" && at >= one.bodyStart && at < one.bodyEnd,
  );
  let depth = 0;
  for (let line = unit?.bodyStart ?? 0; line < at; line++) {
    for (const char of read.code?.[line] ?? "") {
      if (char === "(" || char === "[") depth++;
      if (char === ")" || char === "]") depth--;
    }
  }
  return depth;
}

/** Nothing that follows such a line in its block is ever run. */
export function leaves(read: ReadFile, at: number): boolean {
  return /^(?:return|throw|raise|break|continue|goto|exit|die)\b/.test(
    (read.code?.[at] ?? "").trim(),
  );
}

export function declares(read: ReadFile, at: number): boolean {
  return /^(?:const|let|var|val|local|my|auto|int|final|static|[\w<>]+\s+\w+\s*=)|:=/.test(
    (read.code?.[at] ?? "").trim(),
  );
}

/** Whether another statement of the same block stays when this one goes. */
export function hasSibling(read: ReadFile, at: number): boolean {
  const indent = indentOf(read.file.lines[at] ?? "");
  return [at - 1, at + 1].some(
    (other) => isStatement(read, other) && indentOf(read.file.lines[other] ?? "") === indent,
  );
}

export function localNames(read: ReadFile, unit: Unit): string[] {
  const names = new Set<string>();
  for (let at = unit.bodyStart; at < unit.bodyEnd; at++) {
    const match =
      /^\s*(?:const|let|var|val|local|my|auto|int|final \w+)?\s*(\$?[a-z_]\w{2,})\s*(?::=|=(?!=))/.exec(
        read.code?.[at] ?? "",
      );
    if (
      match?.[1] !== undefined &&
      match[1] !== unit.name &&
      !/^(?:self|this|return|const|let|var|val|local)$/.test(match[1])
    )
      names.add(match[1]);
  }
  return [...names].sort();
}
