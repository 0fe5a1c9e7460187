/** The text of a docstring, a doc comment or a run of comment lines, without its marks. */
export interface DocText {
  /** Zero-based line of the document where it begins. */
  readonly line: number;
  readonly text: string;
  /** A docstring as it is written, with its quotes. */
  readonly literal?: string;
}

const docstring = /^[ \t]*[rRuU]?("""|''')([\s\S]*?)\1/gm;
const hashLines = /(?:^[ \t]*#(?!!).*(?:\r?\n|$))+/gm;
const blockComment = /^[ \t]*\/\*([\s\S]*?)\*\//gm;
const slashLines = /(?:^[ \t]*\/\/.*(?:\r?\n|$))+/gm;

/** Only what begins its line counts: a comment behind code, or a string inside it, documents nothing. */
export function docTexts(text: string, languageId: string): readonly DocText[] {
  switch (languageId) {
    case "python":
      return inOrder([
        ...found(text, docstring, (match) => match[2] ?? "").map((doc, index) => ({
          ...doc,
          literal: (text.match(docstring)?.[index] ?? "").trim(),
        })),
        ...found(text, hashLines, (match) => match[0].replace(/^[ \t]*#+ ?/gm, "")),
      ]);
    case "javascript":
    case "typescript":
      return inOrder([
        ...found(text, blockComment, (match) => (match[1] ?? "").replace(/^[ \t]*\*+ ?/gm, "")),
        ...found(text, slashLines, (match) => match[0].replace(/^[ \t]*\/\/+ ?/gm, "")),
      ]);
    default:
      return [];
  }
}

function found(
  text: string,
  pattern: RegExp,
  textOf: (match: RegExpMatchArray) => string,
): readonly DocText[] {
  return [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length - 1,
    text: textOf(match),
  }));
}

function inOrder(texts: readonly DocText[]): readonly DocText[] {
  return [...texts].sort((one, other) => one.line - other.line);
}
