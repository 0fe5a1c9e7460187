import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import { localityOf } from "../../core/model/locality";
import { isLoopback } from "../../core/model/normalise-endpoint";
import { ollamaName } from "../../core/model/ollama/ollama-name";
import type { Failure } from "../../protocol/failure";
import type { ModelOffer, Setup } from "../../protocol/setup";
import { downloadedModels, modelOffer, suggestedPull } from "../engine/built-in-offer";
import { builtInWish } from "../find/find-in-engine";
import type { Found, Surroundings } from "../find/surroundings";
import { builtInEndpoint } from "../home";
import { baseModelWords } from "../models/chat-ability";
import { modelBudgetBytes } from "../models/memory";
import { ollamaFor } from "../ollama/find-ollama";

/** What a search found, as the panel shows it. */
export function setupOfFound(found: Found): Setup {
  if (found.kind === "engineWaits") {
    return {
      kind: "ready",
      endpoint: builtInEndpoint,
      model: found.model,
      engine: "builtin",
      local: true,
      locality: "thisMachine",
    };
  }
  const { engine, connection, server } = found;
  const { model, name, local, details } = connection;
  const isBase = details.hasChatTemplate === false;
  const warnings = [
    ...(found.warnings ?? []),
    ...(isBase ? [baseModelWords(name)] : []),
    ...(details.graphicsFailed === true
      ? [t("The graphics card cannot be used by the built-in engine, so the processor computes.")]
      : []),
  ];
  return {
    kind: "ready",
    endpoint: engine === "builtin" ? builtInEndpoint : model.endpoint,
    model: name,
    engine,
    ...defined({ server: server ?? (engine === "daemon" ? ollamaName : undefined) }),
    ...(warnings.length > 0 && { warnings }),
    local,
    locality: localityOf(model.endpoint),
  };
}

/** Why a search found nothing, with what one click would get. */
export async function setupOfFailure(
  failure: Failure,
  around: Surroundings,
  hubReachable: boolean,
): Promise<Setup> {
  const offer = offerFor(around, hubReachable);
  const offered = offer === undefined ? {} : { offer };
  // The cards that offer to start Ollama, or to fetch a model into it, are no help with another
  // server.
  if (failure.server !== undefined) return await failedSetup(failure, offered);
  switch (failure.kind) {
    case "daemonUnreachable": {
      const canStart = ollamaFor(failure.endpoint, around.env) !== undefined;
      const needsEngine = around.engine !== undefined && !(await around.engine.installed());
      return {
        kind: "noDaemon",
        endpoint: failure.endpoint,
        ...offered,
        needsEngine,
        ...(canStart ? { canStart } : {}),
      };
    }
    case "engineNotInstalled":
      return { kind: "noDaemon", endpoint: builtInEndpoint, ...offered, needsEngine: true };
    case "noChatModel": {
      if (failure.baseModel !== undefined) return await failedSetup(failure, offered);
      const here = failure.endpoint === builtInEndpoint || isLoopback(failure.endpoint);
      const suggestion = suggestedPull(here ? modelBudgetBytes(around.memory()) : undefined);
      return { kind: "noModel", endpoint: failure.endpoint, ...offered, suggestion };
    }
    default:
      return await failedSetup(failure, offered);
  }
}

async function failedSetup(
  failure: Failure,
  offered: { readonly offer?: ModelOffer },
): Promise<Setup> {
  // The words of failures are much text, and most windows never need one.
  const { describeFailure } = await import("../../core/describe-failure");
  const { title, remedy } = describeFailure(failure);
  const wanted = failure.kind === "credentialsWanted" ? { credentialsFor: failure.endpoint } : {};
  return { kind: "failed", title, remedy, ...offered, ...wanted };
}

/** Nothing is offered to someone who wants their server only. */
function offerFor(
  { settings, engine, folders, memory }: Surroundings,
  hubReachable: boolean,
): ModelOffer | undefined {
  if (engine === undefined || settings.engine === "server") return undefined;
  return modelOffer({
    downloaded: downloadedModels(folders.models, settings.modelFile),
    modelsFolder: folders.models,
    wish: builtInWish(settings),
    memoryBytes: modelBudgetBytes(memory()),
    hubReachable,
  });
}
