import { FailureError, failureOf } from "../../core/failure-error";
import type { ModelDaemon, ModelServer } from "../../core/model/language-model";
import { addressOf } from "../../core/model/normalise-endpoint";
import { ollamaAddresses } from "../../core/model/ollama/ollama-addresses";
import { openAiAddresses } from "../../core/model/openai/openai-addresses";
import { type ChosenServer, nameOf } from "../settings/endpoints";
import { probeDaemon, whoAnswers, withDeadline } from "./find-daemon";
import { isLoading } from "./when-loaded";

const listTimeoutMs = 5_000;

export interface DetectServer {
  /** As typed, with or without the API's own path. */
  readonly text: string;
  readonly signal: AbortSignal;
  ollamaAt(server: ChosenServer): ModelDaemon;
  serverAt(server: ChosenServer): Promise<ModelServer>;
}

/**
 * What a server speaks, found by asking it both ways at once. Ollama speaks OpenAI's API too, and
 * tells more in its own.
 * @throws FailureError that says what answers instead; the signal's reason when aborted.
 */
export async function detectServer(detect: DetectServer): Promise<ChosenServer> {
  const { text, signal, ollamaAt, serverAt } = detect;
  const ollama: ChosenServer = { kind: "ollama", address: addressOf(text, ollamaAddresses) };
  const other: ChosenServer = { kind: "openai", address: addressOf(text, openAiAddresses) };
  const [version, list] = await Promise.allSettled([
    probeDaemon(ollamaAt(ollama), signal),
    withDeadline(signal, listTimeoutMs, other.address.endpoint, async (limited) =>
      (await serverAt(other)).list(limited),
    ),
  ]);
  signal.throwIfAborted();
  if (version.status === "fulfilled") return ollama;
  if (list.status === "fulfilled") return other;
  // It can be asked what it has once it has loaded it.
  if (isLoading(list.reason)) return other;
  const own = failureOf(list.reason);
  const isServer = own.kind === "serverBusy" || own.kind === "serverError";
  const failure = isServer ? own : whoAnswers(own, other.address.endpoint);
  const saysNothing = ["daemonUnreachable", "notADaemon"].includes(failure.kind);
  // Of two failures the one that knows more: that nobody answers is said of Ollama, which most
  // people mean.
  if (saysNothing && !/\/v\d/.test(text)) throw version.reason;
  throw new FailureError({ ...failure, server: nameOf(other) }, { cause: list.reason });
}
