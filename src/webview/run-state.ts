import { defined } from "../base/defined";
import type { FailureReport } from "../protocol/failure";
import type {
  BlockState,
  Draft,
  Proposal,
  ProposalState,
  UnplacedEdit,
} from "../protocol/proposal";
import type {
  Action,
  Outcome,
  Phase,
  RunEvent,
  RunMetrics,
  SentPiece,
} from "../protocol/run-events";

/** One stretch of time in one phase; `to` is missing while it lasts. Milliseconds since the epoch. */
export interface PhaseSpan {
  readonly phase: Phase;
  readonly attempt: number;
  readonly from: number;
  readonly to?: number;
}

/** What is seen of a run, in the order in which it came. */
export type RunPart =
  | { readonly kind: "thought"; readonly attempt: number; readonly text: string }
  | { readonly kind: "answer"; readonly attempt: number; readonly text: string }
  | { readonly kind: "attempt"; readonly number: number; readonly reason: string }
  | { readonly kind: "notice"; readonly text: string }
  | {
      readonly kind: "proposal";
      readonly proposal: Proposal;
      readonly state: ProposalState;
      /** What was decided of single blocks, by {@link blockKey}; a block that is missing is open. */
      readonly blocks: Readonly<Record<string, BlockState>>;
    }
  /** `placed`: a proposal of it came later. */
  | { readonly kind: "unplaced"; readonly edit: UnplacedEdit; readonly placed: boolean };

/** Names a block within its proposal. */
export function blockKey(fileIndex: number, block: number): string {
  return `${fileIndex}/${block}`;
}

export type RunEnd =
  | {
      readonly kind: "finished";
      readonly at: number;
      readonly outcome: Outcome;
      readonly detail?: string;
      readonly metrics: RunMetrics;
    }
  | { readonly kind: "failed"; readonly at: number; readonly report: FailureReport };

export interface RunState {
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
  readonly model?: {
    readonly name: string;
    readonly endpoint: string;
    readonly local: boolean;
    readonly contextTokens: number;
  };
  readonly attempt: number;
  readonly spans: readonly PhaseSpan[];
  readonly progress?: { readonly phase: Phase; readonly done: number; readonly total: number };
  readonly sent?: {
    readonly tokens: number;
    readonly contextTokens: number;
    readonly pieces: readonly SentPiece[];
    readonly leftOut: readonly string[];
  };
  readonly parts: readonly RunPart[];
  /** What the answer's whole edits come to while the model still writes. */
  readonly draft?: Draft;
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
    parts: [],
  };
}

function withText(run: RunState, kind: "thought" | "answer", text: string): RunState {
  if (text === "") return run;
  const last = run.parts.at(-1);
  const grown =
    last?.kind === kind
      ? [...run.parts.slice(0, -1), { ...last, text: last.text + text }]
      : [...run.parts, { kind, attempt: run.attempt, text }];
  return { ...run, parts: grown };
}

/** Moves the answer of this attempt to the end of its thought. */
function answerToThought(run: RunState): RunState {
  const { attempt } = run;
  const answers = run.parts.filter((part) => part.kind === "answer" && part.attempt === attempt);
  if (answers.length === 0) return run;
  const text = answers.map((part) => (part.kind === "answer" ? part.text : "")).join("");
  const parts = run.parts.filter((part) => !answers.includes(part));
  const index = parts.findLastIndex((part) => part.kind === "thought" && part.attempt === attempt);
  const thought = parts[index];
  return thought?.kind === "thought"
    ? { ...run, parts: parts.with(index, { ...thought, text: thought.text + text }) }
    : { ...run, parts: [...parts, { kind: "thought", attempt, text }] };
}

function closeSpan(spans: readonly PhaseSpan[], at: number): readonly PhaseSpan[] {
  const last = spans.at(-1);
  return last === undefined || last.to !== undefined
    ? spans
    : [...spans.slice(0, -1), { ...last, to: at }];
}

/** Ends the run: no phase lasts, no progress is shown any more. */
function ended(run: RunState, end: RunEnd): RunState {
  const { progress: _, ...rest } = withoutDraft(run);
  return { ...rest, spans: closeSpan(run.spans, end.at), end };
}

function withoutDraft(run: RunState): RunState {
  const { draft: _, ...rest } = run;
  return rest;
}

type ProposalPart = Extract<RunPart, { kind: "proposal" }>;

function withProposal(
  run: RunState,
  proposalId: string,
  change: (part: ProposalPart) => ProposalPart,
): RunState {
  const parts = run.parts.map((part) =>
    part.kind === "proposal" && part.proposal.id === proposalId ? change(part) : part,
  );
  return { ...run, parts };
}

/** An edit whose placing was rejected can be placed elsewhere. */
function placeable(run: RunState, again: boolean): RunState {
  if (!again) return run;
  return {
    ...run,
    parts: run.parts.map((part) => (part.kind === "unplaced" ? { ...part, placed: false } : part)),
  };
}

/** Folds one event into the run. Pure: the same events give the same run, however they were batched. */
export function foldEvent(run: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case "started":
      return {
        ...run,
        action: event.action,
        path: event.path,
        line: event.range.start.line,
        subject: event.subject,
        startedAt: event.at,
        ...defined({ question: event.question }),
      };
    case "model":
      return {
        ...run,
        model: {
          name: event.model,
          endpoint: event.endpoint,
          local: event.local,
          contextTokens: event.contextTokens,
        },
      };
    case "phase": {
      const open = run.spans.at(-1);
      if (open?.phase === event.phase && open.to === undefined && open.attempt === run.attempt)
        return run;
      const { progress: _, ...rest } = run;
      return {
        ...rest,
        spans: [
          ...closeSpan(run.spans, event.at),
          { phase: event.phase, attempt: run.attempt, from: event.at },
        ],
      };
    }
    case "progress":
      return { ...run, progress: { phase: event.phase, done: event.done, total: event.total } };
    case "sent":
      return {
        ...run,
        sent: {
          tokens: event.tokens,
          contextTokens: event.contextTokens,
          pieces: event.pieces,
          leftOut: event.leftOut,
        },
      };
    case "thought":
    case "answer":
      return withText(run, event.kind, event.text);
    case "answerWasThought":
      return answerToThought(withoutDraft(run));
    case "draft":
      return { ...run, draft: event.draft };
    case "attempt":
      return {
        ...withoutDraft(run),
        attempt: event.number,
        spans: closeSpan(run.spans, event.at),
        parts: [...run.parts, { kind: "attempt", number: event.number, reason: event.reason }],
      };
    case "notice":
      return { ...run, parts: [...run.parts, { kind: "notice", text: event.text }] };
    case "proposal":
      return {
        ...withoutDraft(run),
        parts: [
          ...run.parts.map((part) => (part.kind === "unplaced" ? { ...part, placed: true } : part)),
          { kind: "proposal", proposal: event.proposal, state: "open", blocks: {} },
        ],
      };
    case "proposalState":
      return placeable(
        withProposal(run, event.proposalId, (part) => ({ ...part, state: event.state })),
        event.state === "rejected",
      );
    case "hunkState":
      return withProposal(run, event.proposalId, (part) => ({
        ...part,
        blocks: { ...part.blocks, [blockKey(event.fileIndex, event.block)]: event.state },
      }));
    case "unplaced":
      return {
        ...run,
        parts: [...run.parts, { kind: "unplaced", edit: event.edit, placed: false }],
      };
    case "finished":
      return ended(run, {
        kind: "finished",
        at: event.at,
        outcome: event.outcome,
        metrics: event.metrics,
        ...defined({ detail: event.detail }),
      });
    case "failed":
      return ended(run, { kind: "failed", at: event.at, report: event.report });
    default:
      return unknownEvent(run, event);
  }
}

/** A newer host may tell of things that this view does not know; the run goes on without them. */
function unknownEvent(run: RunState, _event: never): RunState {
  return run;
}

/** The phase that lasts now. */
export function currentSpan(run: RunState): PhaseSpan | undefined {
  if (run.end !== undefined) return undefined;
  const last = run.spans.at(-1);
  return last?.to === undefined ? last : undefined;
}

/** Milliseconds spent in a phase, over all attempts or in one; undefined when it never happened. `now` closes what still lasts. */
export function timeIn(
  run: RunState,
  phase: Phase,
  now: number,
  attempt?: number,
): number | undefined {
  const spans = run.spans.filter(
    (span) => span.phase === phase && (attempt === undefined || span.attempt === attempt),
  );
  if (spans.length === 0) return undefined;
  return spans.reduce((sum, span) => sum + Math.max(0, (span.to ?? now) - span.from), 0);
}
