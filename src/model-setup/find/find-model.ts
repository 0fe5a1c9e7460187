import { FailureError } from "../../core/failure-error";
import type { Failure } from "../../protocol/failure";
import { findAtServer } from "./find-at-server";
import { findInEngine } from "./find-in-engine";
import type { Found, Surroundings } from "./surroundings";

/**
 * Finds the model to ask: at the chosen server (Ollama, or another) if it answers and has one, else
 * in the built-in engine once the person agreed to it.
 * @param start whether the engine's process may be started; without it nothing but questions is
 * asked.
 * @throws FailureError that says why there is none.
 */
export async function findModel(
  around: Surroundings,
  start: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const { engine } = around.settings;
  if (engine === "builtin") return findInEngine(around, start, signal);
  try {
    return await findAtServer(around, signal);
  } catch (thrown) {
    const mayFallBack = engine === "auto" && around.builtInAgreed && around.engine !== undefined;
    if (!(thrown instanceof FailureError && mayFallBack && isAboutDaemon(thrown.failure)))
      throw thrown;
    around.log.info(
      `no model at the endpoint (${thrown.failure.kind}), so the built-in engine is looked at`,
    );
    try {
      return await findInEngine(around, start, signal);
    } catch (second) {
      // That the stand-in is not complete either is not what the person has to hear first.
      if (second instanceof FailureError && isIncomplete(second.failure)) throw thrown;
      throw second;
    }
  }
}

/** Failures that another engine cures; the others are for the person to decide. */
function isAboutDaemon(failure: Failure): boolean {
  return ![
    "invalidEndpoint",
    "credentialsWanted",
    "cloudModelRefused",
    "policyForbids",
    "signInRequired",
  ].includes(failure.kind);
}

function isIncomplete(failure: Failure): boolean {
  return ["engineNotInstalled", "noChatModel", "modelMissing"].includes(failure.kind);
}
