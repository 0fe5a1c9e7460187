import type { Position, Range } from "../protocol/document";
import type { ChangedTextParams, ServerOptions, SyntaxContextParams, TextContextParams, TextParams } from "../protocol/language-server";

// What comes over the wire has no type yet; what is not exactly what it should be gives undefined.

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isPosition(value: unknown): value is Position {
  return isRecord(value) && isCount(value["line"]) && isCount(value["character"]);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

export function isRange(value: unknown): value is Range {
  return isRecord(value) && isPosition(value["start"]) && isPosition(value["end"]);
}

export function syntaxContextParams(value: unknown): SyntaxContextParams | undefined {
  if (!isRecord(value) || typeof value["uri"] !== "string" || !isRange(value["range"])) return undefined;
  return { uri: value["uri"], range: value["range"] };
}

export function textParams(value: unknown): TextParams | undefined {
  if (!isRecord(value) || typeof value["languageId"] !== "string" || typeof value["text"] !== "string") return undefined;
  return { languageId: value["languageId"], text: value["text"] };
}

export function textContextParams(value: unknown): TextContextParams | undefined {
  const params = textParams(value);
  return params !== undefined && isRecord(value) && isRange(value["range"]) ? { ...params, range: value["range"] } : undefined;
}

export function changedTextParams(value: unknown): ChangedTextParams | undefined {
  if (!isRecord(value)) return undefined;
  const { base, start, end, inserted } = value;
  if (typeof base !== "string" || typeof inserted !== "string") return undefined;
  if (!isCount(start) || !isCount(end) || end < start) return undefined;
  return { base, start, end, inserted };
}

export function serverOptions(value: unknown): ServerOptions {
  return isRecord(value) && typeof value["grammarsFolder"] === "string" ? { grammarsFolder: value["grammarsFolder"] } : {};
}
