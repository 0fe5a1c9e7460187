import type { CheckName, CheckSaid } from "../protocol/checks";
import type { PrivateCopy } from "./place/private-copy";

/** Where a check runs: the copy of the project, and an environment without the person's secrets. */
export interface CheckPlace {
  readonly copy: PrivateCopy;
  readonly environment: Readonly<Record<string, string>>;
  /** What starts the project's own Python. */
  readonly python: string;
  /** For what tools compile, from one run to the next; absent: it is compiled anew each time. */
  readonly kept?: string | undefined;
}

/** Something that can be run on the copy as it stands. */
export interface RunnableCheck extends CheckName {
  /** What is run, in words that stay the same from file to file. */
  readonly program: string;
  /** The test files of the project that it runs, as far as they are known; relative. */
  readonly tests?: readonly string[];
  run(place: CheckPlace, signal: AbortSignal): Promise<CheckSaid>;
}
