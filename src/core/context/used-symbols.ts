import { t } from "../../base/l10n";
import type { Target } from "../../protocol/document";
import type { SymbolInfo } from "../../protocol/syntax";
import type { UsedName } from "./code-names";

export function isType({ kind }: Pick<SymbolInfo, "kind">): boolean {
  return kind === "class" || kind === "interface" || kind === "type" || kind === "enum";
}

export function isFunction({ kind }: Pick<SymbolInfo, "kind">): boolean {
  return kind === "function" || kind === "method";
}

/** Why a declaration goes along whose name the code uses. */
export function useReason({ name, isCalled }: UsedName): string {
  return isCalled ? t("{0} is called here.", name) : t("{0} is used here.", name);
}

/** Whether one of the problems that are asked about names it. */
export function isInProblem({ diagnostics }: Target, name: string): boolean {
  return diagnostics.some(({ message }) => message.includes(name));
}
