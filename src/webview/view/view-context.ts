import type { FromPanel } from "../../protocol/panel/from-panel";
import type { RunState } from "../../runs/run-state";
import type { MarkdownActions } from "../markdown/code-figure";
import type { Choices, UnsentWords } from "./disclosure";

/** What every view is given: the way to the host and what the person left as it is. */
export interface ViewContext {
  readonly send: (message: FromPanel) => void;
  readonly choices: Choices;
  readonly unsent: UnsentWords;
  /** What the texts of a run may ask for. */
  readonly markdownFor: (runId: string) => MarkdownActions;
  /** Opens a step of a thought, which is the part of the run with that index. */
  readonly showStep?: (part: number, step: number) => void;
  /** Lets the person ask a run's question in other words. */
  readonly rephrase?: (run: RunState) => void;
}
