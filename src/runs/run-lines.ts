import { isRecord, type Json, parsedObject } from "../base/guards";
import type { RunEvent } from "../protocol/run-events";

/**
 * The version of a line in a run's log. It goes up when a line means something that an earlier
 * version would take for something else; a new kind of event, or a new field that may be missing,
 * does not count. Lines of 0.1.0 name none and are of version 1.
 */
const lineVersion = 1;

type FieldType = "string" | "number" | "boolean" | "object" | "array";

/** What an event cannot be without, by kind. A field within another is named with a dot. */
const fields: Readonly<Record<RunEvent["kind"], Readonly<Record<string, FieldType>>>> = {
  started: {
    at: "number",
    runId: "string",
    action: "string",
    uri: "string",
    path: "string",
    "range.start.line": "number",
    "range.end.line": "number",
    subject: "string",
  },
  model: { model: "string", endpoint: "string", local: "boolean", contextTokens: "number" },
  phase: { at: "number", phase: "string" },
  progress: { phase: "string", done: "number", total: "number" },
  sent: { tokens: "number", contextTokens: "number", pieces: "array", leftOut: "array" },
  thought: { text: "string" },
  step: { at: "number", back: "number" },
  answer: { text: "string" },
  answerWasThought: {},
  thinkingLimit: { tokens: "number" },
  hint: { at: "number", "hint.id": "string", "hint.text": "string", state: "string" },
  thoughtEnded: { at: "number", by: "string" },
  looping: { at: "number", where: "string", state: "string" },
  attempt: { at: "number", number: "number", reason: "string" },
  notice: { text: "string" },
  draft: { at: "number", "draft.files": "array" },
  check: { at: "number", "check.id": "string", "check.kind": "string", stage: "string" },
  tried: { at: "number", "proposal.id": "string", "proposal.files": "array" },
  proposal: { "proposal.id": "string", "proposal.files": "array" },
  proposalState: { at: "number", proposalId: "string", state: "string" },
  landed: { at: "number", proposalId: "string", "check.id": "string", "check.kind": "string" },
  hunkState: {
    at: "number",
    proposalId: "string",
    fileIndex: "number",
    block: "number",
    state: "string",
  },
  unplaced: {
    at: "number",
    "edit.id": "string",
    "edit.candidates": "array",
    "edit.others": "array",
  },
  finished: { at: "number", outcome: "string", metrics: "object" },
  failed: {
    at: "number",
    "report.title": "string",
    "report.remedy": "string",
    "report.failure.kind": "string",
  },
};

/** The event as a line of the run's log, without its line end. */
export function runLine(event: RunEvent): string {
  return JSON.stringify({ v: lineVersion, ...event });
}

/**
 * Reads a run's JSON Lines. A line of a later version, or one that is broken, is passed over and
 * stays in the file: the rest of the run is worth more than its loss, and who wrote it can read it.
 */
export function parseRunLines(lines: string): readonly RunEvent[] {
  return lines.split("\n").flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): RunEvent | undefined {
  if (line === "") return undefined;
  const value = parsedObject(line);
  if (value === undefined) return undefined;
  const { v: version = 1, ...event } = value;
  return version === lineVersion && isEvent(event) ? event : undefined;
}

function isEvent(event: unknown): event is RunEvent {
  if (
    !isRecord(event) ||
    typeof event["kind"] !== "string" ||
    !Object.hasOwn(fields, event["kind"])
  )
    return false;
  const wanted = fields[event["kind"] as RunEvent["kind"]];
  return Object.entries(wanted).every(([path, type]) => isOfType(valueAt(event, path), type));
}

function valueAt(event: Json, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), event);
}

function isOfType(value: unknown, type: FieldType): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isRecord(value);
  return typeof value === type;
}
