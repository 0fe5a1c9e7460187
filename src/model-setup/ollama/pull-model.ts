import { FailureError } from "../../core/failure-error";
import { refuseUnallowedCloudModel } from "../../core/model/cloud-models";
import type { ModelDaemon } from "../../core/model/language-model";
import { isLoopback } from "../../core/model/normalise-endpoint";
import { modelNameOf, strangeHostOf } from "../../core/model/ollama/model-name";
import type { Setup } from "../../protocol/setup";
import { installModel } from "../engine/install-model";
import { refuseByPolicy } from "../settings/policy";
import type { ModelSettings } from "../settings/settings";
import { ollamaStore } from "./disk-room";

export interface WantedPull {
  /** The daemon that fetches it. */
  readonly model: ModelDaemon;
  readonly name: string;
  /** The host in the name, where the person read it and said yes. */
  readonly agreedHost: string | undefined;
  readonly settings: ModelSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  tell(setup: Setup): void;
}

/**
 * Has Ollama fetch a model. Throws as `installModel` does, and FailureError pullRefused or
 * cloudModelRefused.
 */
export async function pullIntoOllama(wanted: WantedPull, signal: AbortSignal): Promise<void> {
  const { model, name, env, tell } = wanted;
  refuseUnfit(wanted);
  const store = isLoopback(model.endpoint) ? { store: ollamaStore(env) } : {};
  await installModel({ model, name, label: name, tell, ...store }, signal);
}

/**
 * A name may come from a file in the folder that is open: what it has fetched, and from where, is
 * decided by the person.
 */
function refuseUnfit({ name: model, agreedHost, settings }: WantedPull): void {
  const name = modelNameOf(model);
  if (name === undefined) throw new FailureError({ kind: "pullRefused", model });
  const host = strangeHostOf(name);
  if (host !== undefined && host !== agreedHost)
    throw new FailureError({ kind: "pullRefused", model, host });
  try {
    refuseUnallowedCloudModel(model, undefined, settings.allowedCloudModels);
  } catch (thrown) {
    if (thrown instanceof FailureError) refuseByPolicy(thrown, settings.policy);
    throw thrown;
  }
}
