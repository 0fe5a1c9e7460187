import type { Range } from "../protocol/document";
import type { ChangedTextParams, KeptSymbols } from "../protocol/language-server";
import type { SymbolInfo } from "../protocol/syntax";

/** The outline of a changed text, with runs instead of the symbols that the client can move by itself. */
export function keptSymbols(
  before: readonly SymbolInfo[],
  after: readonly SymbolInfo[],
  change: ChangedTextParams,
): (SymbolInfo | KeptSymbols)[] {
  // The places of each key, the first one last, so that those behind can be taken off.
  const places = new Map<string, number[]>();
  for (let index = before.length - 1; index >= 0; index--) {
    const symbol = before[index];
    if (symbol === undefined) continue;
    const found = places.get(keyOf(symbol));
    if (found === undefined) places.set(keyOf(symbol), [index]);
    else found.push(index);
  }
  const sent: (SymbolInfo | KeptSymbols)[] = [];
  let next = 0;
  for (const symbol of after) {
    const found = places.get(keyOf(symbol));
    while (found !== undefined && (found.at(-1) ?? next) < next) found.pop();
    const at = found?.at(-1);
    const old = at === undefined ? undefined : before[at];
    if (at === undefined || old === undefined) {
      sent.push(symbol);
      continue;
    }
    next = at + 1;
    const lines = symbol.range.start.line - old.range.start.line;
    if (!isMoved(old, symbol, lines, change)) sent.push(symbol);
    else add(sent, at, lines);
  }
  return sent;
}

function add(sent: (SymbolInfo | KeptSymbols)[], at: number, lines: number): void {
  const last = sent.at(-1);
  if (
    last !== undefined &&
    "from" in last &&
    last.from + last.count === at &&
    last.lines === lines
  ) {
    sent[sent.length - 1] = { ...last, count: last.count + 1 };
  } else {
    sent.push({ from: at, count: 1, lines });
  }
}

function keyOf({ kind, name, container, role }: SymbolInfo): string {
  return `${kind} ${role ?? ""} ${container ?? ""} ${name}`;
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
