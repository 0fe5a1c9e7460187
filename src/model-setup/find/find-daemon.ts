import { FailureError } from "../../core/failure-error";
import type { ModelDaemon } from "../../core/model/language-model";
import type { Failure } from "../../protocol/failure";

const probeTimeoutMs = 3_000;

/**
 * Asks whether a daemon answers, and gives its version. Takes `timeoutMs` at most.
 * @throws FailureError daemonUnreachable when nobody answers in time, notADaemon when somebody else
 * does, forbidden or credentialsWanted when it will not talk to us, proxyRefused when only what
 * stands before it answers; the signal's reason when aborted.
 */
export async function probeDaemon(
  model: ModelDaemon,
  signal: AbortSignal,
  timeoutMs = probeTimeoutMs,
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
 * Runs a short question with a limit on its time.
 * @throws FailureError daemonUnreachable when the time is over; what the work throws otherwise.
 */
export async function withDeadline<Result>(
  signal: AbortSignal,
  timeoutMs: number,
  endpoint: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await work(AbortSignal.any([signal, deadline]));
  } catch (thrown) {
    signal.throwIfAborted();
    if (!deadline.aborted || thrown instanceof FailureError) throw thrown;
    throw new FailureError(
      { kind: "daemonUnreachable", endpoint, cause: `no answer in ${timeoutMs / 1000} s` },
      { cause: thrown },
    );
  }
}

/**
 * What a failed question for the version says about who is there: a daemon cannot fail at it, so
 * the words of the failure are another's.
 */
function whoAnswers(failure: Failure, endpoint: string): Failure {
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
