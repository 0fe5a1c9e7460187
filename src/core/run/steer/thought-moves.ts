import { defined } from "../../../base/defined";
import { hintLeadsOn } from "../../../base/thoughts/spoken-hint";
import type { RunHint, ThoughtEnd } from "../../../protocol/run-events";
import type { ThoughtMove } from "../../model/language-model";
import type { Move } from "../interventions";
import type { ChatSoFar, Steps } from "./chat-so-far";
import { answerLeg, type Leg, thinkingLeg, toldLeg } from "./legs";
import type { LoopWatch } from "./loop-watch";
import type { SteeredEvent, SteeredRequest } from "./steered-request";
import { withHints } from "./thought-prompts";
import type { ThoughtRoom } from "./thought-room";
import type { WaitingHints } from "./waiting-hints";

export interface MoveParts {
  readonly request: SteeredRequest;
  readonly chatId: string;
  readonly told: ChatSoFar;
  readonly hints: WaitingHints;
  readonly loops: LoopWatch;
  readonly room: ThoughtRoom;
}

/**
 * What is done to a chat by others than its model: by the person, the clock, the budget. Where the
 * server does it to the running thought nothing more is needed; else what is returned is the
 * request that takes the place of the one that goes on.
 */
export class ThoughtMoves {
  readonly #request: SteeredRequest;
  readonly #chatId: string;
  readonly #told: ChatSoFar;
  readonly #hints: WaitingHints;
  readonly #loops: LoopWatch;
  readonly #room: ThoughtRoom;

  constructor({ request, chatId, told, hints, loops, room }: MoveParts) {
    this.#request = request;
    this.#chatId = chatId;
    this.#told = told;
    this.#hints = hints;
    this.#loops = loops;
    this.#room = room;
  }

  async *take(move: Move): Steps<Leg> {
    switch (move.kind) {
      case "answerNow":
        if (this.#told.mayEnd) return yield* this.endThought("person");
        if (this.#told.place === "before" && !(await this.steer({ kind: "endThought" })))
          this.#told.wantsAnswer = true;
        return undefined;
      case "hint": {
        const hint = { ...move.hint, text: await this.#request.seal(move.hint.text) };
        if (!this.#hints.add(hint, this.#told.thought)) return undefined;
        yield { kind: "hint", hint, state: "waiting" };
        if (this.#told.place !== "answer") await this.#hints.handOver([hint], this.steer);
        return undefined;
      }
      case "beginAnew":
        return this.#told.place === "answer" && this.#hints.all.length > 0
          ? yield* this.#anew("The answer begins anew with your hint.")
          : undefined;
      case "thinkLonger":
        return yield* this.#thinkLonger();
      case "letGoOn":
        this.#loops.turnOff();
        yield {
          kind: "looping",
          where: this.#told.place === "answer" ? "answer" : "thought",
          state: "letGoOn",
        };
        return undefined;
      default:
        return move satisfies never;
    }
  }

  *thoughtBegins(): Generator<SteeredEvent, void, void> {
    this.#room.startClock();
    const { ms, tokens } = this.#room.limit;
    const { usualTokens } = this.#request;
    yield { kind: "thinkingLimit", tokens, ...defined({ ms, usualTokens }) };
  }

  /** The thought goes on in a request of its own, with the hints behind what was thought. */
  async *takeHintsByHand(hints: readonly RunHint[]): AsyncGenerator<SteeredEvent, Leg, void> {
    const before = this.#told.thought;
    yield* this.hintsTaken(hints);
    const told = toldLeg(this.#request, before, hints);
    if (told !== undefined) return told;
    if (hints.length > 0) yield* this.#goOnWith(hintLeadsOn);
    return thinkingLeg(this.#request, this.#told.thought);
  }

  /** @param upTo characters of the thought that the answer is to follow from. */
  async *endThought(by: ThoughtEnd, upTo = this.#told.thought.length): Steps<Leg> {
    this.#room.stopClock();
    this.#told.endedBy = by;
    const isWhole = upTo === this.#told.thought.length;
    if (isWhole && (await this.steer({ kind: "endThought" }))) return undefined;
    this.#told.thought = this.#told.thought.slice(0, upTo);
    return yield* this.answerFollows(by);
  }

  /**
   * The answer is asked for from the thought so far. Hints that wait for the end of a sentence go
   * in before: there is no later place for them.
   */
  *answerFollows(by: ThoughtEnd): Generator<SteeredEvent, Leg, void> {
    this.#told.endedBy = by;
    yield* this.hintsTaken(this.#hints.all);
    yield { kind: "thoughtEnded", by };
    return answerLeg(this.#request, this.#told.thought);
  }

  async *#thinkLonger(): Steps<Leg> {
    const { windowTokens, connection } = this.#request;
    if (!connection.think && this.#told.thought === "") return undefined;
    if (this.#told.place !== "before" && !this.#room.mayGrow(windowTokens)) {
      yield { kind: "notice", text: "The window has no room for a longer thought." };
      return undefined;
    }
    this.#room.grow(windowTokens);
    if (this.#told.place === "answer" || this.#told.endedBy !== undefined)
      return yield* this.#anew("It thinks longer, as you wished.");
    if (this.#told.place !== "thought") return undefined;
    // What the server was told to end goes on in another request.
    const isBounded = this.serverEndsAfter !== undefined;
    yield* this.thoughtBegins();
    return isBounded ? yield* this.takeHintsByHand([]) : undefined;
  }

  /** Tokens after which the server itself ends the thought; undefined where it does not. */
  get serverEndsAfter(): number | undefined {
    return this.#request.connection.model.endsThoughtAfter?.(this.#chatId);
  }

  async *#anew(reason: string): AsyncGenerator<SteeredEvent, Leg, void> {
    yield { kind: "anew", reason };
    this.#told.answer = "";
    this.#told.place = "before";
    this.#told.endedBy = undefined;
    this.#loops.begin();
    return yield* this.takeHintsByHand(this.#hints.all);
  }

  /** Tells that the hints stand in the thought from here on, and puts them there. */
  *hintsTaken(hints: readonly RunHint[]): Generator<SteeredEvent, void, void> {
    if (hints.length === 0) return;
    for (const hint of hints) yield { kind: "hint", hint, state: "taken" };
    this.#told.thought = withHints(this.#told.thought, hints);
    this.#hints.taken(hints);
    this.#loops.begin();
  }

  /** Words that are put into the model's mouth. */
  *#goOnWith(text: string): Generator<SteeredEvent, void, void> {
    if (this.#told.place === "before") yield* this.thoughtBegins();
    this.#told.place = "thought";
    this.#told.thought += text;
    yield { kind: "thought", text };
  }

  /** @returns false where the server does not do that to a thought that goes on. */
  readonly steer = async (move: ThoughtMove): Promise<boolean> =>
    (await this.#request.connection.model.steer?.(this.#chatId, move)) ?? false;
}
