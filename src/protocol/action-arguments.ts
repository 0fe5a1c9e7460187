import { defined } from "../base/defined";
import { isRecord } from "../base/guards";
import type { ActionArguments } from "./commands";
import { type Diagnostic, parseRange, severities } from "./document";

/**
 * Reads a command's first argument. A code action hands over {@link ActionArguments}; menus hand
 * over a Uri, and keybindings and other extensions whatever they like: all but the first give
 * undefined, and the command then takes the active editor.
 */
export function parseActionArguments(value: unknown): ActionArguments | undefined {
  if (!isRecord(value) || typeof value["uri"] !== "string") return undefined;
  const range = parseRange(value["range"]);
  if (range === undefined) return undefined;
  const found = Array.isArray(value["diagnostics"])
    ? value["diagnostics"].flatMap((each) => parseDiagnostic(each) ?? [])
    : [];
  const question = value["question"];
  return {
    uri: value["uri"],
    range,
    diagnostics: found,
    ...defined({ question: textOf(question) }),
  };
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
    ...defined({ source: textOf(source), code: textOf(code) }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
