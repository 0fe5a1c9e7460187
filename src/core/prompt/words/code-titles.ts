import { t } from "../../../base/l10n";
import type { SymbolInfo } from "../../../protocol/syntax";
import type { CodeContext } from "../code-context";

export function subjectOf(path: string, context: CodeContext): string {
  const { symbol } = context;
  if (symbol !== undefined)
    return `the ${symbol.kind === "other" ? "declaration" : symbol.kind} \`${symbol.name}\``;
  return context.scope === "file" ? `the file ${path}` : `this part of ${path}`;
}

export function codeTitle(path: string, context: CodeContext): string {
  switch (context.scope) {
    case "file":
      return `The file ${path}:`;
    case "symbol":
      return `From ${path}:`;
    case "lines":
      return `A part of ${path}:`;
    default:
      return context.scope satisfies never;
  }
}

export function codeLabel(path: string, context: CodeContext): string {
  switch (context.scope) {
    case "file":
      return path;
    case "symbol":
      return context.symbol === undefined ? t("code") : symbolLabel(context.symbol);
    case "lines":
      return t("lines {0}–{1} of {2}", context.startLine + 1, context.endLine + 1, path);
    default:
      return context.scope satisfies never;
  }
}

export function symbolLabel({ kind, name }: Pick<SymbolInfo, "kind" | "name">): string {
  switch (kind) {
    case "function":
      return t("function {0}", name);
    case "method":
      return t("method {0}", name);
    case "class":
      return t("class {0}", name);
    case "interface":
      return t("interface {0}", name);
    case "type":
      return t("type {0}", name);
    case "enum":
      return t("enum {0}", name);
    case "module":
      return t("module {0}", name);
    case "variable":
      return t("variable {0}", name);
    case "other":
      return name;
    default:
      return kind satisfies never;
  }
}
