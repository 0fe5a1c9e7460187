import { defined } from "../../base/defined";
import { LoopGuard } from "../../base/loops/loop-guard";
import type { Think } from "../../base/thoughts/levels";
import { hintLeadsOn } from "../../base/thoughts/spoken-hint";
import type { RunHint, ThoughtEnd } from "../../protocol/run-events";
import type { ChatMessage, ModelEvent, ThoughtMove } from "../model/language-model";
import { estimateTokens } from "../prompt/token-estimate";
import { closesItsTurns, learnThatItClosesTurns } from "./closed-turns";
import { EventQueue } from "./event-queue";
import type { Interventions, Move } from "./interventions";
import { RequestCounts, tokensIn } from "./request-counts";
import type { SteeredEvent, SteeredRequest } from "./steered-request";
import type { ThinkingLimit } from "./thinking-budget";
import {
  answerAfter,
  answerFromNotes,
  askedWithHints,
  goingOnFrom,
  thinkOnFrom,
  thinkOnFromNotes,
  withHints,
} from "./thought-prompts";
import { WaitingHints } from "./waiting-hints";

/** One request to the model; a chat has several where its server cannot steer a thought. */
interface Leg {
  readonly messages: readonly ChatMessage[];
  readonly think: Think;
  /**
   * `begin`: nothing is given. `think`: a thought is given, left open. `answer`: a thought is given, closed. `notes`: a thought is told
   * as notes, and an answer wanted.
   */
  readonly from: "begin" | "think" | "answer" | "notes";
}

type Arrival =
  | { readonly kind: "model"; readonly leg: Leg; readonly event: ModelEvent }
  | { readonly kind: "over"; readonly leg: Leg; readonly failure?: { readonly thrown: unknown } }
  | { readonly kind: "move"; readonly move: Move }
  | { readonly kind: "timeUp" };

/** Left of the window when even a longer thought makes no sense. */
const leastFurtherTokens = 32;

/**
 * A chat and what the person does to it: the thought ends where it is, takes in hints, gets more room, or is ended when it goes round
 * in circles. Where the server can do that to the running chat it does; else the request is left and another one begins with the
 * thought so far in the model's own turn, which the server has read already. Whoever listens hears of one chat.
 */
export class SteeredChat {
  readonly #request: SteeredRequest;
  readonly #interventions: Interventions;
  readonly #chatId = crypto.randomUUID();
  readonly #queue = new EventQueue<Arrival>();
  readonly #counts = new RequestCounts();
  /** As the model has it, with the hints that it took in. */
  #thought = "";
  #thoughtTokens = 0;
  #answer = "";
  #place: "before" | "thought" | "answer" = "before";
  #limit: ThinkingLimit;
  #clock: ReturnType<typeof setTimeout> | undefined;
  readonly #hints = new WaitingHints();
  /** The answer is wanted as soon as there is a thought to end. */
  #wantsAnswer = false;
  /** Why the thought is over, once that is sure. */
  #endedBy: ThoughtEnd | undefined;
  #guard: LoopGuard;
  #guardIsOff: boolean;

  constructor(request: SteeredRequest, interventions: Interventions) {
    this.#request = request;
    this.#interventions = interventions;
    this.#limit = request.limit;
    this.#guard = this.#newGuard();
    this.#guardIsOff = request.loopGuard === "off";
  }

  /** The last event is `done`. Throws what the model port throws, and the signal's reason. */
  async *events(signal: AbortSignal): AsyncGenerator<SteeredEvent, void, void> {
    const stopListening = this.#interventions.listen((move) =>
      this.#queue.push({ kind: "move", move }),
    );
    let leg: Leg | undefined = this.#firstLeg();
    try {
      while (leg !== undefined) leg = yield* this.#follow(leg, signal);
    } finally {
      clearTimeout(this.#clock);
      stopListening();
      // What was not taken in may still be, when the model is asked once more.
      for (const hint of this.#hints.all) this.#interventions.move({ kind: "hint", hint });
    }
  }

  #firstLeg(): Leg {
    const { connection, messages, before } = this.#request;
    const { think } = connection;
    if (before === undefined || !think) return { messages, think, from: "begin" };
    this.#thought = goingOnFrom(before);
    this.#thoughtTokens = estimateTokens(this.#thought);
    const given = closesItsTurns(connection)
      ? thinkOnFromNotes(messages, before, [])
      : thinkOnFrom(messages, this.#thought);
    return { messages: given, think, from: "begin" };
  }

  /** @returns the request that takes this one's place. */
  async *#follow(
    leg: Leg,
    signal: AbortSignal,
  ): AsyncGenerator<SteeredEvent, Leg | undefined, void> {
    const closing = new AbortController();
    const pump = this.#pump(leg, AbortSignal.any([signal, closing.signal]));
    this.#counts.begin();
    try {
      for await (const arrival of this.#queue) {
        if ("leg" in arrival && arrival.leg !== leg) continue;
        const next = yield* this.#take(arrival, leg);
        if (next === "done") return undefined;
        if (next === undefined) continue;
        this.#counts.leave();
        return next;
      }
      return undefined;
    } finally {
      closing.abort();
      await pump;
    }
  }

  async #pump(leg: Leg, signal: AbortSignal): Promise<void> {
    const { connection, sampling, roomTokens } = this.#request;
    const maxTokens = Math.max(64, roomTokens - this.#thoughtTokens);
    const request = {
      id: this.#chatId,
      model: connection.name,
      messages: leg.messages,
      contextTokens: connection.contextTokens,
      think: leg.think,
      closesTurns: closesItsTurns(connection),
      sampling: { ...sampling, maxTokens },
      keepAlive: connection.keepAlive,
      allowedCloudModels: connection.allowedCloudModels,
    };
    try {
      for await (const event of connection.model.chat(request, signal))
        this.#queue.push({ kind: "model", leg, event });
      this.#queue.push({ kind: "over", leg });
    } catch (thrown) {
      this.#queue.push({ kind: "over", leg, failure: { thrown } });
    }
  }

  async *#take(
    arrival: Arrival,
    leg: Leg,
  ): AsyncGenerator<SteeredEvent, Leg | "done" | undefined, void> {
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

  async *#takeEvent(
    event: ModelEvent,
    leg: Leg,
  ): AsyncGenerator<SteeredEvent, Leg | "done" | undefined, void> {
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

  async *#takeThought(
    event: Extract<ModelEvent, { kind: "thought" }>,
    leg: Leg,
  ): AsyncGenerator<SteeredEvent, Leg | undefined, void> {
    const { text } = event;
    this.#counts.came(text);
    if (leg.from === "answer" && this.#answer === "") {
      if (text.trim() === "") return undefined;
      // It was given a closed thought and thinks anew: its template ended the turn.
      learnThatItClosesTurns(this.#request.connection);
      return this.#answerLeg(this.#thought);
    }
    if (this.#place === "before") yield* this.#thoughtBegins();
    this.#place = "thought";
    const mayPutIn = this.#mayEnd && leg.from !== "notes";
    if (mayPutIn && this.#wantsAnswer) return yield* this.#endThought("person");
    if (mayPutIn && this.#hints.mayGoBefore(text, this.#thought)) {
      const left = await this.#handOver(this.#hints.here);
      if (left.length > 0) return yield* this.#takeHintsByHand(left);
    }
    this.#thought += text;
    this.#thoughtTokens += tokensIn(text);
    yield event;
    if (!mayPutIn) return undefined;
    const looped = yield* this.#watch(text, "thought");
    if (looped !== undefined && looped !== "done") return looped;
    if (this.#thoughtTokens < this.#limit.tokens) return undefined;
    return yield* this.#endThought(this.#limit.isWindow ? "window" : "budget");
  }

  async *#takeAnswer(
    event: Extract<ModelEvent, { kind: "answer" }>,
  ): AsyncGenerator<SteeredEvent, Leg | "done" | undefined, void> {
    this.#counts.came(event.text);
    clearTimeout(this.#clock);
    const { connection } = this.#request;
    if (this.#place === "before" && this.#hints.all.length > 0 && !connection.think) {
      return yield* this.#takeHintsByHand(this.#hints.all);
    }
    if (this.#place !== "answer") this.#guard = this.#newGuard();
    this.#place = "answer";
    this.#answer += event.text;
    yield event;
    return yield* this.#watch(event.text, "answer");
  }

  async *#takeMove(move: Move): AsyncGenerator<SteeredEvent, Leg | undefined, void> {
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
        if (this.#place !== "answer") await this.#handOver([hint]);
        return undefined;
      }
      case "beginAnew":
        return this.#place === "answer" && this.#hints.all.length > 0
          ? yield* this.#anew("The answer begins anew with your hint.")
          : undefined;
      case "thinkLonger":
        return yield* this.#thinkLonger();
      case "letGoOn":
        this.#guardIsOff = true;
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
    const { ms, tokens } = this.#limit;
    if (ms !== undefined)
      this.#clock = setTimeout(
        () => this.#queue.push({ kind: "timeUp" }),
        Math.min(ms, 2 ** 31 - 1),
      );
    const { usualTokens } = this.#request;
    yield { kind: "thinkingLimit", tokens, ...defined({ ms, usualTokens }) };
  }

  /** Gives hints to a server that puts them into the running thought. @returns those that it does not take. */
  async #handOver(hints: readonly RunHint[]): Promise<readonly RunHint[]> {
    const left: RunHint[] = [];
    for (const hint of hints) {
      if (await this.#steer({ kind: "hint", id: hint.id, text: hint.text }))
        this.#hints.handedOver(hint);
      else left.push(hint);
    }
    return left;
  }

  /** Tells that the hints stand in the thought from here on, and puts them there. */
  *#hintsTaken(hints: readonly RunHint[]): Generator<SteeredEvent, void, void> {
    if (hints.length === 0) return;
    for (const hint of hints) yield { kind: "hint", hint, state: "taken" };
    this.#thought = withHints(this.#thought, hints);
    this.#hints.taken(hints);
    // What comes is no second round of what was before.
    this.#guard = this.#newGuard();
  }

  /** The thought goes on in a request of its own, with the hints behind what was thought. */
  async *#takeHintsByHand(hints: readonly RunHint[]): AsyncGenerator<SteeredEvent, Leg, void> {
    const { connection, messages } = this.#request;
    const before = this.#thought;
    yield* this.#hintsTaken(hints);
    const { think } = connection;
    // Some think although they are not asked to.
    if (!think && before.trim() === "")
      return { messages: askedWithHints(messages, hints), think, from: "begin" };
    if (closesItsTurns(connection)) {
      const told = thinkOnFromNotes(messages, before, hints);
      return { messages: told, think, from: "think" };
    }
    if (hints.length > 0) yield* this.#goOnWith(hintLeadsOn);
    return { messages: thinkOnFrom(messages, this.#thought), think, from: "think" };
  }

  /** Words that are put into the model's mouth. */
  *#goOnWith(text: string): Generator<SteeredEvent, void, void> {
    if (this.#place === "before") yield* this.#thoughtBegins();
    this.#place = "thought";
    this.#thought += text;
    yield { kind: "thought", text };
  }

  #answerLeg(thought: string): Leg {
    const { connection, messages } = this.#request;
    return closesItsTurns(connection)
      ? { messages: answerFromNotes(messages, thought), think: false, from: "notes" }
      : { messages: answerAfter(messages, thought), think: connection.think, from: "answer" };
  }

  /** @param upTo characters of the thought that the answer is to follow from. */
  async *#endThought(
    by: ThoughtEnd,
    upTo = this.#thought.length,
  ): AsyncGenerator<SteeredEvent, Leg | undefined, void> {
    clearTimeout(this.#clock);
    this.#endedBy = by;
    const isWhole = upTo === this.#thought.length;
    if (isWhole && (await this.#steer({ kind: "endThought" }))) return undefined;
    yield { kind: "thoughtEnded", by };
    return this.#answerLeg(this.#thought.slice(0, upTo));
  }

  async *#thinkLonger(): AsyncGenerator<SteeredEvent, Leg | undefined, void> {
    const { limit, windowTokens, connection } = this.#request;
    if (!connection.think && this.#thought === "") return undefined;
    const left = windowTokens - this.#thoughtTokens;
    if (this.#place !== "before" && left < leastFurtherTokens) {
      yield { kind: "notice", text: "The window has no room for a longer thought." };
      return undefined;
    }
    const tokens = Math.min(this.#thoughtTokens + limit.tokens, windowTokens);
    this.#limit = { ...limit, tokens, isWindow: limit.isWindow || tokens === windowTokens };
    if (this.#place === "answer" || this.#endedBy !== undefined)
      return yield* this.#anew("It thinks longer, as you wished.");
    clearTimeout(this.#clock);
    if (this.#place === "thought") yield* this.#thoughtBegins();
    return undefined;
  }

  async *#anew(reason: string): AsyncGenerator<SteeredEvent, Leg, void> {
    yield { kind: "anew", reason };
    this.#answer = "";
    this.#place = "before";
    this.#endedBy = undefined;
    this.#guard = this.#newGuard();
    return yield* this.#takeHintsByHand(this.#hints.all);
  }

  async *#watch(
    text: string,
    where: "thought" | "answer",
  ): AsyncGenerator<SteeredEvent, Leg | "done" | undefined, void> {
    const loop = this.#guardIsOff ? undefined : this.#guard.push(text);
    if (loop === undefined) return undefined;
    if (this.#request.loopGuard === "ask") {
      this.#guardIsOff = true;
      yield { kind: "looping", where, state: "asked" };
      return undefined;
    }
    if (where === "thought") {
      const own = this.#thought.length - this.#guard.characters;
      return yield* this.#endThought("loop", Math.max(0, own + loop.secondRoundAt));
    }
    this.#counts.leave();
    yield { kind: "answerLooped", upTo: loop.secondRoundAt };
    yield { kind: "done", reason: "length", metrics: this.#counts.metrics };
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
      return this.#answerLeg(this.#thought);
    }
    if (isSilent && leg.from === "answer" && event.reason === "stop") {
      // It took its turn for ended, as the template did.
      learnThatItClosesTurns(this.#request.connection);
      return this.#answerLeg(this.#thought);
    }
    yield { ...event, metrics: this.#counts.metrics };
    return "done";
  }

  #newGuard(): LoopGuard {
    const { messages } = this.#request;
    return new LoopGuard((text) => messages.some(({ content }) => content.includes(text)));
  }

  /** Whether there is a thought that nobody has ended yet. */
  get #mayEnd(): boolean {
    return this.#place === "thought" && this.#endedBy === undefined;
  }

  async #steer(move: ThoughtMove): Promise<boolean> {
    return (await this.#request.connection.model.steer?.(this.#chatId, move)) ?? false;
  }
}
