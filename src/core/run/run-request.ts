import type { Think } from "../../base/thoughts/levels";
import type { Target } from "../../protocol/document";
import type { UnplacedEdit } from "../../protocol/proposal";
import type { Action } from "../../protocol/run-events";
import type { ContextSource } from "../context/context-source";
import type { SecretMasks } from "../context/secret-masks";
import type { PieceChoices } from "../context/select-pieces";
import type { Log } from "../log";
import type { Connection } from "../model/connection";
import type { ModelRecords } from "../model/model-records";
import type { TokenCount } from "../prompt/budget/token-counts";
import type { Conversation } from "../prompt/conversation";
import type { FormOutcome } from "../prompt/form-memory";
import type { KeptOrders } from "../prompt/kept-order";
import type { PaceMeasure } from "./attempts/model-pace";
import type { Checker, GreenLimits, TryLimits } from "./checks/checker";
import type { LoopGuardMode } from "./steer/steered-request";
import type { ThinkingBudget } from "./steer/thinking-budget";
import type { SyntaxSource } from "./syntax-source";

/** What the person asks for. `question` is theirs, verbatim; required for `ask`. */
export interface RunRequest {
  readonly action: Action;
  readonly target: Target;
  readonly question?: string;
  /**
   * The thought of an earlier run about the same: the model thinks on from it, for as long as its
   * window holds.
   */
  readonly thoughtBefore?: string;
  /** How much the model was let think in that run. */
  readonly thinkBefore?: Think;
  /** The run that this one follows up on, and what was said there. */
  readonly follows?: { readonly runId: string; readonly conversation?: Conversation };
  /**
   * Goes on in rounds, over several files where need be, until all that fails passes. Needs checks
   * that can tell.
   */
  readonly untilGreen?: true;
  /** An edit of an earlier answer that found no place: only this is asked for, once more. */
  readonly again?: UnplacedEdit;
}

/** What a run needs of the world around it. */
export interface RunEnvironment {
  /** Finds, starts or wakes the model; throws FailureError when there is none. */
  connect(signal: AbortSignal): Promise<Connection>;
  /**
   * Whom a request may be read ahead with: a model that was found before, where the person wants
   * that. Nothing is looked for or started. Absent: nobody.
   */
  connectionAhead?(): Connection | undefined;
  readonly syntax: SyntaxSource;
  /** Whether a workspace-relative path exists, so that a new file never lands on an old one. */
  fileExists(path: string): Promise<boolean>;
  /** Absent: nothing is remembered of how models do. */
  readonly formMemory?: ModelRecords<FormOutcome>;
  /** English name of the language that answers are wanted in; absent or undefined: English. */
  answerLanguage?(): string | undefined;
  /**
   * Who knows what belongs to a place beside its own file, loaded when it is first asked for.
   * Absent: the file is all there is.
   */
  context?(): Promise<readonly ContextSource[]>;
  /** What the person wants of context, read at every request. */
  contextWishes?(): ContextWishes;
  /** Hides what is secret in everything that is sent. Absent: nothing is hidden. */
  readonly secrets?: SecretMasks;
  /** Absent: tokens are estimated the same for every model. */
  readonly tokenCounts?: ModelRecords<TokenCount>;
  /** Absent: every prompt is laid out as if it was the first. */
  readonly keptOrders?: KeptOrders;
  /** Absent: nothing is run. */
  readonly checkers?: readonly Checker[];
  /** Read at every run. Absent: {@link defaultTryLimits}. */
  tries?(): TryLimits;
  /** Read at every run that goes on until all passes. Absent: {@link defaultGreenLimits}. */
  greenLimits?(): GreenLimits;
  /**
   * Another file as it is now, where a failure leads there; undefined for one that a model must not
   * be shown. Throws FailureError for one that cannot be worked on. Absent: no other file is asked
   * about.
   */
  takeFile?(uri: string, line: number | undefined): Promise<Target | undefined>;
  /** Absent: nothing is remembered of how fast models write. */
  readonly pace?: ModelRecords<PaceMeasure>;
  /**
   * How a thought is limited, read at every request. Absent: the budget is `auto`, and a loop ends
   * the text.
   */
  steering?(): Steering;
  readonly log: Log;
}

/** What the person set and said about what goes along. */
export interface ContextWishes {
  /** For all pieces together that nobody asked for. */
  readonly extraTokens: number;
  readonly choices: PieceChoices;
}

/** What the person set about thoughts. */
export interface Steering {
  readonly budget: ThinkingBudget;
  readonly loopGuard: LoopGuardMode;
  /** What could not be used as it was set, so that its default holds: said in every run. */
  readonly unread?: readonly ("thinkingBudget" | "loopGuard")[];
}
