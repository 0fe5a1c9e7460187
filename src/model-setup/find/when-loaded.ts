import { FailureError } from "../../core/failure-error";
import { sleep } from "../../core/model/sleep";

/** A large model from a slow disk takes minutes. */
const limitMs = 30 * 60_000;
const pauseMs = 1_000;

/**
 * What a question comes to once the server has loaded its model: until then it takes none.
 * @param loads called each time that it says so.
 * @throws FailureError when it loads for ever; what the question throws otherwise.
 */
export async function whenLoaded<T>(
  ask: () => Promise<T>,
  loads: () => void,
  signal: AbortSignal,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await ask();
    } catch (thrown) {
      if (!isLoading(thrown) || waitedMs >= limitMs) throw thrown;
    }
    loads();
    await sleep(pauseMs, signal);
  }
}

export function isLoading(thrown: unknown): boolean {
  return (
    thrown instanceof FailureError &&
    thrown.failure.kind === "serverBusy" &&
    thrown.failure.loads === true
  );
}
