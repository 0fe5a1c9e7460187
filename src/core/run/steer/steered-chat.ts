import type { ModelEvent, StopReason } from "../../model/language-model";
import type { Interventions } from "../interventions";
import { type Arrival, Arrivals } from "./arrivals";
import { ChatSoFar, type Steps } from "./chat-so-far";
import { learnThatItClosesTurns } from "./closed-turns";
import { answerLeg, chatRequestOf, firstLeg, givenThought, type Leg } from "./legs";
import { LoopWatch } from "./loop-watch";
import { RequestCounts } from "./request-counts";
import { RestWatch } from "./rest-watch";
import type { SteeredEvent, SteeredRequest } from "./steered-request";
import { ThoughtMoves } from "./thought-moves";
import { ThoughtRoom } from "./thought-room";
import { WaitingHints } from "./waiting-hints";

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
  readonly #told = new ChatSoFar();
  readonly #moves: ThoughtMoves;

  constructor(request: SteeredRequest, interventions: Interventions) {
    this.#request = request;
    this.#interventions = interventions;
    this.#loops = new LoopWatch(request);
    this.#room = new ThoughtRoom(request.limit, () => this.#arrivals.push({ kind: "timeUp" }));
    this.#moves = new ThoughtMoves({
      ...{ request, chatId: this.#chatId, told: this.#told },
      ...{ hints: this.#hints, loops: this.#loops, room: this.#room },
    });
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
    this.#told.thought = givenThought(this.#request);
    this.#room.given(this.#told.thought);
    return firstLeg(this.#request, this.#told.thought);
  }

  /** @returns the request that takes this one's place. */
  async *#follow(leg: Leg, signal: AbortSignal): Steps<Leg> {
    this.#counts.begin();
    const { model } = this.#request.connection;
    const id = this.#chatId;
    const asked = { ...chatRequestOf(leg, this.#request, this.#room.limit, this.#room.tokens), id };
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
        return yield* this.#moves.take(arrival.move);
      case "timeUp":
        return this.#told.mayEnd ? yield* this.#moves.endThought("budget") : undefined;
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
        this.#told.thought += this.#told.answer;
        this.#told.answer = "";
        this.#told.place = "thought";
        yield event;
        return undefined;
      case "thoughtEnded":
        yield { kind: "thoughtEnded", by: this.#told.endedBy ?? "person" };
        return undefined;
      case "hintTaken":
        yield* this.#moves.hintsTaken(this.#hints.all.filter(({ id }) => id === event.id));
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
    if (leg.from === "answer" && this.#told.answer === "") {
      if (text.trim() === "") return undefined;
      // It was given a closed thought and thinks anew: its template ended the turn.
      learnThatItClosesTurns(this.#request.connection);
      return answerLeg(this.#request, this.#told.thought);
    }
    if (this.#told.place === "before") yield* this.#moves.thoughtBegins();
    this.#told.place = "thought";
    const mayPutIn = this.#told.mayEnd && leg.from !== "notes";
    if (mayPutIn && this.#told.wantsAnswer) return yield* this.#moves.endThought("person");
    if (mayPutIn && this.#hints.mayGoBefore(text, this.#told.thought)) {
      const left = await this.#hints.handOver(this.#hints.here, this.#moves.steer);
      if (left.length > 0) return yield* this.#moves.takeHintsByHand(left);
    }
    this.#told.thought += text;
    this.#room.came(text);
    yield event;
    if (!mayPutIn) return undefined;
    const looped = yield* this.#watch(text, "thought");
    if (looped !== undefined && looped !== "done") return looped;
    const usedUpBy = this.#room.usedUpBy(this.#moves.serverEndsAfter);
    return usedUpBy === undefined ? undefined : yield* this.#moves.endThought(usedUpBy);
  }

  async *#takeAnswer(event: Extract<ModelEvent, { kind: "answer" }>): Steps<Leg | "done"> {
    this.#counts.came(event.text);
    this.#room.stopClock();
    const { connection } = this.#request;
    if (this.#told.place === "before" && this.#hints.all.length > 0 && !connection.think) {
      return yield* this.#moves.takeHintsByHand(this.#hints.all);
    }
    if (this.#told.mayEnd && this.#room.wasEndedAfter(this.#moves.serverEndsAfter)) {
      this.#told.endedBy = "budget";
      yield { kind: "thoughtEnded", by: "budget" };
    }
    if (this.#told.place !== "answer") {
      const { asked } = this.#request;
      this.#loops.begin();
      this.#rest = asked && new RestWatch(asked);
    }
    this.#told.place = "answer";
    this.#told.answer += event.text;
    yield event;
    const whole = this.#rest?.push(event.text);
    if (whole === undefined) return yield* this.#watch(event.text, "answer");
    yield { kind: "answerWhole", answer: whole };
    return yield* this.#leave("stop");
  }

  async *#watch(text: string, where: "thought" | "answer"): Steps<Leg | "done"> {
    const secondRound = this.#loops.push(text);
    if (secondRound === undefined) return undefined;
    if (this.#request.loopGuard === "ask") {
      this.#loops.turnOff();
      yield { kind: "looping", where, state: "asked" };
      return undefined;
    }
    const written = where === "thought" ? this.#told.thought : this.#told.answer;
    const upTo = Math.max(0, written.length - secondRound);
    if (where === "thought") return yield* this.#moves.endThought("loop", upTo);
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
    const isSilent = this.#told.answer.trim() === "" && this.#told.thought.trim() !== "";
    if (isSilent && (leg.from === "begin" || leg.from === "think")) {
      return yield* this.#moves.answerFollows(event.reason === "length" ? "window" : "silence");
    }
    if (isSilent && leg.from === "answer" && event.reason === "stop") {
      // It took its turn for ended, as the template did.
      learnThatItClosesTurns(this.#request.connection);
      return answerLeg(this.#request, this.#told.thought);
    }
    yield { ...event, metrics: this.#counts.metrics };
    return "done";
  }
}
