import { defined } from "../base/defined";
import { t } from "../base/l10n";
import type { Check } from "../protocol/checks";
import type { DroppedPiece } from "../protocol/context";
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
  RunHint,
  RunMetrics,
  SentPiece,
  SentSettings,
  ThoughtEnd,
} from "../protocol/run-events";

/** One stretch of time in one phase; `to` is missing while it lasts. Milliseconds since the epoch. */
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

/** Where a step of a thought begins, in characters of it, and when. The first one's beginning is the thought's. */
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
  | { readonly kind: "attempt"; readonly number: number; readonly reason: string }
  | { readonly kind: "notice"; readonly text: string }
  /** An edit that a check said no to. */
  | { readonly kind: "tried"; readonly proposal: Proposal }
  | {
      readonly kind: "proposal";
      readonly proposal: Proposal;
      readonly state: ProposalState;
      /** What was decided of single blocks, by {@link blockKey}; a block that is missing is open. */
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
  readonly progress?: { readonly phase: Phase; readonly done: number; readonly total: number };
  readonly sent?: {
    readonly tokens: number;
    readonly contextTokens: number;
    readonly pieces: readonly SentPiece[];
    readonly leftOut: readonly string[];
    readonly dropped?: readonly DroppedPiece[];
    readonly hiddenSecrets?: number;
    readonly settings?: SentSettings;
    /** The last message, word for word. */
    readonly prompt?: string;
  };
  readonly parts: readonly RunPart[];
  /** In the order in which they were first run. */
  readonly checks: readonly RunningCheck[];
  /** What the thought that goes on may take; `ms` counts from the beginning of the thinking. */
  readonly thinkingLimit?: {
    readonly tokens: number;
    readonly ms?: number;
    readonly usualTokens?: number;
  };
  /** Hints that no thought has taken in, oldest first. */
  readonly waitingHints?: readonly RunHint[];
  /** What goes round in circles, while the person is asked about it. */
  readonly looping?: "thought" | "answer";
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
    checks: [],
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

function withHint(run: RunState, { hint, state }: Extract<RunEvent, { kind: "hint" }>): RunState {
  const waiting = run.waitingHints ?? [];
  if (state === "waiting") {
    return waiting.some(({ id }) => id === hint.id)
      ? run
      : { ...run, waitingHints: [...waiting, hint] };
  }
  const waitingHints = waiting.filter(({ id }) => id !== hint.id);
  const last = run.parts.at(-1);
  const thought =
    last?.kind === "thought" && last.attempt === run.attempt
      ? last
      : ({ kind: "thought", attempt: run.attempt, text: "" } as const);
  const grown = {
    ...thought,
    hints: [...(thought.hints ?? []), { at: thought.text.length, hint }],
  };
  const before = thought === last ? run.parts.slice(0, -1) : run.parts;
  return { ...run, waitingHints, parts: [...before, grown] };
}

function withStep(run: RunState, { at, back }: Extract<RunEvent, { kind: "step" }>): RunState {
  const thought = run.parts.at(-1);
  if (thought?.kind !== "thought") return run;
  const { steps = [], text } = thought;
  const from = text.length - back;
  if (from <= (steps.at(-1)?.from ?? 0) || from > text.length) return run;
  return { ...run, parts: run.parts.with(-1, { ...thought, steps: [...steps, { from, at }] }) };
}

function closeSpan(spans: readonly PhaseSpan[], at: number): readonly PhaseSpan[] {
  const last = spans.at(-1);
  return last === undefined || last.to !== undefined
    ? spans
    : [...spans.slice(0, -1), { ...last, to: at }];
}

/** Ends the run: no phase lasts, no check runs, no progress is shown any more. */
function ended(run: RunState, end: RunEnd): RunState {
  const { progress: _, waitingHints = [], ...rest } = withoutDraft(withoutThinking(run));
  // What the person wrote is lost as little as what the model wrote.
  const late = waitingHints.map(({ text }) => {
    return {
      kind: "notice",
      text: t("Your hint came too late to be taken in: {0}", text),
    } as const;
  });
  const checks = run.checks.map(({ running: _running, ...check }) => check);
  return {
    ...rest,
    checks,
    parts: [...run.parts, ...late],
    spans: closeSpan(run.spans, end.at),
    end,
  };
}

function withCheck(
  checks: readonly RunningCheck[],
  { check, stage, said }: Extract<RunEvent, { kind: "check" }>,
): readonly RunningCheck[] {
  const index = checks.findIndex(({ id }) => id === check.id);
  const { running: _, ...known }: RunningCheck = checks[index] ?? check;
  const next = said === undefined ? { ...known, running: stage } : { ...known, [stage]: said };
  return index < 0 ? [...checks, next] : checks.with(index, next);
}

function withoutLooping(run: RunState): RunState {
  const { looping: _, ...rest } = run;
  return rest;
}

function withoutDraft(run: RunState): RunState {
  if (run.draft === undefined) return run;
  const { draft: _, ...rest } = run;
  return rest;
}

function withLimit(
  run: RunState,
  { tokens, ms, usualTokens }: Extract<RunEvent, { kind: "thinkingLimit" }>,
): RunState {
  const thinkingLimit = { tokens, ...defined({ ms, usualTokens }) };
  return isSame(thinkingLimit, run.thinkingLimit) ? run : { ...run, thinkingLimit };
}

/** No thought goes on: nothing limits it, and nobody is asked about it. */
function withoutThinking(run: RunState): RunState {
  if (run.thinkingLimit === undefined && run.looping === undefined) return run;
  const { thinkingLimit: _, looping: __, ...rest } = run;
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

/** An edit is placed by the newest proposal behind it; when that was rejected, it can be placed elsewhere. */
function withPlacings(run: RunState): RunState {
  const newest = run.parts.findLastIndex((part) => part.kind === "proposal");
  const proposal = run.parts[newest];
  const stands = proposal?.kind === "proposal" && proposal.state !== "rejected";
  const parts = run.parts.map((part, index) => {
    const placed = stands && index < newest;
    return part.kind === "unplaced" && part.placed !== placed ? { ...part, placed } : part;
  });
  return parts.every((part, index) => part === run.parts[index]) ? run : { ...run, parts };
}

/** Whether two values of plain data are the same. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Folds one event into the run. Pure: the same events give the same run, however they were batched. An event that says nothing new
 * gives the very same object.
 */
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
        started: event,
        ...defined({ question: event.question }),
      };
    case "model":
      return {
        ...run,
        model: {
          name: event.model,
          endpoint: event.endpoint,
          local: event.local,
          ...defined({ locality: event.locality }),
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
    case "progress": {
      const progress = { phase: event.phase, done: event.done, total: event.total };
      return isSame(progress, run.progress) ? run : { ...run, progress };
    }
    case "sent":
      return {
        ...run,
        sent: {
          tokens: event.tokens,
          contextTokens: event.contextTokens,
          pieces: event.pieces,
          leftOut: event.leftOut,
          ...defined({
            dropped: event.dropped,
            hiddenSecrets: event.hiddenSecrets,
            settings: event.settings,
            prompt: event.prompt,
          }),
        },
      };
    case "thought":
    case "answer":
      return withText(run, event.kind, event.text);
    case "step":
      return withStep(run, event);
    case "answerWasThought":
      return answerToThought(withoutDraft(run));
    case "draft":
      return isSame(event.draft, run.draft) ? run : { ...run, draft: event.draft };
    case "thinkingLimit":
      return withLimit(run, event);
    case "hint":
      return withHint(run, event);
    case "thoughtEnded":
      return {
        ...withoutThinking(run),
        parts: [...run.parts, { kind: "thoughtEnded", attempt: run.attempt, by: event.by }],
      };
    case "looping":
      if (event.state === "asked") return { ...run, looping: event.where };
      if (run.looping === undefined) return run;
      return withoutLooping(run);
    case "attempt":
      return {
        ...withoutDraft(withoutThinking(run)),
        attempt: event.number,
        checks: run.checks.map(({ after: _, ...check }) => check),
        spans: closeSpan(run.spans, event.at),
        parts: [...run.parts, { kind: "attempt", number: event.number, reason: event.reason }],
      };
    case "notice":
      return { ...run, parts: [...run.parts, { kind: "notice", text: event.text }] };
    case "check":
      return { ...run, checks: withCheck(run.checks, event) };
    case "tried":
      return {
        ...withoutDraft(run),
        parts: [...run.parts, { kind: "tried", proposal: event.proposal }],
      };
    case "proposal":
      return withPlacings({
        ...withoutDraft(run),
        parts: [
          ...run.parts,
          { kind: "proposal", proposal: event.proposal, state: "open", blocks: {} },
        ],
      });
    case "proposalState":
      return withPlacings(
        withProposal(run, event.proposalId, (part) => ({ ...part, state: event.state })),
      );
    case "landed":
      return withProposal(run, event.proposalId, (part) => ({ ...part, landed: event.check }));
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

/** Whether nothing more of the model comes after this event. */
export function endsRun({ kind }: RunEvent): boolean {
  return kind === "finished" || kind === "failed";
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
