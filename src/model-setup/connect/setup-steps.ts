import { untilAborted } from "../../base/abort";
import { failureOf } from "../../core/failure-error";
import type { GraphicsBuild } from "../engine/graphics-builds";
import type { ModelSearch } from "./model-search";
import type { ModelWork } from "./model-work";
import type { SetupBoard } from "./setup-board";

export interface SetupStepsParts {
  readonly board: SetupBoard;
  work(): Promise<ModelWork>;
  /** Ends all work. */
  readonly end: AbortSignal;
  readonly search: ModelSearch;
}

/**
 * What one click does so that there is a model: work that the person waits for, one piece at a
 * time, told of as setup `installing`. What is there already is left out; what was fetched before
 * it was stopped stays, and is used the next time. Throws FailureError, which the setup shows too;
 * the signal's reason when aborted.
 */
export class SetupSteps {
  readonly #parts: SetupStepsParts;
  #goesOn: { readonly what: string; readonly end: Promise<void> } | undefined;

  constructor(parts: SetupStepsParts) {
    this.#parts = parts;
  }

  /**
   * Installs the engine and fetches the model. The person has agreed to it.
   * @param modelId of the offer.
   */
  useBuiltIn(modelId: string, signal: AbortSignal): Promise<void> {
    return this.#do(`built in ${modelId}`, signal, (work, limited) =>
      work.installBuiltIn(modelId, limited),
    );
  }

  /** Gets the engine's build for the graphics card beside the one for the processor. */
  useGraphics(gpu: GraphicsBuild["gpu"], signal: AbortSignal): Promise<void> {
    return this.#do(`graphics ${gpu}`, signal, (work, limited) =>
      work.installGraphics(gpu, limited),
    );
  }

  /**
   * Fetches a model into the Ollama daemon. Throws also FailureError pullRefused or
   * cloudModelRefused.
   * @param agreedHost the host in the name, where the person read it and said yes.
   */
  pullIntoOllama(name: string, signal: AbortSignal, agreedHost?: string): Promise<void> {
    return this.#do(`pull ${name}`, signal, (work, limited) =>
      work.pullIntoOllama(name, agreedHost, limited),
    );
  }

  /** Starts the Ollama that is installed here. It goes on when we end: it belongs to the person. */
  startOllama(signal: AbortSignal): Promise<void> {
    return this.#do("start", signal, (work, limited) => work.startOllama(limited));
  }

  /** Who asks for what goes on waits for that; anything else has its turn when that is over. */
  async #do(
    what: string,
    signal: AbortSignal,
    does: (work: ModelWork, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    signal.throwIfAborted();
    while (this.#goesOn !== undefined) {
      const { what: current, end } = this.#goesOn;
      if (current === what) return untilAborted(end, signal);
      await untilAborted(
        end.catch(() => {}),
        signal,
      );
    }
    const { board, end, search } = this.#parts;
    const limited = AbortSignal.any([signal, end]);
    board.isHeld = true;
    const working = this.#parts
      .work()
      .then((work) => does(work, limited))
      .finally(() => {
        board.isHeld = false;
        this.#goesOn = undefined;
      });
    this.#goesOn = { what, end: working };
    try {
      await working;
    } catch (thrown) {
      // What was found before may be wrong by now.
      search.invalidate();
      if (limited.aborted) {
        search.again(false);
        throw signal.aborted ? signal.reason : thrown;
      }
      const work = await this.#parts.work();
      board.tell(await work.setupOfFailure(failureOf(thrown)));
      throw thrown;
    }
    await search.look(end);
  }
}
