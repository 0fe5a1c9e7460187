import type { RequestOnWire } from "../protocol/run-events";
import type { RunState } from "./run-state";

/**
 * What a request was on the wire that a log of 0.1 tells of, or one whose server could not tell.
 * Such a log names a few settings, and one of two protocols: where it names none it is the first
 * that there was.
 */
export function wireOfOldLog(
  model: string,
  { contextTokens, settings }: NonNullable<RunState["sent"]>,
): RequestOnWire {
  const { api, think, keepAlive, temperature, topP } = settings ?? {};
  const sampling = { temperature, top_p: topP };
  if (api === "openai")
    return { path: "/chat/completions", fields: { model, stream: true, ...sampling } };
  const options = { num_ctx: contextTokens, ...sampling };
  const fields = { model, stream: true, think, keep_alive: keepAlive, options };
  return { path: "/api/chat", fields };
}
