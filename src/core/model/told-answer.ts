import type { Json } from "../../base/guards";
import type { FailureError } from "../failure-error";
import type { ModelEvent } from "./language-model";
import { type Activity, type SilenceTiming, tellingSilence } from "./silence";

/** Makes events of the objects of one answer. */
export interface AnswerReader<Event> {
  /** Nothing more is to be read, whatever else comes. */
  readonly isOver: boolean;
  /** Something that the model wrote has come. */
  readonly hasWritten: boolean;
  /** How thought arrived; undefined as long as there was none. */
  readonly arrival: "field" | "marks" | undefined;
  /** @throws FailureError for an object that ends the answer badly. */
  read(object: Json): Generator<Event>;
  /**
   * The last events, once nothing more comes. @throws FailureError for an answer that is not whole.
   */
  finish(): Iterable<Event>;
  /** What was held back, when the stream breaks: nothing written is lost. */
  rest(): readonly Event[];
  /** Why a stream ended without saying that it is done. */
  endedEarly(): FailureError;
}

/** An event of an answer, some of which are text. */
export interface ToldEvent {
  readonly kind: string;
  readonly text?: string;
}

/** What the request itself tells, before and between the objects of its answer. */
export type WireEvent = Extract<ModelEvent, { kind: "sent" | "stalled" }>;

/**
 * One request on the wire, from its first event to its last. The same notice is told once.
 * @param objects of the answer; asking for the first sends the request.
 */
export async function* toldAnswer<Event extends ToldEvent>(
  objects: AsyncIterator<Json>,
  reader: AnswerReader<Event>,
  activity: Activity,
  timing: SilenceTiming,
): AsyncGenerator<Event | WireEvent, void, void> {
  const heard = tellingSilence(objects, activity, timing);
  const notices = new Set<string | undefined>();
  try {
    let next = heard.next();
    // Its failure is heard below, where it is awaited.
    next.catch(() => {});
    yield { kind: "sent" };
    for (;;) {
      const { done, value } = await next;
      if (done === true) break;
      if (value.kind === "stalled") yield value;
      else
        for (const event of reader.read(value.value)) {
          activity.writes = reader.hasWritten;
          if (event.kind === "notice" && notices.size === notices.add(event.text).size) continue;
          yield event;
        }
      if (reader.isOver) break;
      next = heard.next();
    }
    yield* reader.finish();
  } catch (thrown) {
    yield* reader.rest();
    throw thrown;
  }
}
