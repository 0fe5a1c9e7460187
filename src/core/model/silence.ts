import { FailureError } from "../failure-error";

export interface SilenceTiming {
  /** After this much silence the person is told, and again after each further stretch. */
  readonly stallNoticeMs: number;
  /** After this much silence the request is given up. */
  readonly silenceLimitMs: number;
}

/** When something last came in; whoever reads the wire keeps it up to date. Milliseconds of the monotonic clock. */
export interface Activity {
  lastAt: number;
}

export type Heard<T> =
  | { readonly kind: "came"; readonly value: T }
  | { readonly kind: "stalled"; readonly silentMs: number };

/**
 * Passes a slow source on and tells of silence meanwhile. The time the consumer takes is not silence.
 * @throws FailureError `silent` after the limit.
 */
export async function* tellingSilence<T>(
  source: AsyncIterator<T>,
  activity: Activity,
  timing: SilenceTiming,
): AsyncGenerator<Heard<T>, void, void> {
  for (;;) {
    let silentSince = performance.now();
    let noticeAtMs = timing.stallNoticeMs;
    const next = source.next();
    // The race below may end without it; its failure is then nobody's.
    next.catch(() => {});
    for (;;) {
      if (activity.lastAt > silentSince) {
        silentSince = activity.lastAt;
        noticeAtMs = timing.stallNoticeMs;
      }
      const silentMs = performance.now() - silentSince;
      if (silentMs >= timing.silenceLimitMs)
        throw new FailureError({ kind: "silent", silentMs: Math.round(silentMs) });
      if (silentMs >= noticeAtMs) {
        noticeAtMs += timing.stallNoticeMs;
        yield { kind: "stalled", silentMs: Math.round(silentMs) };
        continue;
      }
      const result = await orAfter(next, Math.min(noticeAtMs, timing.silenceLimitMs) - silentMs);
      if (result === undefined) continue;
      if (result.done === true) return;
      yield { kind: "came", value: result.value };
      break;
    }
  }
}

/** What the promise gives, or undefined when the time is over first. */
async function orAfter<T>(promise: Promise<T>, waitMs: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    // Node turns a longer wait into none at all.
    timer = setTimeout(() => resolve(undefined), Math.min(Math.ceil(waitMs), 2_147_483_647));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
