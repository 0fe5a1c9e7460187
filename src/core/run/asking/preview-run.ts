import { foldEvent } from "../../../runs/fold/fold-event";
import { blankRun, type RunState } from "../../../runs/run-state";
import { buildPrompt } from "../../prompt/build-prompt";
import { promptRequestFor } from "../attempts/attempt";
import { knownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import { modelEvent, startedEvent } from "../telling";
import { samplingFor } from "./ask-model";
import { tellSent } from "./first-request";
import { sealPrompt } from "./seal-prompt";

/**
 * What a request would send, by the same way that sends it, up to the model's door: what fails when
 * code is run is not known yet. Throws what connecting throws, and FailureError when the request
 * does not fit the window.
 */
export async function previewRun(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<RunState> {
  const [connection, { ground }] = await Promise.all([
    environment.connect(signal),
    knownGround(request, environment, signal),
  ]);
  const asked = promptRequestFor(request, connection, ground, undefined, environment);
  const prompt = await sealPrompt(buildPrompt({ ...asked, attempt: 1 }), environment.secrets);
  const events = [
    startedEvent("preview", request),
    modelEvent(connection),
    await tellSent(prompt, samplingFor(connection, 1), { connection, environment }, signal),
  ];
  return events.reduce(foldEvent, blankRun("preview"));
}
