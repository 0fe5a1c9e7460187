import type { ThoughtEnd } from "../../../protocol/run-events";
import type { SteeredEvent } from "./steered-request";

/**
 * What is done about an arrival; it may bring a request that takes the place of the one that goes
 * on, or end the chat.
 */
export type Steps<Next> = AsyncGenerator<SteeredEvent, Next | undefined, void>;

/** What came of a chat so far. */
export class ChatSoFar {
  /** As the model has it, with the hints that it took in. */
  thought = "";
  answer = "";
  place: "before" | "thought" | "answer" = "before";
  /** The answer is wanted as soon as there is a thought to end. */
  wantsAnswer = false;
  /** Why the thought is over, once that is sure. */
  endedBy: ThoughtEnd | undefined;

  /** Whether there is a thought that nobody has ended yet. */
  get mayEnd(): boolean {
    return this.place === "thought" && this.endedBy === undefined;
  }
}
