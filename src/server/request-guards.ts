import type { CodeActionParams } from "vscode-languageserver";
import { defined } from "../base/defined";
import { isCount, isRecord } from "../base/guards";
import type { Texts } from "../base/l10n";
import { parseRange } from "../protocol/document";
import type {
  ChangedTextParams,
  ServerOptions,
  SyntaxContextParams,
  TextContextParams,
  TextParams,
} from "../protocol/language-server";

// What comes over the wire has no type yet; what is not exactly what it should be gives undefined.

export function codeActionParams(value: unknown): CodeActionParams | undefined {
  if (!isRecord(value) || parseRange(value["range"]) === undefined) return undefined;
  const { textDocument, context } = value;
  if (!isRecord(textDocument) || typeof textDocument["uri"] !== "string") return undefined;
  if (!isRecord(context) || !Array.isArray(context["diagnostics"])) return undefined;
  return value as unknown as CodeActionParams;
}

export function syntaxContextParams(value: unknown): SyntaxContextParams | undefined {
  if (!isRecord(value) || typeof value["uri"] !== "string") return undefined;
  const range = parseRange(value["range"]);
  const since = changedTextParams(value["since"]);
  return range && { uri: value["uri"], range, ...defined({ since }) };
}

export function textParams(value: unknown): TextParams | undefined {
  if (!isRecord(value)) return undefined;
  const { languageId, text } = value;
  if (typeof languageId !== "string" || typeof text !== "string") return undefined;
  return { languageId, text };
}

export function textContextParams(value: unknown): TextContextParams | undefined {
  const params = textParams(value);
  const range = isRecord(value) ? parseRange(value["range"]) : undefined;
  return params && range && { ...params, range };
}

export function changedTextParams(value: unknown): ChangedTextParams | undefined {
  if (!isRecord(value)) return undefined;
  const { base, start, end, inserted } = value;
  if (typeof base !== "string" || typeof inserted !== "string") return undefined;
  if (!isCount(start) || !isCount(end) || end < start) return undefined;
  return { base, start, end, inserted };
}

function isTexts(value: unknown): value is Texts {
  return isRecord(value) && Object.values(value).every((each) => typeof each === "string");
}

export function serverOptions(value: unknown): ServerOptions {
  if (!isRecord(value)) return {};
  const { grammarsFolder, language, texts } = value;
  return {
    ...(typeof grammarsFolder === "string" && { grammarsFolder }),
    ...(typeof language === "string" && { language }),
    ...(isTexts(texts) && { texts }),
  };
}
