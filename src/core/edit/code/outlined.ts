import { oncePer } from "../../../base/once-per";
import type { SymbolInfo } from "../../../protocol/syntax";
import { receiverOf } from "./declaration-head";
import type { Declaration } from "./declarations";

export const fromOutline = oncePer((outline: readonly SymbolInfo[]): readonly Declaration[] =>
  outline.flatMap((symbol): Declaration[] => {
    if (symbol.kind === "variable" && symbol.bodyRange.end.line === symbol.bodyRange.start.line)
      return [];
    const isType =
      symbol.kind !== "function" && symbol.kind !== "method" && symbol.kind !== "variable";
    const { start, end } = symbol.range;
    return [
      {
        name: symbol.name,
        kind: isType ? "type" : "callable",
        start: start.line,
        end: end.character === 0 && end.line > start.line ? end.line : end.line + 1,
        head: symbol.bodyRange.start.line,
        ...(symbol.container === undefined ? {} : { container: symbol.container }),
        ...receiverOf(symbol.signature),
        ...(symbol.kind === "variable" ? { isValue: true } : {}),
      },
    ];
  }),
);
