import type { Phase, RunEvent, RunMetrics } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import type { StopReason } from "../../model/language-model";
import { sleep } from "../../model/sleep";
import { EventQueue } from "../event-queue";
import type { Interventions } from "../interventions";
import { SteeredChat } from "../steer/steered-chat";
import type { SteeredEvent, SteeredRequest } from "../steer/steered-request";
import { attemptEvent } from "../telling";

/** All that one request to the model brought. */
export interface StreamedAnswer {
  readonly thought: string;
  readonly answer: string;
  readonly reason: StopReason;
  readonly metrics: RunMetrics;
  /** The answer went round in circles; it is what came before the second round. */
  readonly looped?: true;
}

type Arrival = SteeredEvent | { readonly kind: "inMemory" };

const memoryPollMs = 700;

/**
 * Sends one request and tells it as run events; the phases follow from what arrives. Leaving the
 * loop closes the connection.
 * @returns the whole texts when the model ended by itself or at a limit. Throws what the model port
 * throws.
 */
export async function* streamAnswer(
  request: SteeredRequest,
  interventions: Interventions,
): AsyncGenerator<RunEvent, StreamedAnswer, void> {
  const { connection } = request;
  const queue = new EventQueue<Arrival>();
  const over = new AbortController();
  const wanted = AbortSignal.any([interventions.requestOver, over.signal]);
  const pump = pumpInto(queue, new SteeredChat(request, interventions).events(wanted));
  const phase = new PhaseTrack();
  let thought = "";
  let answer = "";
  let looped = false;
  try {
    for await (const arrival of queue) {
      switch (arrival.kind) {
        case "sent":
          // A server sends no byte before the first token, so whether it loads or reads has to be
          // asked for, where the chat does not tell it at once.
          if (connection.model.isLoaded === undefined) {
            yield* phase.enter("reading");
            break;
          }
          yield* phase.enter("loading");
          void announceMemory(connection, wanted, queue, () => phase.current === "loading");
          break;
        case "inMemory":
          if (phase.current === "loading") yield* phase.enter("reading");
          break;
        case "loading":
        case "reading":
          yield* phase.enter(arrival.kind);
          if (arrival.done !== undefined && arrival.total !== undefined) {
            yield {
              kind: "progress",
              phase: arrival.kind,
              done: arrival.done,
              total: arrival.total,
            };
          }
          break;
        case "thought":
          yield* phase.enter("thinking");
          thought += arrival.text;
          yield arrival;
          break;
        case "answer":
          yield* phase.enter("answering");
          answer += arrival.text;
          yield arrival;
          break;
        case "answerWasThought":
          thought += answer;
          answer = "";
          yield arrival;
          break;
        case "thinkingLimit":
          yield arrival;
          break;
        case "hint":
        case "thoughtEnded":
        case "looping":
          yield { ...arrival, at: Date.now() };
          break;
        case "anew":
          answer = "";
          phase.current = undefined;
          yield attemptEvent(arrival.reason);
          yield* phase.enter("reading");
          break;
        case "answerLooped":
          answer = answer.slice(0, arrival.upTo);
          looped = true;
          yield {
            kind: "notice",
            text: "The answer went round in circles and was ended there; what came before counts.",
          };
          break;
        case "answerWhole":
          answer = arrival.answer;
          yield {
            kind: "notice",
            text: "The answer went on behind what was asked for, and was ended there.",
          };
          break;
        case "stalled":
          yield {
            kind: "notice",
            text: `The model has said nothing for ${Math.round(arrival.silentMs / 1000)} s; still waiting.`,
            until: "next",
          };
          break;
        case "notice":
          yield arrival;
          break;
        case "done": {
          const { reason, metrics } = arrival;
          return { thought, answer, reason, metrics, ...(looped && { looped }) };
        }
        default:
          return arrival satisfies never;
      }
    }
    throw new Error("the model port ended without its last event");
  } finally {
    over.abort();
    await pump;
  }
}

/** Fills the queue as fast as the model writes, however fast it is emptied. */
async function pumpInto(
  queue: EventQueue<Arrival>,
  chat: AsyncGenerator<SteeredEvent, void, void>,
): Promise<void> {
  try {
    for await (const event of chat) queue.push(event);
    queue.end();
  } catch (thrown) {
    queue.fail(thrown);
  }
}

/**
 * Asks until the model is in memory, beginning when the request has had the time to go out. What
 * cannot be learnt is left alone.
 */
async function announceMemory(
  { model, name }: Connection,
  signal: AbortSignal,
  queue: EventQueue<Arrival>,
  wanted: () => boolean,
): Promise<void> {
  while (!signal.aborted && wanted()) {
    try {
      await sleep(memoryPollMs, signal);
      if (wanted() && (await model.isLoaded?.(name, signal))) {
        queue.push({ kind: "inMemory" });
        return;
      }
    } catch {
      return;
    }
  }
}

/** Emits a phase event when the phase changes; within one request a phase never goes back. */
class PhaseTrack {
  current: Phase | undefined;

  *enter(phase: Phase): Generator<RunEvent, void, void> {
    if (phase === this.current) return;
    this.current = phase;
    yield { kind: "phase", at: Date.now(), phase };
  }
}
