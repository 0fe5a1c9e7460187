import type { FromPanel } from "../../protocol/panel/from-panel";
import type { RunState } from "../../runs/run-state";
import type { KeptPlace } from "../bridge";
import type { MarkdownActions } from "../markdown/code-figure";
import type { Choices, UnsentWords } from "./dom/disclosure";

/** Where the boxes are kept in which the person does not follow the end. */
export interface KeptPlaces {
  get(key: string): KeptPlace | undefined;
  /**
   * @param place asked a moment later, and says nothing where it cannot tell; undefined: there is
   * nothing to keep any more.
   */
  set(key: string, place: (() => KeptPlace | undefined) | undefined): void;
}

/** What every view is given: the way to the host and what the person left as it is. */
export interface ViewContext {
  readonly send: (message: FromPanel) => void;
  readonly choices: Choices;
  readonly unsent: UnsentWords;
  readonly places: KeptPlaces;
  /** What a text of a run may ask for; `key` names it across reloads. */
  readonly markdownFor: (runId: string, key: string) => MarkdownActions;
  /** Opens a step of a thought, which is the part of the run with that index. */
  readonly showStep?: (part: number, step: number) => void;
  /** Lets such a step lead to the change that it speaks of. */
  readonly leadFrom?: (part: number, step: number, showChange: () => void) => void;
  /** Lets the person ask a run's question in other words. */
  readonly rephrase?: (run: RunState) => void;
}
