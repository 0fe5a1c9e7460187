import { FailureError } from "../../core/failure-error";
import { afterListening } from "../../core/model/after-listening";
import type { ModelDaemon } from "../../core/model/language-model";
import { isLoopback } from "../../core/model/normalise-endpoint";
import type { Failure } from "../../protocol/failure";

const probeTimeoutMs = 3_000;
/** Where nobody listens on this machine that is told at once: who does may just have much to do. */
const ownProbeTimeoutMs = 15_000;

/**
 * Asks whether a daemon answers, and gives its version. Takes `timeoutMs` at most: for
 * another machine, which may not be there, less than for this one.
 * @throws FailureError daemonUnreachable when nobody answers in time, notADaemon when somebody else
 * does, forbidden or credentialsWanted when it will not talk to us, proxyRefused when only what
 * stands before it answers; the signal's reason when aborted.
 */
export async function probeDaemon(
  model: ModelDaemon,
  signal: AbortSignal,
  timeoutMs = isLoopback(model.endpoint) ? ownProbeTimeoutMs : probeTimeoutMs,
): Promise<string> {
  try {
    return await withDeadline(signal, timeoutMs, model.endpoint, (limited) =>
      model.version(limited),
    );
  } catch (thrown) {
    if (thrown instanceof FailureError)
      throw new FailureError(whoAnswers(thrown.failure, model.endpoint), { cause: thrown });
    throw thrown;
  }
}

/**
 * Runs a short question with a limit on its time, as far as this process runs meanwhile.
 * @throws FailureError daemonUnreachable when the time is over; what the work throws otherwise.
 */
export async function withDeadline<Result>(
  signal: AbortSignal,
  timeoutMs: number,
  endpoint: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const takeBack = afterListening(timeoutMs, () => deadline.abort());
  try {
    return await work(AbortSignal.any([signal, deadline.signal]));
  } catch (thrown) {
    signal.throwIfAborted();
    if (!deadline.signal.aborted || thrown instanceof FailureError) throw thrown;
    throw new FailureError(
      { kind: "daemonUnreachable", endpoint, cause: `no answer in ${timeoutMs / 1000} s` },
      { cause: thrown },
    );
  } finally {
    takeBack();
  }
}

/**
 * What a failed question for the version, or for the models, says about who is there: a server of
 * models cannot fail at it, so the words of the failure are another's.
 */
export function whoAnswers(failure: Failure, endpoint: string): Failure {
  switch (failure.kind) {
    case "streamBroken":
      return { kind: "notADaemon", endpoint, found: failure.detail ?? "it closes the connection" };
    case "requestRejected":
    case "modelReportedError":
      return { kind: "notADaemon", endpoint, found: failure.message };
    // A gateway in front of a daemon that is down.
    case "serverError":
      return { kind: "proxyRefused", endpoint, status: failure.status };
    case "serverBusy":
      return { kind: "proxyRefused", endpoint, status: 503 };
    default:
      return failure;
  }
}
