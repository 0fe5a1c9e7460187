import { linesOf } from "../../base/text/lines";
import type { Position } from "../../protocol/document";
import type { SymbolInfo } from "../../protocol/syntax";
import { wholeWord } from "../edit/text/whole-word";
import { type CodeInQuestion, codeInQuestion, namesIn, type UsedName } from "./code-names";
import type { ContextQuery } from "./context-source";

const mostNames = 16;
const mostParameters = 4;
/** A declaration has its name in one of its first lines. */
const headLines = 5;

/** The names in code that it is worth asking about: where they are declared, or of which type. */
export interface AskedNames {
  readonly declared: readonly UsedName[];
  readonly typed: readonly UsedName[];
}

/**
 * What is called comes first, then what looks like a type or is imported; what is left are locals
 * and key words. The type is asked for of parameters that are no functions.
 */
export function namesToAsk(code: CodeInQuestion, signature: string | undefined): AskedNames {
  const all = [...namesIn(code.text).values()];
  const isOther = ({ name, isCalled }: UsedName): boolean =>
    !isCalled && (/^\p{Lu}/u.test(name) || wholeWord(name).test(code.imports));
  const called = all.filter(({ isCalled }) => isCalled);
  const parameters = namesIn(signature ?? "");
  return {
    declared: [...called, ...all.filter(isOther)].slice(0, mostNames),
    typed: all
      .filter(({ name, isCalled }) => parameters.has(name) && !isCalled && /^[a-z_]/.test(name))
      .slice(0, mostParameters),
  };
}

/** Where a name of the code stands in its document. */
export function placeOf({ at }: UsedName, { text, startLine }: CodeInQuestion): Position {
  const before = text.slice(0, at).split("\n");
  const character = at - text.lastIndexOf("\n", at - 1) - 1;
  return { line: startLine + before.length - 1, character };
}

/** Where a declaration has its name; undefined where its first lines do not hold it. */
export function namePlace(
  text: string,
  { name, bodyRange }: Pick<SymbolInfo, "name" | "bodyRange">,
): Position | undefined {
  const start = bodyRange.start.line;
  for (const [below, line] of linesOf(text)
    .slice(start, start + headLines)
    .entries()) {
    const character = line.indexOf(name);
    if (character >= 0) return { line: start + below, character };
  }
  return undefined;
}

/**
 * Whether a declaration elsewhere names what is asked about, or is named there. One of the same
 * name is neither.
 */
export function relatedTo({
  target,
  syntax,
}: Pick<ContextQuery, "target" | "syntax">): (name: string, text: string) => boolean {
  const used = namesIn(codeInQuestion(target.text, target.range, syntax).text);
  const asked = syntax?.enclosing?.name;
  return (name, text) =>
    name !== asked && (used.has(name) || (asked !== undefined && namesIn(text).has(asked)));
}
