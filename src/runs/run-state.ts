import type { Check } from "../protocol/checks";
import type {
  BlockState,
  Draft,
  Proposal,
  ProposalState,
  UnplacedEdit,
} from "../protocol/proposal";
import type {
  Action,
  AskedAgain,
  Phase,
  RunEvent,
  RunHint,
  ThoughtEnd,
} from "../protocol/run-events";

/**
 * One stretch of time in one phase; `to` is missing while it lasts. Milliseconds since the epoch.
 */
export interface PhaseSpan {
  readonly phase: Phase;
  readonly attempt: number;
  readonly from: number;
  readonly to?: number;
}

/** A hint within a thought; `at` counts the characters of the thought before it. */
export interface HintInThought {
  readonly at: number;
  readonly hint: RunHint;
}

/**
 * Where a step of a thought begins, in characters of it, and when. The first one's beginning is the
 * thought's.
 */
export interface StepInThought {
  readonly from: number;
  readonly at: number;
}

/** What is seen of a run, in the order in which it came. */
export type RunPart =
  | {
      readonly kind: "thought";
      readonly attempt: number;
      readonly text: string;
      /** In the order in which they were taken in. */
      readonly hints?: readonly HintInThought[];
      /** All but the first, in order. */
      readonly steps?: readonly StepInThought[];
    }
  | { readonly kind: "thoughtEnded"; readonly attempt: number; readonly by: ThoughtEnd }
  | { readonly kind: "answer"; readonly attempt: number; readonly text: string }
  | {
      readonly kind: "attempt";
      readonly number: number;
      readonly reason: string;
      readonly aside?: true;
    }
  | { readonly kind: "notice"; readonly text: string; readonly until?: "next" | "end" }
  /** An edit that a check said no to. */
  | { readonly kind: "tried"; readonly proposal: Proposal }
  | {
      readonly kind: "proposal";
      readonly proposal: Proposal;
      readonly state: ProposalState;
      /**
       * What was decided of single blocks, by {@link blockKey}; a block that is missing is open.
       */
      readonly blocks: Readonly<Record<string, BlockState>>;
      /** What the editor said of the files once the proposal was in them. */
      readonly landed?: Check;
    }
  /** `placed`: a proposal of it came later. */
  | { readonly kind: "unplaced"; readonly edit: UnplacedEdit; readonly placed: boolean };

/** Names a block within its proposal. */
export function blockKey(fileIndex: number, block: number): string {
  return `${fileIndex}/${block}`;
}

/** A check as far as it has come. `after` is about the newest edit. */
export interface RunningCheck extends Check {
  readonly running?: "before" | "after";
}

/** A run's first event. */
export type Started = Extract<RunEvent, { kind: "started" }>;

/** What an event of a kind tells. */
type Told<Kind extends RunEvent["kind"]> = Omit<Extract<RunEvent, { kind: Kind }>, "kind">;

export type RunEnd = Extract<RunEvent, { kind: "finished" | "failed" }>;

/** What is known of a run only while it goes on. */
interface Passing {
  /** Of the phase that lasts now. */
  readonly progress?: Told<"progress">;
  /** What the thought that goes on may take; `ms` counts from the beginning of the thinking. */
  readonly thinkingLimit?: Told<"thinkingLimit">;
  /** Hints that no thought has taken in, oldest first. */
  readonly waitingHints?: readonly RunHint[];
  /** What goes round in circles, while the person is asked about it. */
  readonly looping?: "thought" | "answer";
  /** What the answer's whole edits come to while the model still writes. */
  readonly draft?: Draft;
}

export interface RunState extends Passing {
  readonly runId: string;
  /** The number of the event that is expected next. */
  readonly nextSeq: number;
  readonly action: Action;
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly subject: string;
  readonly question?: string;
  readonly startedAt?: number;
  /** All that the first event told; absent as long as it has not come. */
  readonly started?: Started;
  readonly model?: {
    readonly name: string;
    readonly endpoint: string;
    readonly local: boolean;
    readonly locality?: "thisMachine" | "localNetwork" | "elsewhere";
    readonly contextTokens: number;
  };
  readonly attempt: number;
  readonly spans: readonly PhaseSpan[];
  readonly sent?: Told<"sent">;
  /** The last messages of all requests, whole and in their order; `lines` as in {@link AskedAgain}. */
  readonly requests: readonly Omit<AskedAgain, "from">[];
  readonly parts: readonly RunPart[];
  /** In the order in which they were first run. */
  readonly checks: readonly RunningCheck[];
  readonly end?: RunEnd;
}

/** A run of which nothing is known yet but its id. */
export function blankRun(runId: string): RunState {
  return {
    runId,
    nextSeq: 0,
    action: "ask",
    path: "",
    line: 0,
    subject: "",
    attempt: 1,
    spans: [],
    requests: [],
    parts: [],
    checks: [],
  };
}

/** The run without things that have passed; the very same object where none of them was there. */
export function without(run: RunState, ...passed: readonly (keyof Passing)[]): RunState {
  if (passed.every((key) => run[key] === undefined)) return run;
  const rest: { -readonly [Key in keyof RunState]: RunState[Key] } = { ...run };
  for (const key of passed) delete rest[key];
  return rest;
}
