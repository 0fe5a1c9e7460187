import type { EventBatch, ToPanel } from "../protocol/panel/to-panel";
import type { Setup } from "../protocol/setup";
import { foldEvent } from "../runs/fold/fold-event";
import { joinText } from "../runs/join-text";
import { blankRun, type RunPart, type RunState } from "../runs/run-state";

/**
 * All that the panel shows. Immutable: a part that did not change stays the same object, which is
 * how the views know.
 */
export interface PanelState {
  readonly setup: Setup;
  /** Uri of the file that a new question would be about. */
  readonly inFront?: string;
  /** Oldest first. */
  readonly runs: readonly RunState[];
  /** What a replay has brought so far, while the rest of it is on its way. */
  readonly coming?: readonly RunState[];
  /** True when a batch went missing; the host has to be asked for a replay. */
  readonly incomplete: boolean;
  /** A question about a run stands among the editor's notifications. */
  readonly isAsking?: boolean;
  /** Until the host has told of all runs: that there are none is not known before. */
  readonly unread?: true;
}

export const emptyPanel: PanelState = {
  setup: { kind: "unknown" },
  runs: [],
  incomplete: false,
  unread: true,
};

function foldBatch(run: RunState, batch: EventBatch): RunState {
  const fresh = batch.events.slice(run.nextSeq - batch.seq);
  if (fresh.length === 0) return run;
  return { ...joinText(fresh).reduce(foldEvent, run), nextSeq: run.nextSeq + fresh.length };
}

function receive(state: PanelState, batch: EventBatch): PanelState {
  const index = state.runs.findIndex((run) => run.runId === batch.runId);
  const known = state.runs[index] ?? blankRun(batch.runId);
  if (batch.seq > known.nextSeq) return state.incomplete ? state : { ...state, incomplete: true };
  const next = foldBatch(known, batch);
  if (next === known) return state;
  return { ...state, runs: index < 0 ? [...state.runs, next] : state.runs.with(index, next) };
}

/**
 * Folds a message of the host into what is shown. Pure. Events that came before are dropped; after
 * a gap the batch is dropped and `incomplete` set, until a replay brings everything.
 */
export function reduce(state: PanelState, message: ToPanel): PanelState {
  switch (message.kind) {
    case "replay": {
      const { coming = [], unread: _, ...known } = state;
      const shown = message.unread || message.more ? { ...known, unread: true as const } : known;
      const replayed = message.runs.reduce(receive, {
        ...{ ...shown, runs: coming, incomplete: false },
      });
      return message.more ? { ...shown, coming: replayed.runs } : replayed;
    }
    case "events":
      return receive(state, message.batch);
    case "setup":
      return { ...state, setup: message.setup };
    case "asking":
      return { ...state, isAsking: message.isOpen };
    case "inFront": {
      const { inFront: _, ...rest } = state;
      return message.uri === undefined ? rest : { ...rest, inFront: message.uri };
    }
    case "focusAsk":
    case "context":
    case "completions":
    case "insert":
    case "found":
    case "places":
    case "showRun":
      return state;
    default:
      return unknownMessage(state, message);
  }
}

function unknownMessage(state: PanelState, _message: never): PanelState {
  return state;
}

/** The run that goes on, if one does. */
export function runningRun(state: PanelState): RunState | undefined {
  return state.runs.findLast((run) => run.end === undefined);
}

/** Whether a run, or one that it follows up on, has come to an edit. */
export function talkHasEdit({ runs }: PanelState, last: RunState): boolean {
  const seen = new Set<RunState>();
  for (let run: RunState | undefined = last; run !== undefined && !seen.has(run); ) {
    if (run.parts.some((part) => part.kind === "proposal")) return true;
    seen.add(run);
    const earlier: string | undefined = run.started?.follows;
    run = runs.find(({ runId }) => runId === earlier);
  }
  return false;
}

/** The one proposal that can be decided now: the newest, while it is open. */
export function decidableProposal(
  state: PanelState,
): Extract<RunPart, { kind: "proposal" }> | undefined {
  for (let index = state.runs.length - 1; index >= 0; index--) {
    const part = state.runs[index]?.parts.findLast((candidate) => candidate.kind === "proposal");
    if (part !== undefined) return part.state === "open" ? part : undefined;
  }
  return undefined;
}

/**
 * True when every run of `before` is in `after`, in the same place, and only grew: what is on the
 * page can be carried on.
 */
export function carriesOn(before: PanelState, after: PanelState): boolean {
  return before.runs.every((run, index) => {
    const later = after.runs[index];
    return (
      later?.runId === run.runId && run.parts.every((part, at) => grewFrom(part, later.parts[at]))
    );
  });
}

function grewFrom(part: RunPart, later: RunPart | undefined): boolean {
  if (later?.kind !== part.kind) return false;
  if (part.kind !== "thought" && part.kind !== "answer") return true;
  return "text" in later && later.text.startsWith(part.text);
}
