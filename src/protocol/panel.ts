import { placeReadings } from "../base/text/place-names";
import type { ListedPiece } from "./context";
import type { FoundRuns } from "./history";
import type { RunEvent } from "./run-events";
import type { Setup } from "./setup";

/**
 * A batch of a run's events. `seq` numbers the first of them within the run, from 0, so that the view can tell a gap (it then asks
 * for a replay with `ready`) and drop what it already has.
 */
export interface EventBatch {
  readonly runId: string;
  readonly seq: number;
  readonly events: readonly RunEvent[];
}

/** Host to view. `replay` replaces everything the view holds; with `more` set, the rest of it comes in the next message. */
export type ToPanel =
  | { readonly kind: "replay"; readonly runs: readonly EventBatch[]; readonly more?: true }
  | { readonly kind: "events"; readonly batch: EventBatch }
  | { readonly kind: "setup"; readonly setup: Setup }
  | { readonly kind: "focusAsk" }
  /** The file that a new question would be about; absent: none is in front. */
  | { readonly kind: "inFront"; readonly uri?: string }
  /** What would go along with a question now. */
  | { readonly kind: "context"; readonly path?: string; readonly pieces: readonly ListedPiece[] }
  /** What a word behind an `@` may become. */
  | { readonly kind: "completions"; readonly query: string; readonly found: readonly Completion[] }
  /** Words for the question box, such as a file that was dropped on it. */
  | { readonly kind: "insert"; readonly text: string }
  /** What a search over the history found. */
  | { readonly kind: "found"; readonly found: FoundRuns }
  /** Of names in a run's texts that were asked about, those that lead to a place: `at` says where, as people see it. */
  | {
      readonly kind: "places";
      readonly runId: string;
      readonly asked: readonly string[];
      readonly found: readonly { readonly name: string; readonly at: string }[];
    }
  /** Brings a run into view that a replay has just brought, or that was there. */
  | { readonly kind: "showRun"; readonly runId: string };

/** What can be named in a question. */
export interface Completion {
  /** As it is written: `@file:src/a.ts`. */
  readonly insert: string;
  readonly detail: string;
}

/** How what was sent is copied. */
export const copyForms = ["text", "json", "curl"] as const;
export type CopyForm = (typeof copyForms)[number];

/** View to host. Ids name things that the host holds; the view never sends code, paths or commands. */
export type FromPanel =
  | { readonly kind: "ready" }
  | { readonly kind: "ask"; readonly text: string }
  /** The person looks at what would go along with this text; without one nobody does. */
  | { readonly kind: "context"; readonly text?: string }
  | { readonly kind: "crossPiece"; readonly pieceId: string }
  | { readonly kind: "pinPiece"; readonly pieceId: string }
  /** What a question with this text would send; the text may be empty. */
  | { readonly kind: "previewSent"; readonly text: string }
  | { readonly kind: "openSent"; readonly runId: string }
  | { readonly kind: "copySent"; readonly runId: string; readonly form: CopyForm }
  /** `@wor`: what it may become. */
  | { readonly kind: "complete"; readonly query: string }
  /** Addresses of what was dropped on the question box. */
  | { readonly kind: "dropFiles"; readonly uris: readonly string[] }
  /** A question with all that was said in a run before it. */
  | { readonly kind: "followUp"; readonly runId: string; readonly text: string }
  /** A run's question in other words. */
  | { readonly kind: "rephrase"; readonly runId: string; readonly text: string }
  | { readonly kind: "testsFor"; readonly runId: string }
  | { readonly kind: "differently"; readonly runId: string }
  /** Asks about one step of a thought, which is the part of the run with that index. */
  | {
      readonly kind: "explainStep";
      readonly runId: string;
      readonly part: number;
      readonly step: number;
    }
  | { readonly kind: "stop"; readonly runId: string }
  | { readonly kind: "takeNow"; readonly runId: string }
  | { readonly kind: "answerNow"; readonly runId: string }
  | { readonly kind: "thinkLonger"; readonly runId: string }
  /** A run that is over is asked for again, thinking on from its thought. */
  | { readonly kind: "thinkAgain"; readonly runId: string }
  /** A text that seems to go round in circles goes on. */
  | { readonly kind: "letGoOn"; readonly runId: string }
  /** `anew`: the answer has begun, and begins anew with the hint. */
  | {
      readonly kind: "hint";
      readonly runId: string;
      readonly text: string;
      readonly anew: boolean;
    }
  /** The answer begins anew with the hints that wait. */
  | { readonly kind: "beginAnew"; readonly runId: string }
  | { readonly kind: "accept"; readonly proposalId: string }
  | { readonly kind: "reject"; readonly proposalId: string }
  | { readonly kind: "openDiff"; readonly proposalId: string }
  | { readonly kind: "reviewAll"; readonly proposalId: string }
  | { readonly kind: "takeTried"; readonly proposalId: string }
  /** Takes an accepted proposal out of its files again. */
  | { readonly kind: "undo"; readonly proposalId: string }
  /** Asks for a fix of the problems that an accepted proposal brought. */
  | { readonly kind: "fixNew"; readonly proposalId: string }
  /** Offers words for a commit of an accepted proposal. */
  | { readonly kind: "commitMessage"; readonly proposalId: string }
  | {
      readonly kind: "acceptHunk";
      readonly proposalId: string;
      readonly fileIndex: number;
      readonly block: number;
    }
  | {
      readonly kind: "rejectHunk";
      readonly proposalId: string;
      readonly fileIndex: number;
      readonly block: number;
    }
  | { readonly kind: "placeHere"; readonly editId: string }
  | { readonly kind: "showPlace"; readonly editId: string }
  | { readonly kind: "askAgain"; readonly editId: string }
  | { readonly kind: "revealTarget"; readonly runId: string }
  | { readonly kind: "remedy"; readonly runId: string }
  /** The query may be empty: the newest runs. */
  | { readonly kind: "searchHistory"; readonly query: string }
  | { readonly kind: "openRun"; readonly runId: string }
  | { readonly kind: "pinRun"; readonly runId: string }
  | { readonly kind: "unpinRun"; readonly runId: string }
  | { readonly kind: "exportRun"; readonly runId: string }
  | { readonly kind: "deleteRun"; readonly runId: string }
  | { readonly kind: "openLink"; readonly href: string }
  /** Which of these names in a run's texts lead to a place in the project? */
  | { readonly kind: "findPlaces"; readonly runId: string; readonly names: readonly string[] }
  | { readonly kind: "openPlace"; readonly runId: string; readonly name: string }
  | { readonly kind: "copy"; readonly text: string }
  | {
      readonly kind: "setup";
      readonly action:
        | "useBuiltIn"
        | "lookAgain"
        | "chooseModel"
        | "enterCredentials"
        | "openSettings"
        | "cancel";
    };

const maxAskCharacters = 100_000;
const maxQueryCharacters = 1_000;
/** Names that are asked about in one message at most. */
export const mostPlaceNames = 100;
const setupActions = [
  "useBuiltIn",
  "lookAgain",
  "chooseModel",
  "enterCredentials",
  "openSettings",
  "cancel",
];

/** Reads a message from the view, which is untrusted: anything that is not exactly one of {@link FromPanel} gives undefined. */
export function parseFromPanel(value: unknown): FromPanel | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const text = (key: string, max = 200): string | undefined => {
    const found = message[key];
    return typeof found === "string" && found.length > 0 && found.length <= max ? found : undefined;
  };
  const index = (key: string): number | undefined => {
    const found = message[key];
    return typeof found === "number" && Number.isSafeInteger(found) && found >= 0
      ? found
      : undefined;
  };
  switch (message["kind"]) {
    case "ready":
      return { kind: "ready" };
    case "ask": {
      const question = text("text", maxAskCharacters);
      return question === undefined ? undefined : { kind: "ask", text: question };
    }
    case "context": {
      const { text: looked } = message;
      if (looked === undefined) return { kind: "context" };
      return typeof looked === "string" && looked.length <= maxAskCharacters
        ? { kind: "context", text: looked }
        : undefined;
    }
    case "previewSent": {
      const { text: question } = message;
      return typeof question === "string" && question.length <= maxAskCharacters
        ? { kind: "previewSent", text: question }
        : undefined;
    }
    case "crossPiece":
    case "pinPiece": {
      const pieceId = text("pieceId", maxQueryCharacters);
      return pieceId === undefined ? undefined : { kind: message["kind"], pieceId };
    }
    case "copySent": {
      const runId = text("runId");
      const form = copyForms.find((each) => each === message["form"]);
      return runId === undefined || form === undefined
        ? undefined
        : { kind: "copySent", runId, form };
    }
    case "complete": {
      const query = text("query", maxQueryCharacters);
      return query === undefined ? undefined : { kind: "complete", query };
    }
    case "dropFiles": {
      const { uris } = message;
      return Array.isArray(uris) && uris.length <= 20 && uris.every(isShortText)
        ? { kind: "dropFiles", uris }
        : undefined;
    }
    case "followUp":
    case "rephrase": {
      const runId = text("runId");
      const question = text("text", maxAskCharacters);
      if (runId === undefined || question === undefined) return undefined;
      return { kind: message["kind"], runId, text: question };
    }
    case "searchHistory": {
      const { query } = message;
      return typeof query === "string" && query.length <= maxQueryCharacters
        ? { kind: "searchHistory", query }
        : undefined;
    }
    case "copy": {
      const copied = text("text", 10 * maxAskCharacters);
      return copied === undefined ? undefined : { kind: "copy", text: copied };
    }
    case "hint": {
      const runId = text("runId");
      const hint = text("text", maxAskCharacters);
      const { anew } = message;
      if (runId === undefined || hint === undefined || typeof anew !== "boolean") return undefined;
      return { kind: "hint", runId, text: hint, anew };
    }
    case "stop":
    case "takeNow":
    case "answerNow":
    case "thinkLonger":
    case "thinkAgain":
    case "letGoOn":
    case "beginAnew":
    case "testsFor":
    case "differently":
    case "revealTarget":
    case "openRun":
    case "openSent":
    case "pinRun":
    case "unpinRun":
    case "exportRun":
    case "deleteRun":
    case "remedy": {
      const runId = text("runId");
      return runId === undefined ? undefined : { kind: message["kind"], runId };
    }
    case "accept":
    case "reject":
    case "reviewAll":
    case "takeTried":
    case "undo":
    case "fixNew":
    case "commitMessage":
    case "openDiff": {
      const proposalId = text("proposalId");
      return proposalId === undefined ? undefined : { kind: message["kind"], proposalId };
    }
    case "explainStep": {
      const runId = text("runId");
      const part = index("part");
      const step = index("step");
      return runId === undefined || part === undefined || step === undefined
        ? undefined
        : { kind: "explainStep", runId, part, step };
    }
    case "acceptHunk":
    case "rejectHunk": {
      const proposalId = text("proposalId");
      const fileIndex = index("fileIndex");
      const block = index("block");
      if (proposalId === undefined || fileIndex === undefined || block === undefined)
        return undefined;
      return { kind: message["kind"], proposalId, fileIndex, block };
    }
    case "placeHere":
    case "showPlace":
    case "askAgain": {
      const editId = text("editId");
      return editId === undefined ? undefined : { kind: message["kind"], editId };
    }
    case "findPlaces": {
      const runId = text("runId");
      const { names } = message;
      return runId !== undefined &&
        Array.isArray(names) &&
        names.length <= mostPlaceNames &&
        names.every(isPlaceName)
        ? { kind: "findPlaces", runId, names }
        : undefined;
    }
    case "openPlace": {
      const runId = text("runId");
      const { name } = message;
      return runId !== undefined && isPlaceName(name)
        ? { kind: "openPlace", runId, name }
        : undefined;
    }
    case "openLink": {
      const href = text("href", 2_000);
      return href?.startsWith("https://") ? { kind: "openLink", href } : undefined;
    }
    case "setup": {
      const action = text("action");
      return action !== undefined && setupActions.includes(action)
        ? { kind: "setup", action: action as Extract<FromPanel, { kind: "setup" }>["action"] }
        : undefined;
    }
    default:
      return undefined;
  }
}

function isShortText(value: unknown): value is string {
  return typeof value === "string" && value.length <= maxQueryCharacters;
}

function isPlaceName(value: unknown): value is string {
  return typeof value === "string" && placeReadings(value).length > 0;
}
