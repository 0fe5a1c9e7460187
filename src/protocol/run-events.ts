import type { Think } from "../base/thoughts/levels";
import type { Check, CheckName, CheckSaid } from "./checks";
import type { DroppedPiece, PieceKind, PieceSource } from "./context";
import type { Range } from "./document";
import type { FailureReport } from "./failure";
import type { BlockState, Draft, Proposal, ProposalState, UnplacedEdit } from "./proposal";

export const actions = ["explain", "fix", "improve", "writeTests", "document", "ask"] as const;
/** What the person asked for. */
export type Action = (typeof actions)[number];

/** The stages of a run in the order they happen; a stage that takes no time is left out. */
export const phases = [
  "connecting",
  "loading",
  "reading",
  "thinking",
  "answering",
  "checking",
] as const;
export type Phase = (typeof phases)[number];

/**
 * Counts and times of one model request; durations in milliseconds; absent where the daemon said
 * nothing.
 */
export interface RunMetrics {
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  readonly loadMs?: number;
  readonly promptMs?: number;
  readonly answerMs?: number;
}

/**
 * `answered` with text only; `proposed` an edit; `unchanged` the model gave back the same code;
 * `refused` its edit could not be placed safely; `stopped` by the person; `cutOff` the model ran
 * into its length limit.
 */
export type Outcome = "answered" | "proposed" | "unchanged" | "refused" | "stopped" | "cutOff";

/** One piece of what was sent to the model, for the person to see. */
export interface SentPiece {
  readonly label: string;
  readonly tokens: number;
  /**
   * The piece's text in `prompt`: from this character to that. Absent for what stands in earlier
   * messages, and in logs of 0.1.0.
   */
  readonly from?: number;
  readonly to?: number;
  /** What it is beside the request's own parts; absent for those. */
  readonly id?: string;
  readonly kind?: PieceKind;
  readonly source?: PieceSource;
  readonly path?: string;
  /** Why it went along, in a sentence. */
  readonly reason?: string;
  readonly editable?: boolean;
}

/** A request as it goes over the wire, without the text that is told beside it. */
export interface RequestOnWire {
  /** Behind the endpoint: "/api/chat". */
  readonly path: string;
  /** The body, but for its messages. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Messages before what was said so far. */
  readonly first?: readonly WireMessage[];
  /** What stands behind the prompt in its message. */
  readonly behind?: string;
  /** Messages behind the prompt's. */
  readonly last?: readonly WireMessage[];
}

/** A message in the server's own way: some take more than a role and a text. */
export interface WireMessage {
  readonly role: string;
  readonly content: string;
  readonly [field: string]: unknown;
}

/** With what a request went out. */
export interface SentSettings {
  /** Absent in logs of 0.1, and where the server's adapter could not tell. */
  readonly wire?: RequestOnWire;
  /** Of logs of 0.1, which told no more of the wire. */
  readonly api?: string;
  readonly think: Think;
  readonly keepAlive: number | string;
  /** Absent: the model's own. */
  readonly temperature?: number;
  readonly topP?: number;
}

/** What the person says to a model while it thinks. */
export interface RunHint {
  readonly id: string;
  /** Verbatim. */
  readonly text: string;
}

/**
 * Why a thought ended before the model ended it by itself: the person wanted the answer, its budget
 * or its share of the window was used up, it went round in circles, or the model stopped in it
 * without an answer.
 */
export type ThoughtEnd = "person" | "budget" | "window" | "loop" | "silence";

/** What a later request of a run sends as its last message. */
export interface AskedAgain {
  /** So many characters are the same as what was sent before with all its pieces. */
  readonly from: number;
  /** The rest of it. */
  readonly text: string;
  /**
   * One request for each line of this code: what stands in front of the line, and some lines behind
   * it.
   */
  readonly lines?: true;
}

/**
 * What happened in a run, in order, as plain data. `at` is milliseconds since the epoch. The list
 * of events is the run: the host stores and forwards it, the view folds it into what is seen, and
 * history on disk is this list.
 */
export type RunEvent =
  | {
      readonly kind: "started";
      readonly at: number;
      readonly runId: string;
      readonly action: Action;
      readonly uri: string;
      readonly path: string;
      readonly range: Range;
      /**
       * What the request is about in one line: the problem's message, the symbol, or the question.
       */
      readonly subject: string;
      readonly question?: string;
      /** Id of the run that this one follows up on: what was said there goes along. */
      readonly follows?: string;
      /** It goes on until all that fails passes. */
      readonly untilGreen?: true;
      /** Id of the edit that found no place and is asked for once more. */
      readonly again?: string;
    }
  /** Which model answers, and from where. */
  | {
      readonly kind: "model";
      readonly model: string;
      readonly endpoint: string;
      readonly local: boolean;
      /** How far the request goes, as far as the address tells; absent in the logs of 0.1.0. */
      readonly locality?: "thisMachine" | "localNetwork" | "elsewhere";
      readonly contextTokens: number;
    }
  | { readonly kind: "phase"; readonly at: number; readonly phase: Phase }
  /** How far a phase is, where the engine tells. */
  | {
      readonly kind: "progress";
      readonly phase: Phase;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: "sent";
      readonly tokens: number;
      readonly contextTokens: number;
      readonly pieces: readonly SentPiece[];
      readonly leftOut: readonly string[];
      /** How many messages of what was said before went along: the last ones. Absent: all. */
      readonly saidMessages?: number;
      /** What was found in the project and did not go along, with the reason. */
      readonly dropped?: readonly DroppedPiece[];
      /** How many secrets were hidden in what was sent. */
      readonly hiddenSecrets?: number;
      /** How the model was asked; in the names of the settings. */
      readonly settings?: SentSettings;
      /** The last message as it was sent, word for word. Logs of 0.1.0 have none. */
      readonly prompt?: string;
    }
  | { readonly kind: "thought"; readonly text: string }
  /** A step of the thought began, so many characters before the end of what is thought so far. */
  | { readonly kind: "step"; readonly at: number; readonly back: number }
  | { readonly kind: "answer"; readonly text: string }
  /**
   * All answer text of this attempt so far turned out to be reasoning: it belongs to the end of the
   * thought.
   */
  | { readonly kind: "answerWasThought" }
  /**
   * How many tokens the thought that goes on may take, and how long from this moment where the
   * clock ends it; a later limit takes its place. `usualTokens`: what the thoughts of this model
   * came to on this machine, where that is known.
   */
  | {
      readonly kind: "thinkingLimit";
      readonly tokens: number;
      readonly ms?: number;
      readonly usualTokens?: number;
    }
  /** A hint waits for the end of a sentence, or stands in the thought from here on. */
  | {
      readonly kind: "hint";
      readonly at: number;
      readonly hint: RunHint;
      readonly state: "waiting" | "taken";
    }
  | { readonly kind: "thoughtEnded"; readonly at: number; readonly by: ThoughtEnd }
  /**
   * The text seems to go round in circles, and the person is asked what to do; `letGoOn`: they
   * said.
   */
  | {
      readonly kind: "looping";
      readonly at: number;
      readonly where: "thought" | "answer";
      readonly state: "asked" | "letGoOn";
    }
  /** The model is asked once more; what it said before stays in the list. */
  | {
      readonly kind: "attempt";
      readonly at: number;
      readonly number: number;
      readonly reason: string;
      /** Set where no answer is asked for: `reason` says what is tried instead. */
      readonly aside?: true;
      /** What is sent now; absent where the model was asked for several answers at once before. */
      readonly asked?: AskedAgain;
    }
  /** `until`: true only until anything comes after it, as of a wait, or until the run ends. */
  | { readonly kind: "notice"; readonly text: string; readonly until?: "next" | "end" }
  /**
   * The model still writes, but the answer holds an edit already; a later draft of the same attempt
   * takes its place.
   */
  | { readonly kind: "draft"; readonly at: number; readonly draft: Draft }
  /**
   * A check runs on the code as it is (`before`) or on what is proposed; `said` comes with its end.
   */
  | {
      readonly kind: "check";
      readonly at: number;
      readonly check: CheckName;
      readonly stage: "before" | "after";
      readonly said?: CheckSaid;
    }
  /**
   * An edit that a check said no to; the model is asked again, and the person can still take it.
   */
  | { readonly kind: "tried"; readonly at: number; readonly proposal: Proposal }
  | { readonly kind: "proposal"; readonly proposal: Proposal }
  | {
      readonly kind: "proposalState";
      readonly at: number;
      readonly proposalId: string;
      readonly state: ProposalState;
    }
  /**
   * What the editor says of the files of an accepted proposal, compared with what it said before.
   */
  | {
      readonly kind: "landed";
      readonly at: number;
      readonly proposalId: string;
      readonly check: Check;
    }
  /**
   * One block of a proposal's file was decided on its own; numbered as `blocksOf` in
   * `hunk-blocks.ts` gives them, from 0.
   */
  | {
      readonly kind: "hunkState";
      readonly at: number;
      readonly proposalId: string;
      readonly fileIndex: number;
      readonly block: number;
      readonly state: BlockState;
    }
  /**
   * An edit that the person may place by hand; a proposal that comes after it in the same run is
   * that edit, placed.
   */
  | { readonly kind: "unplaced"; readonly at: number; readonly edit: UnplacedEdit }
  | {
      readonly kind: "finished";
      readonly at: number;
      readonly outcome: Outcome;
      readonly detail?: string;
      readonly metrics: RunMetrics;
    }
  | { readonly kind: "failed"; readonly at: number; readonly report: FailureReport };

/** Whether nothing more of the model comes after this event. */
export function endsRun({ kind }: RunEvent): boolean {
  return kind === "finished" || kind === "failed";
}
