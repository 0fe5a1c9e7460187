import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { Connection } from "../../core/model/connection";
import type { ModelDaemon } from "../../core/model/language-model";
import { chosenServer, nameOf } from "../settings/endpoints";
import { refuseByPolicy, refuseForbidden } from "../settings/policy";
import { daemonWarnings } from "./daemon-warnings";
import { probeDaemon } from "./find-daemon";
import { resolveModel } from "./resolve-model";
import type { Connected, Surroundings } from "./surroundings";
import { whenLoaded } from "./when-loaded";

/**
 * Finds the model to ask at the server that the settings name. Throws FailureError that says why
 * there is none.
 */
export async function findAtServer(around: Surroundings, signal: AbortSignal): Promise<Connected> {
  const { settings, env } = around;
  const server = chosenServer(settings, env);
  refuseForbidden(server.address.endpoint, settings.policy);
  const named = defined({ server: server.name });
  try {
    if (server.kind !== "ollama") {
      // A server lists its models in one answer, so that answer is the probe as well.
      const model = await around.serverAt(server);
      const what = `Waiting until ${nameOf(server)} has loaded its model`;
      const connection = await whenLoaded(
        () => resolveModel(around, model, signal),
        () => around.tell({ kind: "installing", what }),
        signal,
      );
      return { kind: "connected", connection, engine: "server", ...named };
    }
    const { connection, version } = await askOllama(
      around,
      around.ollamaAt(server.address),
      signal,
    );
    const warnings = daemonWarnings(version);
    return {
      kind: "connected",
      connection,
      engine: "daemon",
      ...named,
      ...(warnings.length > 0 && { warnings }),
    };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    refuseByPolicy(thrown, settings.policy);
    if (server.kind === "ollama") throw thrown;
    throw new FailureError({ ...thrown.failure, server: nameOf(server) }, { cause: thrown });
  }
}

interface InOllama {
  readonly connection: Connection;
  readonly version: string;
}

/**
 * All questions go out together: to a daemon that is well they take one round trip, and to any
 * other only the first one counts.
 */
async function askOllama(
  around: Surroundings,
  model: ModelDaemon,
  signal: AbortSignal,
): Promise<InOllama> {
  const own = new AbortController();
  const resolving = resolveModel(around, model, AbortSignal.any([signal, own.signal]));
  // Who answers is known only after the probe; until then a failure of the rest says nothing.
  resolving.catch(() => {});
  try {
    const version = await probeDaemon(model, signal);
    return { connection: await resolving, version };
  } catch (thrown) {
    // A yes is not asked for where it would change nothing.
    if (!(thrown instanceof FailureError) || thrown.failure.kind !== "cloudModelRefused")
      throw thrown;
    if (!(await model.cloudIsOff?.(signal))) throw thrown;
    throw new FailureError({ ...thrown.failure, turnedOff: true }, { cause: thrown });
  } finally {
    own.abort();
  }
}
