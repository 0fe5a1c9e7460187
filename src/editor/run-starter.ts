import { defined } from "../base/defined";
import type { Assistant } from "../core/run/assistant";
import type { ActionArguments } from "../protocol/commands";
import type { Action, RunEvent } from "../protocol/run-events";
import { askAboutSecondRequest } from "./second-request";
import { takeTarget } from "./targets";

/** The one way from a request of the person to a run, wherever they asked. */
export class RunStarter {
  readonly #assistant: Assistant;
  readonly #showPanel: () => void;

  constructor(assistant: Assistant, showPanel: () => void) {
    this.#assistant = assistant;
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
  async again(started: Extract<RunEvent, { kind: "started" }>): Promise<void> {
    const { action, uri, range, question } = started;
    await this.start(action, { uri, range, ...defined({ question }) });
  }

  /** Whether the assistant is free now; only one run goes on at a time. */
  async #makeRoom(): Promise<boolean> {
    const { current } = this.#assistant;
    if (current === undefined) return true;
    const choice = await askAboutSecondRequest(current, this.#assistant.idle());
    if (choice === undefined) return false;
    if (choice === "stop" && this.#assistant.current?.runId === current.runId) await this.#assistant.stop();
    // Another request may have waited for the same moment and been first.
    while (this.#assistant.current !== undefined) await this.#assistant.idle();
    return true;
  }
}
