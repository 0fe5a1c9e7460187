import { LoopGuard } from "../../../base/loops/loop-guard";
import type { SteeredRequest } from "./steered-request";

/**
 * Watches whether what the model writes goes round in circles, as long as anybody wants to know.
 */
export class LoopWatch {
  readonly #request: Pick<SteeredRequest, "messages" | "loopGuard">;
  #guard: LoopGuard;
  #isOff: boolean;

  constructor(request: Pick<SteeredRequest, "messages" | "loopGuard">) {
    this.#request = request;
    this.#guard = this.#newGuard();
    this.#isOff = request.loopGuard === "off";
  }

  turnOff(): void {
    this.#isOff = true;
  }

  /** What comes is no second round of what was before. */
  begin(): void {
    this.#guard = this.#newGuard();
  }

  /**
   * @returns how many characters at the end of the text are a second round; undefined while there
   * is none.
   */
  push(text: string): number | undefined {
    const loop = this.#isOff ? undefined : this.#guard.push(text);
    return loop && this.#guard.characters - loop.secondRoundAt;
  }

  #newGuard(): LoopGuard {
    const { messages } = this.#request;
    return new LoopGuard((text) => messages.some(({ content }) => content.includes(text)));
  }
}
