import { FailureError } from "../failure-error";

export interface SilenceTiming {
  /** After this much silence the person is told, and again after each further stretch. */
  readonly stallNoticeMs: number;
  /** After this much silence the request is given up, while the model may still load or read. */
  readonly silenceLimitMs: number;
  /**
   * The least silence after which a model that has begun to write is given up; a slow one gets
   * more.
   */
  readonly leastWritingSilenceMs: number;
}

/**
 * As long as a large model may take to load from a slow disk and to read a long prompt; a word of a
 * begun answer takes no minute.
 */
export const defaultSilence: SilenceTiming = {
  stallNoticeMs: 30_000,
  silenceLimitMs: 30 * 60_000,
  leastWritingSilenceMs: 60_000,
};

/**
 * So many times the longest pause so far is no pause any more: a model of 1 word in 10 s gets 200
 * s.
 */
const longestPauses = 20;

/** What whoever reads the wire knows of it. */
export interface Activity {
  /** When something last came in. Milliseconds of the monotonic clock. */
  lastAt: number;
  /** The model has begun to write: it loads and reads no more. */
  writes: boolean;
}

export function newActivity(): Activity {
  return { lastAt: performance.now(), writes: false };
}

export type Heard<T> =
  | { readonly kind: "came"; readonly value: T }
  | { readonly kind: "stalled"; readonly silentMs: number };

/**
 * Passes a slow source on and tells of silence meanwhile. The time the consumer takes is not
 * silence, nor is the time that this process did not run.
 * @throws FailureError `silent` after the limit, which for a model that writes comes from its own
 * pace.
 */
export async function* tellingSilence<T>(
  source: AsyncIterator<T>,
  activity: Activity,
  timing: SilenceTiming,
): AsyncGenerator<Heard<T>, void, void> {
  let longestPauseMs = 0;
  for (;;) {
    const askedAt = performance.now();
    let silentSince = askedAt;
    let noticeAtMs = timing.stallNoticeMs;
    const limitMs = activity.writes
      ? writingLimitMs(timing, longestPauseMs)
      : timing.silenceLimitMs;
    const next = source.next();
    // The race below may end without it; its failure is then nobody's.
    next.catch(() => {});
    for (;;) {
      if (activity.lastAt > silentSince) {
        silentSince = activity.lastAt;
        noticeAtMs = timing.stallNoticeMs;
      }
      const silentMs = performance.now() - silentSince;
      if (silentMs >= limitMs)
        throw new FailureError({ kind: "silent", silentMs: Math.round(silentMs) });
      if (silentMs >= noticeAtMs) {
        noticeAtMs += timing.stallNoticeMs;
        yield { kind: "stalled", silentMs: Math.round(silentMs) };
        continue;
      }
      const wait = await orAfter(next, Math.min(noticeAtMs, limitMs) - silentMs);
      if ("lateMs" in wait) {
        // A laptop that slept, or a process that was busy, heard nothing because it did not listen.
        silentSince += wait.lateMs;
        continue;
      }
      const { result } = wait;
      if (result.done === true) return;
      if (activity.writes) longestPauseMs = Math.max(longestPauseMs, performance.now() - askedAt);
      yield { kind: "came", value: result.value };
      break;
    }
  }
}

function writingLimitMs(timing: SilenceTiming, longestPauseMs: number): number {
  const ownMs = Math.max(timing.leastWritingSilenceMs, longestPauses * longestPauseMs);
  return Math.min(ownMs, timing.silenceLimitMs);
}

/** What the promise gives, or how much later than asked for the time was over. */
async function orAfter<T>(
  promise: Promise<T>,
  waitMs: number,
): Promise<{ readonly result: T } | { readonly lateMs: number }> {
  // Node turns a longer wait into none at all.
  const askedMs = Math.min(Math.ceil(waitMs), 2_147_483_647);
  const startedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<{ readonly lateMs: number }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ lateMs: Math.max(0, performance.now() - startedAt - askedMs) });
    }, askedMs);
  });
  try {
    return await Promise.race([promise.then((result) => ({ result })), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
