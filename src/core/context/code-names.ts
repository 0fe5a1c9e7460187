import { escapeRegExp } from "../../base/escape-reg-exp";
import { linesOf, sliceLines } from "../../base/text/lines";
import { lastLineOf } from "../../base/text/positions";
import type { SyntaxContext } from "../../protocol/syntax";

/** The code that a request is about, and what it imports. */
export interface CodeInQuestion {
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly imports: string;
}

/**
 * Without a declaration around the place, so many lines above and below are what the request is
 * about.
 */
const aroundLines = 40;
const mostLines = 400;

export function codeInQuestion(
  text: string,
  range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } },
  syntax: SyntaxContext | undefined,
): CodeInQuestion {
  const lines = linesOf(text);
  const symbol = syntax?.enclosing;
  const startLine = symbol?.range.start.line ?? Math.max(0, range.start.line - aroundLines);
  const end =
    symbol === undefined
      ? Math.min(lines.length - 1, range.end.line + aroundLines)
      : lastLineOf(symbol.range);
  const endLine = Math.min(end, startLine + mostLines);
  const imports = (syntax?.imports ?? [])
    .map((each) => sliceLines(lines, each.start.line, lastLineOf(each)))
    .join("\n");
  return { text: sliceLines(lines, startLine, endLine), startLine, endLine, imports };
}

/** A name that the code uses. `isMember`: behind a dot, an arrow or two colons, at least once. */
export interface UsedName {
  readonly name: string;
  readonly isMember: boolean;
  readonly isCalled: boolean;
  /** Where it first stands in the code, in UTF-16 code units. */
  readonly at: number;
}

const identifier =
  /(?<before>\.|->|::)?\s*(?<name>[\p{L}_$][\p{L}\p{N}_$]*)(?<call>\s*(?:<[^<>()]*>)?\s*!?\()?/gu;

/**
 * The names in code, in the order in which they first stand there; words of comments and strings
 * are among them.
 */
export function namesIn(code: string): ReadonlyMap<string, UsedName> {
  const found = new Map<string, UsedName>();
  for (const { groups = {}, index, 0: whole } of code.matchAll(identifier)) {
    const { name = "" } = groups;
    if (name.length < 2) continue;
    const before = found.get(name);
    found.set(name, {
      name,
      isMember: (before?.isMember ?? false) || groups["before"] !== undefined,
      isCalled: (before?.isCalled ?? false) || groups["call"] !== undefined,
      at: before?.at ?? index + whole.indexOf(name),
    });
  }
  return found;
}

/**
 * Whether the code gives the name a value of its own, so that it means nothing of another file:
 * `const people = ids.map(…)`.
 */
export function isBoundIn(code: string, name: string): boolean {
  const own = escapeRegExp(name);
  const given = `^[ \\t]*(?:[\\w<>\\[\\]*&:.,]+[ \\t]+)*${own}(?:[ \\t]*:[^=\\n;(){}]*)?[ \\t]*(?::=|=(?![=>~]))`;
  const each = `\\bfor[ \\t(]+(?:\\w+[ \\t]+)?${own}[ \\t]+(?:in|of)\\b`;
  return new RegExp(`${given}|${each}`, "mu").test(code);
}
