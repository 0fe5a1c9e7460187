import { FailureError } from "../failure-error";
import type { ModelEvent } from "./language-model";
import { sleep } from "./sleep";

/** What to do before a request is sent again. */
export interface Again {
  readonly event?: ModelEvent;
  readonly waitMs?: number;
}

export interface AskingAgain {
  /** How long to wait before each further try of a server that has no room. */
  readonly busyWaitsMs: readonly number[];
  /** What is told with the first wait. */
  readonly busyNotice: string;
  /** What makes it worth asking again, of any other failure; undefined: nothing does. */
  readonly mend: (thrown: FailureError) => Again | undefined;
}

/**
 * An answer, asked for again where that helps. That the request is sent is told once.
 * @param once a request on the wire, made anew for each try.
 */
export async function* askedAgain(
  once: () => AsyncGenerator<ModelEvent, void, void>,
  { busyWaitsMs, busyNotice, mend }: AskingAgain,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, void, void> {
  let isTold = false;
  for (let busyTries = 0; ; ) {
    try {
      for await (const event of once()) {
        if (event.kind === "sent" && isTold) continue;
        isTold = true;
        yield event;
      }
      return;
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      const mended = mend(thrown);
      if (mended !== undefined) {
        if (mended.event !== undefined) yield mended.event;
        if (mended.waitMs !== undefined) await sleep(mended.waitMs, signal);
        continue;
      }
      const waitMs = busyWaitsMs[busyTries];
      if (thrown.failure.kind !== "serverBusy" || waitMs === undefined) throw thrown;
      if (busyTries === 0) yield { kind: "notice", text: busyNotice };
      busyTries++;
      await sleep(waitMs, signal);
    }
  }
}
