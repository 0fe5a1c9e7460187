/**
 * What can go wrong, as a closed union: every producer picks one of these, and `describeFailure` in
 * core turns each into the user's words. Carrying data instead of sentences keeps the wording in
 * one place.
 */
export type Failure = KnownFailure & {
  /**
   * Name of the server that it happened with; absent where the daemon was asked that is looked for
   * when nobody names a server.
   */
  readonly server?: string;
};

type KnownFailure = ReachFailure | CloudFailure | AnswerFailure | EngineFailure | FileFailure;

/** On the way to a model. */
export type ReachFailure =
  | { readonly kind: "daemonUnreachable"; readonly endpoint: string; readonly cause: string }
  /** `page`: what answers shows web pages; `to`: where it sends requests on to. */
  | {
      readonly kind: "notADaemon";
      readonly endpoint: string;
      readonly found: string;
      readonly page?: true;
      readonly to?: string;
    }
  | { readonly kind: "invalidEndpoint"; readonly endpoint: string; readonly cause: string }
  | { readonly kind: "forbidden"; readonly endpoint: string }
  /**
   * A user name and a password, or a key, are wanted; `refused` when the ones that were sent are
   * not the right ones, `password` when it says that no key will do.
   */
  | {
      readonly kind: "credentialsWanted";
      readonly endpoint: string;
      readonly refused: boolean;
      readonly password?: true;
    }
  /**
   * What stands between us and the daemon keeps the request back; `status` is 405, 407, 413, 502,
   * 504 and their like.
   */
  | { readonly kind: "proxyRefused"; readonly endpoint: string; readonly status: number }
  /**
   * The machine's policy lets no request go there; `what` is an address, or a model that runs off
   * this machine.
   */
  | {
      readonly kind: "policyForbids";
      readonly what: string;
      readonly rule: "loopback" | "allowList" | "cloudModels";
    }
  /** `baseModel`: the name of one that is there, and that nobody trained to answer. */
  | { readonly kind: "noChatModel"; readonly endpoint: string; readonly baseModel?: string }
  | { readonly kind: "modelMissing"; readonly model: string }
  /**
   * The name is none that can be fetched, or it has `host` fetched from, which the person has not
   * agreed to.
   */
  | { readonly kind: "pullRefused"; readonly model: string; readonly host?: string };

/** A model that a daemon would have run off the machine. */
export type CloudFailure =
  | { readonly kind: "signInRequired"; readonly model: string; readonly signInUrl?: string }
  /** `turnedOff`: the daemon itself refuses such models, so that a yes would change nothing. */
  | {
      readonly kind: "cloudModelRefused";
      readonly model: string;
      readonly host?: string;
      readonly turnedOff?: true;
    };

/** While a model reads or answers. */
export type AnswerFailure =
  | {
      readonly kind: "contextOverflow";
      readonly promptTokens?: number;
      readonly contextTokens?: number;
    }
  | { readonly kind: "outOfMemory"; readonly message: string; readonly contextTokens?: number }
  /** `loads`: it takes no request until it has loaded its model. */
  | { readonly kind: "serverBusy"; readonly loads?: true }
  | { readonly kind: "modelCrashed"; readonly message: string }
  | { readonly kind: "requestRejected"; readonly status: number; readonly message: string }
  | { readonly kind: "serverError"; readonly status: number; readonly message: string }
  | { readonly kind: "modelReportedError"; readonly message: string }
  | {
      readonly kind: "streamBroken";
      /** `empty`: it ended before anything came. */
      readonly how: "ended" | "empty" | "reset" | "malformed";
      readonly detail?: string;
    }
  | { readonly kind: "repetition"; readonly sample: string }
  /**
   * `notAsked`: the daemon took the request for one that only loads the model, so its text did not
   * arrive.
   */
  | { readonly kind: "emptyAnswer"; readonly model: string; readonly notAsked: boolean }
  | { readonly kind: "answerTooLong"; readonly limitCharacters: number }
  | { readonly kind: "silent"; readonly silentMs: number };

/** The built-in engine, its models and their downloads. */
export type EngineFailure =
  | { readonly kind: "engineNotInstalled"; readonly cause: string }
  | { readonly kind: "engineCrashed"; readonly exit: string }
  /** Its process runs, and takes no request. */
  | { readonly kind: "engineSilent" }
  | { readonly kind: "downloadFailed"; readonly what: string; readonly cause: string }
  | {
      readonly kind: "checksumMismatch";
      readonly what: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: "diskFull"; readonly path: string; readonly neededBytes?: number }
  | { readonly kind: "modelFileUnreadable"; readonly path: string; readonly cause: string };

/** The files of a request or a proposal, the history, and faults of ours. */
export type FileFailure =
  | { readonly kind: "noEditor" }
  | { readonly kind: "fileReadOnly"; readonly path: string }
  | { readonly kind: "fileMissing"; readonly path: string }
  | {
      readonly kind: "fileTooLarge";
      readonly path: string;
      readonly bytes: number;
      readonly limitBytes: number;
    }
  | { readonly kind: "fileBinary"; readonly path: string }
  /** A cell of a notebook that was closed, or from which the cell was deleted. */
  | { readonly kind: "cellMissing"; readonly path: string }
  /**
   * Tests go into a new file beside the one that they test: there is none beside what was never
   * saved, nor one for a cell.
   */
  | {
      readonly kind: "noPlaceForTests";
      readonly path: string;
      readonly because: "unsaved" | "cell";
    }
  | { readonly kind: "documentConflict"; readonly path: string }
  /** What was accepted is not there any more as it was; `line` counts from 1. */
  | { readonly kind: "undoConflict"; readonly path: string; readonly line: number }
  | { readonly kind: "applyRefused"; readonly path: string }
  /** A change that is made only when it is named. */
  | { readonly kind: "guardedPlace"; readonly path: string; readonly reason: string }
  | { readonly kind: "proposalGone" }
  | { readonly kind: "historyUnwritable"; readonly path: string; readonly cause: string }
  | { readonly kind: "internal"; readonly message: string };

/** What a button under a failure does. The host carries it out; the view only names it. */
export type RemedyAction =
  | "retry"
  | "chooseModel"
  | "pullModel"
  | "useBuiltInEngine"
  | "openSettings"
  | "signIn"
  | "enterCredentials"
  | "allowCloudModel"
  | "showLog"
  | "openDiff";

export interface RemedyButton {
  readonly label: string;
  readonly action: RemedyAction;
}

/**
 * A failure in the user's words: what happened, what to do, and at most one button; another beside
 * it only where the remedy names two ways.
 */
export interface FailureReport {
  readonly failure: Failure;
  readonly title: string;
  readonly remedy: string;
  readonly button?: RemedyButton;
  readonly otherwise?: RemedyButton;
}
