import { isRecord, positive } from "../base/guards";

/** How a thought arrives: in a field of the server's own, or in the text between marks. */
export type ThoughtArrival = "field" | "marks" | "none";
/** How a model that thinks is made not to. */
export type ThoughtSwitch = "request" | "emptyThought" | "never";
/** What becomes of a turn that was begun for the model. */
export type BegunTurn = "goesOn" | "beginsAnew" | "unclear";

/** One way to ask for edits, and how the tiny ones went. */
export interface FormRecord {
  readonly form: "blocks" | "function" | "file";
  /** Answered, with an edit or without. */
  readonly tried: number;
  /** Came in that form and changed something at a sure place. */
  readonly kept: number;
  /** And was what was asked for. */
  readonly right: number;
}

/**
 * What was found out about a model by asking it a few small things. What could not be found out is
 * absent.
 */
export interface ModelCard {
  readonly version: 1;
  readonly model: string;
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tookMs: number;
  readonly thought?: ThoughtArrival;
  readonly off?: ThoughtSwitch;
  readonly begunTurn?: BegunTurn;
  readonly forms: readonly FormRecord[];
  readonly readingTokensPerSecond?: number;
  readonly writingTokensPerSecond?: number;
  /** Why a part is missing, in the words of the failure. */
  readonly missing: readonly string[];
}

/** Reads a card that was kept; undefined for anything else. */
export function parseModelCard(value: unknown): ModelCard | undefined {
  if (!isRecord(value) || value["version"] !== 1) return undefined;
  const { model, endpoint, at, tookMs, forms, missing } = value;
  const isWhole =
    typeof model === "string" &&
    typeof endpoint === "string" &&
    typeof at === "number" &&
    typeof tookMs === "number" &&
    Array.isArray(missing) &&
    missing.every((each) => typeof each === "string") &&
    Array.isArray(forms) &&
    forms.every(isFormRecord) &&
    isOneOf(value["thought"], ["field", "marks", "none"]) &&
    isOneOf(value["off"], ["request", "emptyThought", "never"]) &&
    isOneOf(value["begunTurn"], ["goesOn", "beginsAnew", "unclear"]) &&
    isSpeed(value["readingTokensPerSecond"]) &&
    isSpeed(value["writingTokensPerSecond"]);
  return isWhole ? (value as unknown as ModelCard) : undefined;
}

function isFormRecord(value: unknown): boolean {
  return (
    isRecord(value) &&
    ["blocks", "function", "file"].includes(String(value["form"])) &&
    ["tried", "kept", "right"].every((key) => typeof value[key] === "number")
  );
}

function isOneOf(value: unknown, values: readonly string[]): boolean {
  return value === undefined || (typeof value === "string" && values.includes(value));
}

function isSpeed(value: unknown): boolean {
  return value === undefined || positive(value) !== undefined;
}
