import { defined } from "../../../base/defined";
import type { RunEvent } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import type { SamplingOptions } from "../../model/language-model";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import { tokensPerSecond } from "../attempts/model-pace";
import type { RunEnvironment } from "../run-request";
import { chatRequestOf, firstLeg, givenThought } from "../steer/legs";
import type { SteeredRequest } from "../steer/steered-request";
import { thinkingLimit } from "../steer/thinking-budget";
import { sentEvent } from "../telling";
import { type SealedPrompt, sealText } from "./seal-prompt";

/**
 * Kept back from a thought, so that the model can still answer when the thought has used up the
 * rest.
 */
const answerReserveTokens = 1_024;
const leastRoomTokens = 64;

/** What a first request is made from beside its prompt. */
interface Beginning {
  readonly connection: Connection;
  readonly environment: Pick<RunEnvironment, "secrets" | "steering" | "pace">;
  /** A thought to go on from. */
  readonly thoughtBefore?: string | undefined;
}

/** What holds where nobody says otherwise. */
export const defaultSteering = { budget: { kind: "auto" }, loopGuard: "end" } as const;

/**
 * The room for thought and answer, what a thought may take of it, and the thought that is gone on
 * from, where it fits: that one may go on for as long as the window holds.
 */
export async function beginningOf(
  { tokens }: SealedPrompt,
  { connection, environment, thoughtBefore }: Beginning,
): Promise<Pick<SteeredRequest, "roomTokens" | "windowTokens" | "limit" | "before">> {
  const roomTokens = Math.max(leastRoomTokens, connection.contextTokens - tokens);
  const reserve = Math.min(answerReserveTokens, Math.floor(roomTokens / 3));
  const windowTokens = Math.max(leastRoomTokens, roomTokens - reserve);
  const { budget } = environment.steering?.() ?? defaultSteering;
  const pace = tokensPerSecond(environment.pace?.of(connection.name) ?? []);
  const isNew = thoughtBefore === undefined;
  const limit = thinkingLimit(isNew ? budget : { kind: "none" }, pace, windowTokens);
  const room = { roomTokens, windowTokens, limit };
  if (isNew) return room;
  const before = await sealText(thoughtBefore, environment.secrets);
  return { ...room, ...(fits(before, windowTokens) && { before }) };
}

/** Whether there is room for thinking on from a thought: as much again. */
function fits(thought: string, windowTokens: number): boolean {
  return estimateTokens(thought) <= windowTokens / 2;
}

/** Tells what `askModel` is about to send, by the words of the server that it goes to. */
export async function tellSent(
  prompt: SealedPrompt,
  sampling: SamplingOptions,
  asking: Beginning,
  signal: AbortSignal,
): Promise<RunEvent> {
  const { connection } = asking;
  const { roomTokens, limit, before } = await beginningOf(prompt, asking);
  const asked = { connection, messages: prompt.messages, ...defined({ before }) };
  const thought = givenThought(asked);
  const room = { connection, sampling, roomTokens };
  const request = chatRequestOf(firstLeg(asked, thought), room, limit, estimateTokens(thought));
  // Whatever is wrong with the model is said by the chat itself.
  const wire = await connection.model.wire(request, signal).catch(() => undefined);
  return sentEvent(prompt, request, wire);
}
