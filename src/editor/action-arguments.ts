import type { ActionArguments } from "../protocol/commands";
import type { Diagnostic, Position, Range, Severity } from "../protocol/document";

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/**
 * Reads a command's first argument. A code action hands over {@link ActionArguments}; menus hand over a Uri, and keybindings and other
 * extensions whatever they like: all but the first give undefined, and the command then takes the active editor.
 */
export function parseActionArguments(value: unknown): ActionArguments | undefined {
  if (!isRecord(value) || typeof value["uri"] !== "string") return undefined;
  const range = parseRange(value["range"]);
  if (range === undefined) return undefined;
  const found = Array.isArray(value["diagnostics"]) ? value["diagnostics"].flatMap((each) => parseDiagnostic(each) ?? []) : [];
  const question = value["question"];
  return { uri: value["uri"], range, diagnostics: found, ...(typeof question === "string" ? { question } : {}) };
}

function parseDiagnostic(value: unknown): Diagnostic | undefined {
  if (!isRecord(value) || typeof value["message"] !== "string") return undefined;
  const range = parseRange(value["range"]);
  if (range === undefined) return undefined;
  const { source, code } = value;
  return {
    range,
    message: value["message"],
    severity: severities.find((each) => each === value["severity"]) ?? "error",
    ...(typeof source === "string" ? { source } : {}),
    ...(typeof code === "string" ? { code } : {}),
  };
}

function parseRange(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const start = parsePosition(value["start"]);
  const end = parsePosition(value["end"]);
  return start === undefined || end === undefined ? undefined : { start, end };
}

function parsePosition(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return isCount(line) && isCount(character) ? { line, character } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
