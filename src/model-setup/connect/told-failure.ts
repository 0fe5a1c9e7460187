import { setTimeout as delay } from "node:timers/promises";
import { t } from "../../base/l10n";
import type { Failure } from "../../protocol/failure";

/** How long the news of a process's end may come after that of its connections. */
const exitNewsMs = 500;
const pollMs = 20;

/** What a broken connection to the built-in engine means: mostly that its process ended. */
export async function failureInEngine(
  failure: Failure,
  crash: () => string | undefined,
): Promise<Failure> {
  if (failure.kind !== "daemonUnreachable" && failure.kind !== "streamBroken") return failure;
  for (let waitedMs = 0; waitedMs <= exitNewsMs; waitedMs += pollMs) {
    const exit = crash();
    if (exit !== undefined) return { kind: "engineCrashed", exit };
    await delay(pollMs);
  }
  return failure;
}

/** What names whoever answered; of the engine there is nothing to restart, and nobody to tell. */
export function saidByEngine(failure: Failure): Failure {
  switch (failure.kind) {
    case "serverError":
      return { kind: "modelReportedError", message: failure.message };
    case "daemonUnreachable":
      return { kind: "engineSilent" };
    case "serverBusy":
    case "requestRejected":
    case "streamBroken":
    case "silent":
      return { ...failure, server: t("The built-in engine") };
    default:
      return failure;
  }
}

/** Whether a failed answer says that the daemon or the model may no longer be what was found. */
export function changesSetup(failure: Failure): boolean {
  switch (failure.kind) {
    case "daemonUnreachable":
    case "notADaemon":
    case "forbidden":
    case "credentialsWanted":
    case "proxyRefused":
    case "policyForbids":
    case "modelMissing":
    case "outOfMemory":
    case "modelCrashed":
    case "serverError":
    case "streamBroken":
    case "silent":
    case "engineCrashed":
    case "engineSilent":
    case "engineNotInstalled":
      return true;
    default:
      return false;
  }
}
