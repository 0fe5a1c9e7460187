import { isRecord } from "../../base/guards";
import { RequestError } from "../chat-request";

/** A hint for a running thought. */
export interface WireHint {
  readonly id: string;
  readonly text: string;
}

/** What is wanted of the thought of one chat; whoever generates looks here between two tokens. */
export class ThoughtSteering {
  #wantsEnd = false;
  #isOver = false;
  readonly #hints: WireHint[] = [];

  /** Nothing more can be done: there is no thought, or it is over. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get wantsEnd(): boolean {
    return this.#wantsEnd && !this.#isOver;
  }

  get hasHints(): boolean {
    return this.#hints.length > 0 && !this.#isOver;
  }

  endThought(): void {
    this.#wantsEnd = true;
  }

  addHint(hint: WireHint): void {
    this.#hints.push(hint);
  }

  takeHints(): readonly WireHint[] {
    return this.#hints.splice(0);
  }

  thoughtIsOver(): void {
    this.#isOver = true;
  }
}

/** The chats that go on and have a name. */
export class RunningChats {
  readonly #chats = new Map<string, ThoughtSteering>();

  /** @returns a function that forgets the chat. */
  add(id: string | undefined, steering: ThoughtSteering): () => void {
    if (id === undefined) return () => {};
    this.#chats.set(id, steering);
    return () => {
      // The request that took this one's place has the same name.
      if (this.#chats.get(id) === steering) this.#chats.delete(id);
    };
  }

  /**
   * Carries out `{id, endThought: true}` or `{id, hint: {id, text}}`. @throws RequestError for
   * anything else, 404 for an unknown chat.
   */
  steer(body: unknown): object {
    if (!isRecord(body) || typeof body["id"] !== "string")
      throw new RequestError(400, "the name of a chat is required");
    const steering = this.#chats.get(body["id"]);
    if (steering === undefined) throw new RequestError(404, "no such chat goes on");
    const hint = body["hint"];
    if (body["endThought"] === true) steering.endThought();
    else if (isRecord(hint) && typeof hint["id"] === "string" && typeof hint["text"] === "string")
      steering.addHint({ id: hint["id"], text: hint["text"] });
    else throw new RequestError(400, "a hint or the end of the thought is required");
    return { steered: !steering.isOver };
  }
}
