import { join } from "node:path";
import type { Program } from "./process/run-program";
import type { CheckPlace } from "./runnable-check";

/** A command of the project, as it is run in the copy. */
export interface ProjectCommand {
  readonly words: readonly [string, ...string[]];
  /** Absolute, in the copy. */
  readonly folder: string;
  /** Words for the person; the paths in them are relative. */
  readonly label: string;
  /** The same without what changes from file to file. */
  readonly program: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export function programOf(
  { words, folder, environment: own }: ProjectCommand,
  { copy, environment, kept }: CheckPlace,
): Program {
  return {
    words,
    folder,
    writable: copy.folder,
    kept,
    environment: {
      ...environment,
      ...(kept === undefined ? {} : { GOCACHE: join(kept, "go-build") }),
      ...own,
    },
  };
}
