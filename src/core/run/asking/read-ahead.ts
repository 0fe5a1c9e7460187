import type { Connection } from "../../model/connection";
import { buildPrompt } from "../../prompt/build-prompt";
import { messageOf } from "../../prompt/prompt";
import { promptRequestFor } from "../attempts/attempt";
import { knownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import { sealPrompt } from "./seal-prompt";

/**
 * Has the model read all but the task, with which every request about a place or behind a talk
 * begins, so that the one that follows is not waited for. Nothing is loaded for it, and nothing
 * comes of it but what the server keeps.
 * Throws what gathering and the model port throw, and the signal's reason.
 */
export async function readAhead(
  request: RunRequest,
  connection: Connection,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const { model, name, contextTokens, think, keepAlive, allowedCloudModels } = connection;
  if ((await model.isLoaded?.(name, signal)) === false) return;
  const { ground } = await knownGround(request, environment, signal);
  const asked = promptRequestFor(request, connection, ground, undefined, environment);
  const prompt = await sealPrompt(buildPrompt({ ...asked, attempt: 1 }), environment.secrets);
  environment.keptOrders?.keep(request.target.uri, prompt);
  const before = prompt.messages.slice(0, -1);
  const content = messageOf(prompt.parts.slice(0, -1));
  const reading = model.chat(
    {
      model: name,
      messages: [...before, { role: "user", content }],
      contextTokens,
      think,
      // To Ollama, none at all would mean as many as there is room for.
      sampling: { temperature: 0, maxTokens: 1 },
      keepAlive,
      allowedCloudModels,
    },
    signal,
  );
  for await (const _ of reading) signal.throwIfAborted();
}
