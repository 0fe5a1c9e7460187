import { linesOf, sliceLines } from "../../base/text/lines";
import { holdsLines, isEmptyRange, lastLineOf } from "../../base/text/positions";
import type { Target } from "../../protocol/document";
import type { SymbolInfo, SyntaxContext } from "../../protocol/syntax";

/** The code a request is about, and what is shown around it. */
export interface CodeContext {
  /**
   * `symbol`: one declaration; `file`: all of it; `lines`: a window of a file that has no symbol
   * there.
   */
  readonly scope: "symbol" | "file" | "lines";
  readonly code: string;
  /** Zero-based first and last line of `code` in the file. */
  readonly startLine: number;
  readonly endLine: number;
  /** The declaration that the person points at, even when the whole file is shown. */
  readonly symbol?: SymbolInfo;
  /** The import lines, when they are not part of `code`. */
  readonly imports: string;
  /** Signatures of the file's other declarations that the code names. */
  readonly related: readonly string[];
}

/**
 * A file up to this many lines is shown whole: its reading costs seconds and the model sees
 * everything.
 */
const wholeFileLines = 70;
/** Lines shown above and below when there is no symbol to show. */
const windowLines = 30;
/**
 * A symbol longer than this is shown as a window around the target, for a model that reads 50
 * tokens a second.
 */
const symbolTokenLimit = 2_500;
const relatedLimit = 12;

/**
 * Chooses what the model is shown of the target's file.
 * @param tokenLimit upper bound for `code`; what is larger is cut to a window around the target,
 * and in the end to a part of a line.
 */
export function codeContextOf(
  target: Target,
  syntax: SyntaxContext | undefined,
  tokenLimit: number,
  tokensOf: (text: string) => number,
): CodeContext {
  const lines = linesOf(target.text);
  const limit = Math.min(tokenLimit, symbolTokenLimit);
  const symbol = pointedSymbol(target, syntax);
  const nothingElse = { imports: "", related: [] };
  const withSymbol = symbol === undefined ? {} : { symbol };
  if (lines.length <= wholeFileLines && tokensOf(target.text) <= limit) {
    return {
      scope: "file",
      code: lines.join("\n"),
      startLine: 0,
      endLine: lines.length - 1,
      ...withSymbol,
      ...nothingElse,
    };
  }
  if (symbol !== undefined) {
    const startLine = symbol.range.start.line;
    const endLine = lastLineOf(symbol.range);
    const code = sliceLines(lines, startLine, endLine);
    if (tokensOf(code) <= limit) {
      return {
        scope: "symbol",
        code,
        startLine,
        endLine,
        symbol,
        ...surroundings(lines, syntax, code, startLine, endLine, symbol),
      };
    }
  }
  const first = symbol === undefined ? 0 : symbol.range.start.line;
  const last = symbol === undefined ? lines.length - 1 : lastLineOf(symbol.range);
  const { startLine, endLine, code, isCut } = windowAround(
    target,
    lines,
    { first, last },
    { wanted: limit, most: tokenLimit },
    tokensOf,
  );
  const isWhole = !isCut && startLine <= first && endLine >= last;
  const scope = !isWhole ? "lines" : symbol === undefined ? "file" : "symbol";
  return {
    scope,
    code,
    startLine,
    endLine,
    ...withSymbol,
    ...surroundings(lines, syntax, code, startLine, endLine, symbol),
  };
}

/**
 * The enclosing declaration, unless the person selected more than it holds; a file's only
 * declaration stands for the file.
 */
function pointedSymbol(target: Target, syntax: SyntaxContext | undefined): SymbolInfo | undefined {
  if (syntax === undefined) return undefined;
  const { enclosing } = syntax;
  if (
    enclosing !== undefined &&
    (isEmptyRange(target.range) || holdsLines(enclosing.range, target.range))
  )
    return enclosing;
  const outermost = syntax.outline.filter((symbol) => symbol.container === undefined);
  const [only] = outermost;
  return outermost.length === 1 && only !== undefined && overlaps(only, target) ? only : undefined;
}

function overlaps(symbol: SymbolInfo, target: Target): boolean {
  return (
    target.range.start.line <= lastLineOf(symbol.range) &&
    lastLineOf(target.range) >= symbol.range.start.line
  );
}

/**
 * Shrinks from the far ends inward; the lines that were pointed at are cut only where they alone
 * are more than may be sent.
 */
function windowAround(
  target: Target,
  lines: readonly string[],
  { first, last }: { readonly first: number; readonly last: number },
  { wanted, most }: { readonly wanted: number; readonly most: number },
  tokensOf: (text: string) => number,
): {
  readonly startLine: number;
  readonly endLine: number;
  readonly code: string;
  readonly isCut: boolean;
} {
  const { start } = target.range;
  let startLine = Math.max(first, start.line - windowLines);
  let endLine = Math.min(last, lastLineOf(target.range) + windowLines);
  const text = (): string => sliceLines(lines, startLine, endLine);
  while (tokensOf(text()) > wanted) {
    const before = start.line - startLine;
    const after = endLine - lastLineOf(target.range);
    if (before <= 0 && after <= 0) break;
    if (before >= after) startLine += Math.ceil(before / 4);
    else endLine -= Math.ceil(after / 4);
  }
  while (endLine > startLine && tokensOf(text()) > most)
    endLine = startLine + Math.floor((endLine - startLine) * 0.75);
  const code = text();
  if (tokensOf(code) <= most) return { startLine, endLine, code, isCut: false };
  const part = partOfLine(code, start.character, most, tokensOf);
  return { startLine, endLine, code: part, isCut: true };
}

/** `…, 4, 5, 6, …`: what fits of a line around a character of it. */
function partOfLine(
  line: string,
  character: number,
  mostTokens: number,
  tokensOf: (text: string) => number,
): string {
  for (let length = mostTokens * 4; length > 0; length = Math.floor(length * 0.75)) {
    const from = Math.max(0, Math.min(character - length / 2, line.length - length));
    const part = line.slice(from, from + length);
    const shown = `${from > 0 ? "…" : ""}${part}${from + length < line.length ? "…" : ""}`;
    if (tokensOf(shown) <= mostTokens) return shown;
  }
  return "";
}

function surroundings(
  lines: readonly string[],
  syntax: SyntaxContext | undefined,
  code: string,
  startLine: number,
  endLine: number,
  symbol: SymbolInfo | undefined,
): { imports: string; related: readonly string[] } {
  if (syntax === undefined) return { imports: "", related: [] };
  const imports = syntax.imports
    .filter((range) => range.start.line < startLine || range.start.line > endLine)
    .map((range) => sliceLines(lines, range.start.line, lastLineOf(range)))
    .join("\n");
  const names = new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  const related = syntax.outline
    .filter((other) => names.has(other.name) && other.name !== symbol?.name)
    .filter((other) => other.range.start.line < startLine || other.range.start.line > endLine)
    .slice(0, relatedLimit)
    .map((other) =>
      other.container === undefined ? other.signature : `${other.container}: ${other.signature}`,
    );
  return { imports, related };
}
