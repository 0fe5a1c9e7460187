import type { LanguageFacts } from "../../../base/languages/language";

/** Where a comment in a comment begins; -1 where there is none, or the language knows none. */
export function innerComment(line: string, from: number, facts: LanguageFacts): number {
  return facts.nestedComments ? line.indexOf(facts.blockComment?.[0] ?? "", from) : -1;
}

export function endOfRegex(line: string, at: number, before: string): number {
  if (!mayOpenRegex(before)) return 0;
  const text = /^\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/.exec(line.slice(at))?.[0];
  return text === undefined ? 0 : at + text.length;
}

function mayOpenRegex(before: string): boolean {
  const code = before.trimEnd();
  return code === "" || /[=(,:[!&|?{};]/.test(code.slice(-1)) || /\breturn$/.test(code.slice(-7));
}

export function endOfLong(line: string, from: number, mark: string): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line.startsWith(mark, at)) return at;
  }
  return -1;
}

/** 0 when this quote opens no string: a lifetime, an apostrophe. */
export function endOfShort(
  line: string,
  from: number,
  quote: string,
  facts: LanguageFacts,
): number {
  if (
    quote === "'" &&
    facts.blocks === "brace" &&
    !facts.equalQuotes &&
    !facts.lineComments.includes("#")
  ) {
    const literal = /^'(?:\\.[^']{0,8}|[^'\\]{1,2})'/.exec(line.slice(from, from + 14))?.[0];
    return literal === undefined ? 0 : from + literal.length;
  }
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === quote) return at + 1;
  }
  return 0;
}
