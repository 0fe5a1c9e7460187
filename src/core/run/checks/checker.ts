import type { CheckCase, CheckName, CheckSaid } from "../../../protocol/checks";
import type { Target } from "../../../protocol/document";
import type { FileProposal } from "../../../protocol/proposal";

/** What is asked about: the document, and the declaration in it where the request is about one. */
export interface CheckRequest {
  readonly target: Target;
  readonly symbol?: string;
}

/** A file as an edit leaves it. */
export type EditedFile = Pick<FileProposal, "uri" | "path" | "proposed">;

/** Runs code to see whether an edit is right. Whoever passes one in has the person's yes for it. */
export interface Checker {
  /**
   * Finds what there is to run, and makes a place apart from the person's files to run it in. Runs
   * nothing of theirs yet. Throws the signal's own reason, and an Error whose message is a sentence
   * where no such place can be made.
   */
  prepare(request: CheckRequest, signal: AbortSignal): Promise<PreparedChecks>;
}

/** A place that may hold the cause of what fails. */
export interface Suspect {
  readonly uri: string;
  /** Zero-based; absent where only the file is known. */
  readonly line?: number;
}

/** What an edit of a file changes of that by which it is judged. */
export interface TestsTouched {
  /**
   * The file as the edit leaves it, but with its tests as they were; undefined: it was not there.
   */
  readonly text: string | undefined;
  /** What is changed, in the code's own words. */
  readonly names: readonly string[];
  /** The file is there for tests alone. */
  readonly isWhole: boolean;
}

/** The checks of one run. */
export interface PreparedChecks {
  readonly checks: readonly CheckName[];
  /**
   * What tells whether an edit changes what the code does, run like the others, where they say
   * nothing against it. Absent: there is nothing to tell it by.
   */
  readonly behaviour?: CheckName;
  /** What runs can do no harm outside of its place; absent: it may. */
  readonly isShutIn?: boolean;
  /**
   * What would be run, in words that stay the same from file to file: "the documented examples with
   * python3", "python -m pytest".
   */
  readonly programs: readonly string[];
  /** What cannot be checked and why, in whole sentences. */
  readonly unchecked: readonly string[];
  /**
   * Runs a check with the files as given in place of what is there; none: on the code as it is.
   * Always ends within the check's limits. Throws nothing but the signal's own reason: what cannot
   * be run is said in the result.
   */
  run(checkId: string, files: readonly EditedFile[], signal: AbortSignal): Promise<CheckSaid>;
  /**
   * Where the cause of failures may be, likeliest first; tests are none. Absent: not known to this
   * checker.
   * @param files as they were when this failed
   */
  suspects?(
    failing: readonly CheckCase[],
    files: readonly EditedFile[],
  ): Promise<readonly Suspect[]>;
  /**
   * Whether a file holds tests and nothing else, or one of its lines, zero-based, stands in a test.
   * Absent: not known to this checker.
   */
  isTest?(uri: string, line?: number): Promise<boolean>;
  /**
   * What an edit changes of the tests that judge it; undefined: none. Absent: not known to this
   * checker.
   */
  touched?(file: FileProposal): Promise<TestsTouched | undefined>;
  /** Ends what runs and removes the place. */
  dispose(): Promise<void>;
}

/** How long and how often the model is asked again because a check says no. */
export interface TryLimits {
  /**
   * Counted from the first answer, which takes longer than this where the machine is slow; what is
   * being written at the end is still waited for.
   */
  readonly seconds: number;
  /** Answers in all. */
  readonly tries: number;
}

export const defaultTryLimits: TryLimits = { seconds: 60, tries: 8 };

/** How far a run goes that is to end with everything passing. `tries` are those of one round. */
export interface GreenLimits extends TryLimits {
  readonly rounds: number;
}

export const defaultGreenLimits: GreenLimits = { rounds: 4, seconds: 600, tries: 4 };
