import { defined } from "../../../base/defined";
import type { RunEvent } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import type { SamplingOptions } from "../../model/language-model";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import type { RunEnvironment } from "../run-request";
import { chatRequestOf, firstLeg, givenThought } from "../steer/legs";
import type { SteeredRequest } from "../steer/steered-request";
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
  readonly environment: Pick<RunEnvironment, "secrets">;
  /** A thought to go on from. */
  readonly thoughtBefore?: string | undefined;
}

/** The room for thought and answer, and the thought that is gone on from, where it fits. */
export async function beginningOf(
  { tokens }: SealedPrompt,
  { connection, environment, thoughtBefore }: Beginning,
): Promise<Pick<SteeredRequest, "roomTokens" | "windowTokens" | "before">> {
  const roomTokens = Math.max(leastRoomTokens, connection.contextTokens - tokens);
  const reserve = Math.min(answerReserveTokens, Math.floor(roomTokens / 3));
  const windowTokens = Math.max(leastRoomTokens, roomTokens - reserve);
  if (thoughtBefore === undefined) return { roomTokens, windowTokens };
  const before = await sealText(thoughtBefore, environment.secrets);
  return { roomTokens, windowTokens, ...(fits(before, windowTokens) && { before }) };
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
  const { roomTokens, before } = await beginningOf(prompt, asking);
  const asked = { connection, messages: prompt.messages, ...defined({ before }) };
  const thought = givenThought(asked);
  const room = { connection, sampling, roomTokens };
  const request = chatRequestOf(firstLeg(asked, thought), room, estimateTokens(thought));
  // Whatever is wrong with the model is said by the chat itself.
  const wire = await connection.model.wire(request, signal).catch(() => undefined);
  return sentEvent(prompt, request, wire);
}
