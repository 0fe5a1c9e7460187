import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { FailureError } from "../../core/failure-error";
import type { ModelDaemon } from "../../core/model/language-model";
import { addressOf } from "../../core/model/normalise-endpoint";
import { ollamaHost } from "../../core/model/ollama/ollama-addresses";
import { probeDaemon } from "../find/find-daemon";
import type { Surroundings } from "../find/surroundings";
import { type OllamaInstallation, ollamaFor } from "./find-ollama";

/**
 * The bare daemon is told where we shall look for it, unless the person told it so already, perhaps
 * to listen on more than that.
 */
function serveEnvironment(env: StartOllama["env"], endpoint: string): NodeJS.ProcessEnv {
  try {
    if (addressOf(env["OLLAMA_HOST"] ?? "", ollamaHost).endpoint === endpoint) return env;
  } catch {
    // What cannot be read is replaced.
  }
  return { ...env, OLLAMA_HOST: new URL(endpoint).host };
}

/**
 * Starts the Ollama of this machine and waits until it answers. @throws FailureError
 * daemonUnreachable; the signal's reason when aborted.
 */
export async function startInstalledOllama(
  { env, log, folders }: Pick<Surroundings, "env" | "log" | "folders">,
  model: ModelDaemon,
  signal: AbortSignal,
): Promise<void> {
  const { endpoint } = model;
  const installation = ollamaFor(endpoint, env);
  if (installation === undefined) {
    const cause = "Ollama was not found on this machine";
    throw new FailureError({ kind: "daemonUnreachable", endpoint, cause });
  }
  log.info(`starting Ollama: ${installation.file}`);
  await startOllama({
    installation,
    endpoint,
    probe: (limited) => answers(model, limited),
    logFile: join(folders.logs, "ollama.log"),
    env,
    signal,
  });
}

async function answers(model: ModelDaemon, signal: AbortSignal): Promise<boolean> {
  try {
    await probeDaemon(model, signal);
    return true;
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.kind === "daemonUnreachable") return false;
    throw thrown;
  }
}

export interface StartOllama {
  readonly installation: OllamaInstallation;
  /** `http://host:port`, already normalised. */
  readonly endpoint: string;
  /** Says whether the daemon answers now. */
  probe(signal: AbortSignal): Promise<boolean>;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

const startTimeoutMs = 30_000;
const pollMs = 200;

/**
 * Starts Ollama and waits until it answers. Looks first, so that nothing is started beside a daemon
 * that runs. The daemon outlives us: it belongs to the person, not to this process.
 * @throws FailureError daemonUnreachable when it ends or stays silent; the signal's reason when
 * aborted.
 */
export async function startOllama(start: StartOllama): Promise<void> {
  const { installation, endpoint, probe, logFile, env, signal, timeoutMs = startTimeoutMs } = start;
  signal.throwIfAborted();
  if (await probe(signal)) return;

  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a", 0o600);
  let ended: string | undefined;
  try {
    const child = spawn(installation.file, installation.args, {
      detached: true,
      windowsHide: true,
      stdio: ["ignore", log, log],
      env: installation.app ? env : serveEnvironment(env, endpoint),
    });
    child.once("error", (error) => {
      ended = error.message;
    });
    child.once("exit", (code, by) => {
      // The launcher of an application ends at once, well or not.
      if (!installation.app || code !== 0)
        ended = `it ended with ${by ?? `code ${code}`}; see ${logFile}`;
    });
    child.unref();
  } finally {
    closeSync(log);
  }

  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    await delay(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    if (await probe(signal)) return;
    if (ended !== undefined) break;
  }
  throw new FailureError({
    kind: "daemonUnreachable",
    endpoint,
    cause: `Ollama (${installation.file}) was started and does not answer: ${ended ?? `silent for ${Math.round(timeoutMs / 1000)} s`}`,
  });
}
