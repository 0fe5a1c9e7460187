import { escapeRegExp } from "../../base/escape-reg-exp";
import type { LanguageFacts } from "../../base/languages/language";
import { lineOf } from "../../base/text/line-ends";

/** The text of a docstring, a doc comment or a run of comment lines, without its marks. */
export interface DocText {
  /** Zero-based line of the document where it begins. */
  readonly line: number;
  readonly text: string;
  /** A docstring as it is written, with its quotes. */
  readonly literal?: string;
}

const docstring = /^[ \t]*[rRuU]?("""|''')([\s\S]*?)\1/gm;
const blockComment = /^[ \t]*\/\*([\s\S]*?)\*\//gm;

/**
 * Only what begins its line counts: a comment behind code, or a string inside it, documents
 * nothing.
 */
export function docTexts(text: string, facts: LanguageFacts): readonly DocText[] {
  const docstrings =
    facts.blocks === "indent"
      ? found(text, docstring, ([, , doc = ""]) => doc).map((doc, index) => ({
          ...doc,
          literal: (text.match(docstring)?.[index] ?? "").trim(),
        }))
      : [];
  const blocks =
    facts.blockComment?.[0] === "/*"
      ? found(text, blockComment, ([, doc = ""]) => doc.replace(/^[ \t]*\*+ ?/gm, ""))
      : [];
  const lines = facts.lineComments.flatMap((sign) => {
    const mark = `^[ \\t]*${escapeRegExp(sign)}`;
    // The first line of a script names its program.
    const run = new RegExp(`(?:${mark}(?!!).*(?:\\r?\\n|$))+`, "gm");
    const marks = new RegExp(`${mark}${escapeRegExp(sign.slice(-1))}* ?`, "gm");
    return found(text, run, (match) => match[0].replace(marks, ""));
  });
  return inOrder([...docstrings, ...blocks, ...lines]);
}

function found(
  text: string,
  pattern: RegExp,
  textOf: (match: RegExpMatchArray) => string,
): readonly DocText[] {
  return [...text.matchAll(pattern)].map((match) => ({
    line: lineOf(text, match.index),
    text: textOf(match),
  }));
}

function inOrder(texts: readonly DocText[]): readonly DocText[] {
  return [...texts].sort((one, other) => one.line - other.line);
}
