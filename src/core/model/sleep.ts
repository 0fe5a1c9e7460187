import { untilAborted } from "../../base/abort";

/** Waits, or throws the signal's reason as soon as it is aborted. */
export async function sleep(waitMs: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await untilAborted(over, signal).finally(() => clearTimeout(timer));
}
