import { comparePositions } from "../base/text/positions";
import type { Range } from "../protocol/document";
import type { SymbolKind, SyntaxContext } from "../protocol/syntax";
import type { Declarations } from "./declarations";
import { LineTable } from "./line-table";

/**
 * Kinds that a person means by "this function" or "this class". A constant or a whole module is not
 * what a request is about.
 */
const enclosingKinds: readonly SymbolKind[] = [
  "function",
  "method",
  "class",
  "interface",
  "type",
  "enum",
  "other",
];
const classKinds: readonly SymbolKind[] = ["class", "interface", "enum"];

/**
 * What is known about a place: the innermost declaration that holds all of `range`, the class
 * around that, and the document's outline.
 */
export function syntaxContext(
  declarations: Declarations,
  text: string,
  range: Range,
  lines = LineTable.of(text),
): SyntaxContext {
  const { outline, imports } = declarations;
  const place = withoutOuterSpace(range, text, lines);
  const around = outline.filter((symbol) => holds(symbol.range, place));
  const enclosing = around.findLast((symbol) => enclosingKinds.includes(symbol.kind));
  if (enclosing === undefined) return { outline, imports };
  const container = around.findLast(
    (symbol) =>
      symbol !== enclosing &&
      classKinds.includes(symbol.kind) &&
      holds(symbol.range, enclosing.range),
  );
  return { enclosing, ...(container === undefined ? {} : { container }), outline, imports };
}

/**
 * A selection of whole lines ends at the start of the next line, and a cursor may stand in the
 * indentation: both mean the code that they touch.
 */
function withoutOuterSpace(range: Range, text: string, lines: LineTable): Range {
  const from = lines.offsetAt(range.start);
  const to = Math.max(from, lines.offsetAt(range.end));
  const selected = text.slice(from, to);
  if (selected.trim() !== "") {
    return lines.rangeOf(
      from + selected.length - selected.trimStart().length,
      from + selected.trimEnd().length,
    );
  }
  const ahead = /^[ \t]*/.exec(text.slice(to, to + 1_000))?.[0].length ?? 0;
  const lineStart = lines.offsetAt({ line: lines.positionAt(to).line, character: 0 });
  const inIndentation = text.slice(lineStart, to).trim() === "";
  return inIndentation ? lines.rangeOf(to + ahead, to + ahead) : lines.rangeOf(to, to);
}

function holds(outer: Range, inner: Range): boolean {
  return (
    comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0
  );
}
