import type { Think } from "../../../base/thoughts/levels";
import type { RunHint } from "../../../protocol/run-events";
import type { ChatMessage, ChatRequest } from "../../model/language-model";
import { closesItsTurns } from "./closed-turns";
import type { SteeredRequest } from "./steered-request";
import type { ThinkingLimit } from "./thinking-budget";
import {
  answerAfter,
  answerFromNotes,
  askedWithHints,
  goingOnFrom,
  thinkOnFrom,
  thinkOnFromNotes,
} from "./thought-prompts";

/** Of every request, whatever the thought has taken: an answer of one word has room. */
const leastTokens = 64;

/** One request to the model; a chat has several where its server cannot steer a thought. */
export interface Leg {
  readonly messages: readonly ChatMessage[];
  readonly think: Think;
  /**
   * `begin`: nothing is given. `think`: a thought is given, left open. `answer`: a thought is
   * given, closed. `notes`: a thought is told as notes, and an answer wanted.
   */
  readonly from: "begin" | "think" | "answer" | "notes";
}

type Asked = Pick<SteeredRequest, "connection" | "messages" | "before">;

/** The thought that a chat begins with; empty: none. */
export function givenThought({ connection, before }: Asked): string {
  return before !== undefined && connection.think ? goingOnFrom(before) : "";
}

/** @param thought what the model goes on from; empty: nothing. */
export function firstLeg({ connection, messages, before }: Asked, thought: string): Leg {
  const { think, thinkingOff } = connection;
  if (!think && thinkingOff === "emptyThought")
    return { messages: answerAfter(messages, ""), think, from: "begin" };
  if (before === undefined || thought === "") return { messages, think, from: "begin" };
  const given = closesItsTurns(connection)
    ? thinkOnFromNotes(messages, before, [])
    : thinkOnFrom(messages, thought);
  return { messages: given, think, from: "begin" };
}

/** The thought is over, and its answer wanted. */
export function answerLeg({ connection, messages }: Asked, thought: string): Leg {
  return closesItsTurns(connection)
    ? { messages: answerFromNotes(messages, thought), think: false, from: "notes" }
    : { messages: answerAfter(messages, thought), think: connection.think, from: "answer" };
}

/** The thought goes on in the model's own turn. */
export function thinkingLeg({ connection, messages }: Asked, thought: string): Leg {
  return { messages: thinkOnFrom(messages, thought), think: connection.think, from: "think" };
}

/**
 * The thought goes on with hints that are told, where they cannot stand in the model's own turn: it
 * has none, or its template closes every turn. Undefined where they can.
 */
export function toldLeg(
  { connection, messages }: Asked,
  thought: string,
  hints: readonly RunHint[],
): Leg | undefined {
  const { think } = connection;
  // Some think although they are not asked to.
  if (!think && thought.trim() === "")
    return { messages: askedWithHints(messages, hints), think, from: "begin" };
  if (!closesItsTurns(connection)) return undefined;
  return { messages: thinkOnFromNotes(messages, thought, hints), think, from: "think" };
}

/**
 * A thought that begins is given its limit, where that is the person's wish; one that was given is
 * watched here: a server counts from where it goes on.
 * @param takenTokens what the thought so far has taken of the room for thought and answer.
 */
export function chatRequestOf(
  { messages, think, from }: Leg,
  {
    connection,
    sampling,
    roomTokens,
  }: Pick<SteeredRequest, "connection" | "sampling" | "roomTokens">,
  limit: ThinkingLimit,
  takenTokens: number,
): ChatRequest {
  const { name, contextTokens, keepAlive, allowedCloudModels } = connection;
  const isBounded = from === "begin" && think !== false && takenTokens === 0 && !limit.isWindow;
  const maxTokens = Math.max(leastTokens, roomTokens - takenTokens);
  return {
    model: name,
    messages,
    contextTokens,
    think,
    ...(isBounded ? { thoughtTokens: limit.tokens } : {}),
    closesTurns: closesItsTurns(connection),
    sampling: { ...sampling, maxTokens },
    keepAlive,
    allowedCloudModels,
  };
}
