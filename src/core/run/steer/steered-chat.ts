import { defined } from "../../../base/defined";
import { hintLeadsOn } from "../../../base/thoughts/spoken-hint";
import type { RunHint, ThoughtEnd } from "../../../protocol/run-events";
import type { ModelEvent, StopReason, ThoughtMove } from "../../model/language-model";
import type { Interventions, Move } from "../interventions";
import { type Arrival, Arrivals } from "./arrivals";
import { learnThatItClosesTurns } from "./closed-turns";
import { answerLeg, chatRequestOf, firstLeg, type Leg, thinkingLeg, toldLeg } from "./legs";
import { LoopWatch } from "./loop-watch";
import { RequestCounts } from "./request-counts";
import { RestWatch } from "./rest-watch";
import type { SteeredEvent, SteeredRequest } from "./steered-request";
import { goingOnFrom, withHints } from "./thought-prompts";
import { ThoughtRoom } from "./thought-room";
import { WaitingHints } from "./waiting-hints";

/**
 * What is done about an arrival; it may bring a request that takes the place of the one that goes
 * on, or end the chat.
 */
type Steps<Next> = AsyncGenerator<SteeredEvent, Next | undefined, void>;

/**
 * A chat and what the person does to it: the thought ends where it is, takes in hints, gets more
 * room, or is ended when it goes round in circles. Where the server can do that to the running chat
 * it does; else the request is left and another one begins with the thought so far in the model's
 * own turn, which the server has read already. Whoever listens hears of one chat.
 */
export class SteeredChat {
  readonly #request: SteeredRequest;
  readonly #interventions: Interventions;
  readonly #chatId = crypto.randomUUID();
  readonly #arrivals = new Arrivals();
  readonly #counts = new RequestCounts();
  readonly #hints = new WaitingHints();
  readonly #loops: LoopWatch;
  #rest: RestWatch | undefined;
  readonly #room: ThoughtRoom;
  /** As the model has it, with the hints that it took in. */
  #thought = "";
  #answer = "";
  #place: "before" | "thought" | "answer" = "before";
  /** The answer is wanted as soon as there is a thought to end. */
  #wantsAnswer = false;
  /** Why the thought is over, once that is sure. */
  #endedBy: ThoughtEnd | undefined;

  constructor(request: SteeredRequest, interventions: Interventions) {
    this.#request = request;
    this.#interventions = interventions;
    this.#loops = new LoopWatch(request);
    this.#room = new ThoughtRoom(request.limit, () => this.#arrivals.push({ kind: "timeUp" }));
  }

  /** The last event is `done`. Throws what the model port throws, and the signal's reason. */
  async *events(signal: AbortSignal): AsyncGenerator<SteeredEvent, void, void> {
    const stopListening = this.#interventions.listen((move) =>
      this.#arrivals.push({ kind: "move", move }),
    );
    let leg: Leg | undefined = this.#firstLeg();
    try {
      while (leg !== undefined) leg = yield* this.#follow(leg, signal);
    } finally {
      this.#room.stopClock();
      stopListening();
      // What was not taken in may still be, when the model is asked once more.
      for (const hint of this.#hints.all) this.#interventions.move({ kind: "hint", hint });
    }
  }

  #firstLeg(): Leg {
    const { connection, before } = this.#request;
    if (before !== undefined && connection.think) this.#thought = goingOnFrom(before);
    this.#room.given(this.#thought);
    return firstLeg(this.#request, this.#thought);
  }

  /** @returns the request that takes this one's place. */
  async *#follow(leg: Leg, signal: AbortSignal): Steps<Leg> {
    this.#counts.begin();
    const { model } = this.#request.connection;
    const asked = chatRequestOf(leg, this.#request, this.#chatId, this.#room.tokens);
    for await (const arrival of this.#arrivals.during(asked, model, signal)) {
      const next = yield* this.#take(arrival, leg);
      if (next === "done") return undefined;
      if (next === undefined) continue;
      this.#counts.leave();
      return next;
    }
    return undefined;
  }

  async *#take(arrival: Arrival, leg: Leg): Steps<Leg | "done"> {
    switch (arrival.kind) {
      case "model":
        return yield* this.#takeEvent(arrival.event, leg);
      case "move":
        return yield* this.#takeMove(arrival.move);
      case "timeUp":
        return this.#mayEnd ? yield* this.#endThought("budget") : undefined;
      case "over":
        if (arrival.failure !== undefined) throw arrival.failure.thrown;
        throw new Error("the model port ended without its last event");
      default:
        return arrival satisfies never;
    }
  }

  async *#takeEvent(event: ModelEvent, leg: Leg): Steps<Leg | "done"> {
    switch (event.kind) {
      case "sent":
      case "loading":
      case "reading":
        // A request that takes another's place is nobody's affair.
        if (leg.from === "begin") yield event;
        return undefined;
      case "thought":
        return yield* this.#takeThought(event, leg);
      case "answer":
        return yield* this.#takeAnswer(event);
      case "answerWasThought":
        this.#thought += this.#answer;
        this.#answer = "";
        this.#place = "thought";
        yield event;
        return undefined;
      case "thoughtEnded":
        yield { kind: "thoughtEnded", by: this.#endedBy ?? "person" };
        return undefined;
      case "hintTaken":
        yield* this.#hintsTaken(this.#hints.all.filter(({ id }) => id === event.id));
        return undefined;
      case "stalled":
      case "notice":
        yield event;
        return undefined;
      case "done":
        return yield* this.#finish(event, leg);
      default:
        return event satisfies never;
    }
  }

  async *#takeThought(event: Extract<ModelEvent, { kind: "thought" }>, leg: Leg): Steps<Leg> {
    const { text } = event;
    this.#counts.came(text);
    if (leg.from === "answer" && this.#answer === "") {
      if (text.trim() === "") return undefined;
      // It was given a closed thought and thinks anew: its template ended the turn.
      learnThatItClosesTurns(this.#request.connection);
      return answerLeg(this.#request, this.#thought);
    }
    if (this.#place === "before") yield* this.#thoughtBegins();
    this.#place = "thought";
    const mayPutIn = this.#mayEnd && leg.from !== "notes";
    if (mayPutIn && this.#wantsAnswer) return yield* this.#endThought("person");
    if (mayPutIn && this.#hints.mayGoBefore(text, this.#thought)) {
      const left = await this.#hints.handOver(this.#hints.here, this.#steer);
      if (left.length > 0) return yield* this.#takeHintsByHand(left);
    }
    this.#thought += text;
    this.#room.came(text);
    yield event;
    if (!mayPutIn) return undefined;
    const looped = yield* this.#watch(text, "thought");
    if (looped !== undefined && looped !== "done") return looped;
    const { usedUpBy } = this.#room;
    return usedUpBy === undefined ? undefined : yield* this.#endThought(usedUpBy);
  }

  async *#takeAnswer(event: Extract<ModelEvent, { kind: "answer" }>): Steps<Leg | "done"> {
    this.#counts.came(event.text);
    this.#room.stopClock();
    const { connection } = this.#request;
    if (this.#place === "before" && this.#hints.all.length > 0 && !connection.think) {
      return yield* this.#takeHintsByHand(this.#hints.all);
    }
    if (this.#place !== "answer") {
      const { asked } = this.#request;
      this.#loops.begin();
      this.#rest = asked && new RestWatch(asked);
    }
    this.#place = "answer";
    this.#answer += event.text;
    yield event;
    const whole = this.#rest?.push(event.text);
    if (whole === undefined) return yield* this.#watch(event.text, "answer");
    yield { kind: "answerWhole", answer: whole };
    return yield* this.#leave("stop");
  }

  async *#takeMove(move: Move): Steps<Leg> {
    switch (move.kind) {
      case "answerNow":
        if (this.#mayEnd) return yield* this.#endThought("person");
        if (this.#place === "before" && !(await this.#steer({ kind: "endThought" })))
          this.#wantsAnswer = true;
        return undefined;
      case "hint": {
        const hint = { ...move.hint, text: await this.#request.seal(move.hint.text) };
        if (!this.#hints.add(hint, this.#thought)) return undefined;
        yield { kind: "hint", hint, state: "waiting" };
        if (this.#place !== "answer") await this.#hints.handOver([hint], this.#steer);
        return undefined;
      }
      case "beginAnew":
        return this.#place === "answer" && this.#hints.all.length > 0
          ? yield* this.#anew("The answer begins anew with your hint.")
          : undefined;
      case "thinkLonger":
        return yield* this.#thinkLonger();
      case "letGoOn":
        this.#loops.turnOff();
        yield {
          kind: "looping",
          where: this.#place === "answer" ? "answer" : "thought",
          state: "letGoOn",
        };
        return undefined;
      default:
        return move satisfies never;
    }
  }

  *#thoughtBegins(): Generator<SteeredEvent, void, void> {
    this.#room.startClock();
    const { ms, tokens } = this.#room.limit;
    const { usualTokens } = this.#request;
    yield { kind: "thinkingLimit", tokens, ...defined({ ms, usualTokens }) };
  }

  /** Tells that the hints stand in the thought from here on, and puts them there. */
  *#hintsTaken(hints: readonly RunHint[]): Generator<SteeredEvent, void, void> {
    if (hints.length === 0) return;
    for (const hint of hints) yield { kind: "hint", hint, state: "taken" };
    this.#thought = withHints(this.#thought, hints);
    this.#hints.taken(hints);
    this.#loops.begin();
  }

  /** The thought goes on in a request of its own, with the hints behind what was thought. */
  async *#takeHintsByHand(hints: readonly RunHint[]): AsyncGenerator<SteeredEvent, Leg, void> {
    const before = this.#thought;
    yield* this.#hintsTaken(hints);
    const told = toldLeg(this.#request, before, hints);
    if (told !== undefined) return told;
    if (hints.length > 0) yield* this.#goOnWith(hintLeadsOn);
    return thinkingLeg(this.#request, this.#thought);
  }

  /** Words that are put into the model's mouth. */
  *#goOnWith(text: string): Generator<SteeredEvent, void, void> {
    if (this.#place === "before") yield* this.#thoughtBegins();
    this.#place = "thought";
    this.#thought += text;
    yield { kind: "thought", text };
  }

  /** @param upTo characters of the thought that the answer is to follow from. */
  async *#endThought(by: ThoughtEnd, upTo = this.#thought.length): Steps<Leg> {
    this.#room.stopClock();
    this.#endedBy = by;
    const isWhole = upTo === this.#thought.length;
    if (isWhole && (await this.#steer({ kind: "endThought" }))) return undefined;
    yield { kind: "thoughtEnded", by };
    return answerLeg(this.#request, this.#thought.slice(0, upTo));
  }

  async *#thinkLonger(): Steps<Leg> {
    const { windowTokens, connection } = this.#request;
    if (!connection.think && this.#thought === "") return undefined;
    if (this.#place !== "before" && !this.#room.mayGrow(windowTokens)) {
      yield { kind: "notice", text: "The window has no room for a longer thought." };
      return undefined;
    }
    this.#room.grow(windowTokens);
    if (this.#place === "answer" || this.#endedBy !== undefined)
      return yield* this.#anew("It thinks longer, as you wished.");
    if (this.#place === "thought") yield* this.#thoughtBegins();
    return undefined;
  }

  async *#anew(reason: string): AsyncGenerator<SteeredEvent, Leg, void> {
    yield { kind: "anew", reason };
    this.#answer = "";
    this.#place = "before";
    this.#endedBy = undefined;
    this.#loops.begin();
    return yield* this.#takeHintsByHand(this.#hints.all);
  }

  async *#watch(text: string, where: "thought" | "answer"): Steps<Leg | "done"> {
    const secondRound = this.#loops.push(text);
    if (secondRound === undefined) return undefined;
    if (this.#request.loopGuard === "ask") {
      this.#loops.turnOff();
      yield { kind: "looping", where, state: "asked" };
      return undefined;
    }
    const written = where === "thought" ? this.#thought : this.#answer;
    const upTo = Math.max(0, written.length - secondRound);
    if (where === "thought") return yield* this.#endThought("loop", upTo);
    yield { kind: "answerLooped", upTo };
    return yield* this.#leave("length");
  }

  /** Ends the request before the model does. */
  *#leave(reason: StopReason): Generator<SteeredEvent, "done", void> {
    this.#counts.leave();
    yield { kind: "done", reason, metrics: this.#counts.metrics };
    return "done";
  }

  async *#finish(
    event: Extract<ModelEvent, { kind: "done" }>,
    leg: Leg,
  ): AsyncGenerator<SteeredEvent, Leg | "done", void> {
    this.#counts.end(event.metrics);
    const { promptTokens } = event.metrics;
    if (promptTokens !== undefined && leg.messages === this.#request.messages)
      this.#request.counted(promptTokens);
    const isSilent = this.#answer.trim() === "" && this.#thought.trim() !== "";
    if (isSilent && (leg.from === "begin" || leg.from === "think")) {
      const by = event.reason === "length" ? "window" : "silence";
      yield { kind: "thoughtEnded", by };
      this.#endedBy = by;
      return answerLeg(this.#request, this.#thought);
    }
    if (isSilent && leg.from === "answer" && event.reason === "stop") {
      // It took its turn for ended, as the template did.
      learnThatItClosesTurns(this.#request.connection);
      return answerLeg(this.#request, this.#thought);
    }
    yield { ...event, metrics: this.#counts.metrics };
    return "done";
  }

  /** Whether there is a thought that nobody has ended yet. */
  get #mayEnd(): boolean {
    return this.#place === "thought" && this.#endedBy === undefined;
  }

  /** @returns false where the server does not do that to a thought that goes on. */
  readonly #steer = async (move: ThoughtMove): Promise<boolean> =>
    (await this.#request.connection.model.steer?.(this.#chatId, move)) ?? false;
}
