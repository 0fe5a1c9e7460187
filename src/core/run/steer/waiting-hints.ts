import { endsSentence } from "../../../base/thoughts/spoken-hint";
import type { RunHint } from "../../../protocol/run-events";
import type { ThoughtMove } from "../../model/language-model";

/** A hint that finds no end of a sentence goes in between two words after so many characters. */
const longestWaitCharacters = 400;

interface WaitingHint {
  readonly hint: RunHint;
  /** The length of the thought when the hint was given. */
  readonly at: number;
  /** The server has it, and puts it into the running thought. */
  readonly isHandedOver: boolean;
}

/** Hints that were given and stand in no thought yet, oldest first. */
export class WaitingHints {
  #hints: readonly WaitingHint[] = [];

  get all(): readonly RunHint[] {
    return this.#hints.map(({ hint }) => hint);
  }

  /** Those that no server has. */
  get here(): readonly RunHint[] {
    return this.#hints.flatMap(({ hint, isHandedOver }) => (isHandedOver ? [] : [hint]));
  }

  /** @returns false for a hint that waits already. */
  add(hint: RunHint, thought: string): boolean {
    if (this.all.some(({ id }) => id === hint.id)) return false;
    this.#hints = [...this.#hints, { hint, at: thought.length, isHandedOver: false }];
    return true;
  }

  /**
   * Gives hints to a server that puts them into the running thought.
   * @param steer whether the server takes it
   * @returns those that it does not take
   */
  async handOver(
    hints: readonly RunHint[],
    steer: (move: ThoughtMove) => Promise<boolean>,
  ): Promise<readonly RunHint[]> {
    const left: RunHint[] = [];
    for (const hint of hints) {
      if (await steer({ kind: "hint", id: hint.id, text: hint.text })) this.#handedOver(hint);
      else left.push(hint);
    }
    return left;
  }

  #handedOver(hint: RunHint): void {
    this.#hints = this.#hints.map((each) =>
      each.hint === hint ? { ...each, isHandedOver: true } : each,
    );
  }

  taken(hints: readonly RunHint[]): void {
    this.#hints = this.#hints.filter(({ hint }) => !hints.includes(hint));
  }

  /** Whether hints wait here that may go in between what was thought and these words. */
  mayGoBefore(words: string, thought: string): boolean {
    const first = this.#hints.find(({ isHandedOver }) => !isHandedOver);
    if (first === undefined) return false;
    if (thought.trim() === "" || endsSentence(thought, words)) return true;
    return thought.length - first.at > longestWaitCharacters && /^\s/.test(words);
  }
}
