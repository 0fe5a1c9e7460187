import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { Assistant } from "../../core/run/assistant";
import type { ActionArguments } from "../../protocol/commands";
import type { Action } from "../../protocol/run-events";
import { unplacedIn } from "../../runs/run-lists";
import type { Started } from "../../runs/run-state";
import type { RunHistory } from "../../session/history/run-history";
import { takeTarget } from "../documents/targets";
import { askAboutSecondRequest } from "./second-request";

/** The one way from a request of the person to a run, wherever they asked. */
export class RunStarter {
  readonly #assistant: Assistant;
  readonly #history: RunHistory;
  readonly #showPanel: () => void;

  constructor(assistant: Assistant, history: RunHistory, showPanel: () => void) {
    this.#assistant = assistant;
    this.#history = history;
    this.#showPanel = showPanel;
  }

  /** Throws FailureError when the place cannot be worked on. Resolves when the run has started, or the person changed their mind. */
  async start(action: Action, given?: ActionArguments, question = given?.question): Promise<void> {
    // Taken before any question is asked: the request is about what the person saw when they asked.
    const target = await takeTarget(given, action);
    if (!(await this.#makeRoom())) return;
    this.#assistant.start({ action, target, ...defined({ question }) });
    this.#showPanel();
  }

  /** Asks the same again about the same place, as it is now. */
  async again(started: Started): Promise<void> {
    const { action, uri, range, question, again } = started;
    if (again !== undefined) return await this.askForEditAgain(again);
    await this.start(action, { uri, range, ...defined({ question }) });
  }

  /** Asks for an edit that found no place once more, alone. Throws FailureError when it is placed or forgotten, or its file is gone. */
  async askForEditAgain(editId: string): Promise<void> {
    const known = unplacedIn(this.#history.states).find(({ edit }) => edit.id === editId);
    const started = known && this.#history.stateOf(known.runId).started;
    if (known === undefined || started === undefined)
      throw new FailureError({ kind: "proposalGone" });
    const { action, range } = started;
    const target = await takeTarget(
      { uri: known.edit.uri, range },
      action === "ask" ? "fix" : action,
    );
    if (!(await this.#makeRoom())) return;
    this.#assistant.start({ action, target, again: known.edit });
    this.#showPanel();
  }

  /** Whether the assistant is free now; only one run goes on at a time. */
  async #makeRoom(): Promise<boolean> {
    const { current } = this.#assistant;
    if (current === undefined) return true;
    const choice = await askAboutSecondRequest(current, this.#assistant.idle());
    if (choice === undefined) return false;
    if (choice === "stop" && this.#assistant.current?.runId === current.runId)
      await this.#assistant.stop();
    // Another request may have waited for the same moment and been first.
    while (this.#assistant.current !== undefined) await this.#assistant.idle();
    return true;
  }
}
