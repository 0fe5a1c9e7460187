import { lastLine, lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { lineSimilarity } from "../text/line-similarity";
import { says } from "../text/lines";
import { thresholds } from "../thresholds";
import { type FenceLine, isSameMark } from "./fence-line";
import type { OwnFile, OwnText } from "./own-text";

export interface FenceQuestion {
  readonly fence: FenceLine;
  readonly lines: readonly string[];
  readonly at: number;
}

export function mayHoldFences(own: OwnText, fence: FenceLine): boolean {
  return (
    own.files.some(isMarkdown) ||
    own.indexes.some((file) => file.fences.some(({ mark }) => isSameMark(fence, mark)))
  );
}

/** Whether two marks in a row are a fence in the code, and not its end and another's beginning. */
export function isOwnFence(own: OwnText, question: FenceQuestion): boolean {
  const { fence, lines, at } = question;
  const given = lines.slice(at + 1);
  const between = given.filter(says);
  if (between.length > 0 && own.hasAll(between)) return true;
  const above = saidAbove(lines, at);
  const first = lines.find(says);
  const isHead =
    first !== undefined && above.length > 0 && own.indexes.some((file) => file.beginsWith(first));
  const here = own
    .fencesLike(fence)
    .filter((theirs) => theirs.opens && standsBelow(above, theirs.above));
  if (here.some(({ inside }) => haveAlike(between, inside))) return true;
  // A second fence of Markdown would have a name too, and all of a text is given only once.
  const isText = isHead || /^(?:markdown|md)\b/i.test(fence.info);
  if (!isText || isProse(given)) return false;
  return here.length > 0 || (isHead && own.files.some(isMarkdown));
}

function saidAbove(lines: readonly string[], at: number): readonly string[] {
  const said: string[] = [];
  for (let above = at - 1; above >= 0 && said.length < 3; above--) {
    const line = lineAt(lines, above);
    if (says(line)) said.push(line);
  }
  return said;
}

function isProse(lines: readonly string[]): boolean {
  const last = lastLine(lines).trim();
  return (
    lines[0]?.trim() === "" || last === "" || /:$|^[A-Z](?=.*\s).*[.!]$/.test(last.slice(-200))
  );
}

function haveAlike(lines: readonly string[], others: readonly string[]): boolean {
  return lines.slice(0, limits.places).some((line) => others.some((other) => isAlike(line, other)));
}

/** One of the lines above is the file's, at the same distance; the nearest may be changed. */
function standsBelow(above: readonly string[], own: readonly string[]): boolean {
  if (above.length === 0) return own.length === 0;
  return own.some((line, at) => {
    const theirs = above[at]?.trim();
    return theirs === line || (at === 0 && theirs !== undefined && isAlike(theirs, line));
  });
}

function isAlike(a: string, b: string): boolean {
  return lineSimilarity(a, b) >= thresholds.alike;
}

export function isMarkdown({ languageId, path }: OwnFile): boolean {
  return (
    /^(?:markdown|mdx|quarto|rmd|asciidoc|restructuredtext)$/.test(languageId) ||
    /\.(?:md|mdx|markdown|qmd|rmd)$/i.test(path)
  );
}
