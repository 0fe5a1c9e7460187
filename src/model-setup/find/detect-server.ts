import { FailureError, failureOf } from "../../core/failure-error";
import type { ModelDaemon, ModelServer } from "../../core/model/language-model";
import { addressOf } from "../../core/model/normalise-endpoint";
import type { Failure } from "../../protocol/failure";
import {
  type ChosenServer,
  type EndpointKind,
  endpointKinds,
  kindsOfServers,
  nameOf,
} from "../settings/endpoints";
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
 * What a server speaks, found by asking it in every way at once. Ollama speaks OpenAI's API too,
 * and tells more in its own; of the others the first counts, in the order of the table of kinds.
 * @throws FailureError that says what answers instead; the signal's reason when aborted.
 */
export async function detectServer(detect: DetectServer): Promise<ChosenServer> {
  const { text, signal, ollamaAt, serverAt } = detect;
  const ollama = serverOf(text, "ollama");
  const others = kindsOfServers.filter((kind) => kind !== "ollama");
  const [[version], answers] = await Promise.all([
    Promise.allSettled([probeDaemon(ollamaAt(ollama), signal)]),
    Promise.all(others.map((kind) => listOf(serverOf(text, kind), serverAt, signal))),
  ]);
  signal.throwIfAborted();
  if (version.status === "fulfilled") return ollama;
  const found =
    answers.find(({ failed }) => failed === undefined) ??
    // It can be asked what it has once it has loaded it.
    answers.find(({ failed }) => isLoading(failed));
  if (found !== undefined) return found.server;
  const told = answers.map(({ server, failed }) => ({
    server,
    failed,
    failure: toldBy(failed, server),
  }));
  const most = told.find(({ failure }) => !saysNothing(failure)) ?? told[0];
  // Of several failures the one that knows more: that nobody answers is said of Ollama, which most
  // people mean.
  if (most === undefined || (saysNothing(most.failure) && !/\/v\d/.test(text)))
    throw version.reason;
  throw new FailureError({ ...most.failure, server: nameOf(most.server) }, { cause: most.failed });
}

function serverOf(text: string, kind: EndpointKind): ChosenServer {
  return { kind, address: addressOf(text, endpointKinds[kind]) };
}

/** Asks for its models. `failed` is what came instead. */
async function listOf(
  server: ChosenServer,
  serverAt: DetectServer["serverAt"],
  signal: AbortSignal,
): Promise<{ readonly server: ChosenServer; readonly failed?: unknown }> {
  try {
    await withDeadline(signal, listTimeoutMs, server.address.endpoint, async (limited) =>
      (await serverAt(server)).list(limited),
    );
    return { server };
  } catch (failed) {
    return { server, failed };
  }
}

function toldBy(failed: unknown, { address }: ChosenServer): Failure {
  const own = failureOf(failed);
  const isServer = own.kind === "serverBusy" || own.kind === "serverError";
  return isServer ? own : whoAnswers(own, address.endpoint);
}

function saysNothing({ kind }: Failure): boolean {
  return kind === "daemonUnreachable" || kind === "notADaemon";
}
