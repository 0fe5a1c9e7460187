import { grouped } from "../base/grouped";
import type { Range } from "../protocol/document";
import type { ChangedTextParams, KeptSymbols } from "../protocol/language-server";
import type { SymbolInfo } from "../protocol/syntax";

/**
 * The outline of a changed text, with runs instead of the symbols that the client can move by
 * itself.
 */
export function keptSymbols(
  before: readonly SymbolInfo[],
  after: readonly SymbolInfo[],
  change: ChangedTextParams,
): (SymbolInfo | KeptSymbols)[] {
  const sent: (SymbolInfo | KeptSymbols)[] = [];
  let run: { from: number; count: number; lines: number } | undefined;
  let places: ReadonlyMap<string, readonly number[]> | undefined;
  let next = 0;
  for (const symbol of after) {
    let at: number | undefined = next;
    // Nearly always the next one; where it is not, the first behind it that is called so.
    if (!isCalledAs(before[at], symbol)) {
      places ??= grouped(before.keys(), (place) => keyOf(before[place] ?? symbol));
      at = places.get(keyOf(symbol))?.find((place) => place >= next);
    }
    const old = at === undefined ? undefined : before[at];
    if (at === undefined || old === undefined) {
      sent.push(symbol);
      continue;
    }
    next = at + 1;
    const lines = symbol.range.start.line - old.range.start.line;
    if (!isMoved(old, symbol, lines, change)) sent.push(symbol);
    else if (
      run !== undefined &&
      sent.at(-1) === run &&
      run.from + run.count === at &&
      run.lines === lines
    )
      run.count++;
    else {
      run = { from: at, count: 1, lines };
      sent.push(run);
    }
  }
  return sent;
}

function keyOf({ kind, name, container, role }: SymbolInfo): string {
  return `${kind} ${role ?? ""} ${container ?? ""} ${name}`;
}

function isCalledAs(one: SymbolInfo | undefined, other: SymbolInfo): boolean {
  return (
    one?.name === other.name &&
    one.kind === other.kind &&
    one.role === other.role &&
    one.container === other.container
  );
}

function isMoved(
  old: SymbolInfo,
  symbol: SymbolInfo,
  lines: number,
  { start, end, inserted }: ChangedTextParams,
): boolean {
  if (old === symbol) return true;
  const { block } = old;
  const shift = block !== undefined && block >= end ? inserted.length - (end - start) : 0;
  return (
    old.signature === symbol.signature &&
    old.doc === symbol.doc &&
    symbol.block === (block === undefined ? undefined : block + shift) &&
    isMovedRange(old.range, symbol.range, lines) &&
    isMovedRange(old.bodyRange, symbol.bodyRange, lines)
  );
}

function isMovedRange(old: Range, range: Range, lines: number): boolean {
  return (
    old.start.line + lines === range.start.line &&
    old.end.line + lines === range.end.line &&
    old.start.character === range.start.character &&
    old.end.character === range.end.character
  );
}
