import { isRecord } from "../base/guards";
import type { ChatParts } from "./chat";
import {
  type GenerationOptions,
  modelName,
  parseKeepAlive,
  parseOptions,
  RequestError,
} from "./chat-request";
import type { HttpAnswer } from "./http-answer";
import { metrics, overflow } from "./told-metrics";
import { fillGap, gapTokens } from "./writing/fill-gap";

/** A gap between two texts, as `/api/generate` of the daemon takes it. */
export interface InfillRequest {
  readonly model: string;
  readonly before: string;
  readonly after: string;
  /** What is probably written: it is read in one step, as far as it is right. */
  readonly likely: string;
  readonly options: GenerationOptions;
  readonly keepAliveMs: number;
}

/** @throws RequestError for what is no gap to fill: the client needs no other text. */
export function parseInfillRequest(body: unknown): InfillRequest {
  if (!isRecord(body)) throw new RequestError(400, "missing request body");
  const { prompt, suffix, stream, thinkaloud_likely: likely } = body;
  if (typeof prompt !== "string" || typeof suffix !== "string" || stream !== false)
    throw new RequestError(400, "only a prompt with a suffix is answered here, and as a whole");
  return {
    model: modelName(body),
    before: prompt,
    after: suffix,
    likely: typeof likely === "string" ? likely : "",
    options: parseOptions(body["options"]),
    keepAliveMs: parseKeepAlive(body["keep_alive"]),
  };
}

/** Fills in a gap, in its turn, or beside others as {@link answerChat} does. */
export async function answerInfill(
  { store, slot, queue }: ChatParts,
  request: InfillRequest,
  answer: HttpAnswer,
): Promise<void> {
  const { options, keepAliveMs } = request;
  const stored = store.find(request.model);
  const { signal } = answer;
  await queue.run(
    async (share) => {
      try {
        const startedAt = performance.now();
        const contextTokens = slot.plan(stored, options.contextTokens);
        const loaded = await slot.load(stored, contextTokens, signal, () => {});
        const loadedAt = performance.now();
        const prompt = gapTokens(loaded.model, request);
        if (prompt === undefined)
          throw new RequestError(400, `"${stored.name}" does not support insert`);
        if (prompt.length >= contextTokens) throw overflow(prompt.length, contextTokens);
        share();
        const filled = await slot.lend(prompt, 1, ([sequence]) =>
          fillGap({
            ...loaded,
            sequence,
            prompt,
            likely: request.likely,
            options,
            signal,
            isAlone: () => slot.writers === 1,
          }),
        );
        answer.json({
          model: request.model,
          created_at: new Date().toISOString(),
          response: filled.text,
          done: true,
          done_reason: filled.reason,
          ...metrics(startedAt, loadedAt, filled),
        });
      } finally {
        slot.keep(keepAliveMs);
      }
    },
    signal,
    (running) => slot.hasRoomBeside(running, stored, options.contextTokens),
  );
}
