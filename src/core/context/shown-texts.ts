import { linesOf } from "../../base/text/lines";

/**
 * A diff as it goes along: names and hashes say nothing that the heading of the piece does not.
 * @returns undefined for one without changes of text.
 */
export function shownDiff(diff: string, mostLines: number): string | undefined {
  const start = diff.search(/^@@/m);
  if (start < 0) return undefined;
  return cutLines(diff.slice(start), mostLines);
}

/** The first lines of several diffs, with their heads: those tell one file from the other. */
export function shownDiffs(diffs: string, mostLines: number): string | undefined {
  return diffs.includes("@@") ? cutLines(diffs, mostLines) : undefined;
}

function cutLines(text: string, mostLines: number): string {
  const lines = linesOf(text.trimEnd());
  const isLong = lines.length > mostLines;
  return (isLong ? [...lines.slice(0, mostLines), "…"] : lines).join("\n");
}

const mostCharacters = 400;
const codeBlock = /```[^\n]*\n([\s\S]*?)\n```/;

/** What an editor shows of a declaration. */
export interface ShownDeclaration {
  /** On one line. */
  readonly signature: string;
  readonly doc: string;
}

/** Reads it out of Markdown; undefined where no short signature is shown. */
export function shownDeclaration(markdown: string): ShownDeclaration | undefined {
  const code = codeBlock.exec(markdown);
  if (code === null) return undefined;
  const [all, block = ""] = code;
  const signature = block.replace(/\s+/g, " ").trim();
  if (signature === "" || signature.length > mostCharacters) return undefined;
  return { signature, doc: markdown.slice(code.index + all.length) };
}
