/** A frame lasts 16 ms; the rest of it belongs to the browser. */
const sliceMs = 10;

let until: number | undefined;
const waiting = new Set<() => void>();

/** Whether what runs now may go on. Whoever is told no asks {@link later} to be called again. */
export function hasTime(): boolean {
  if (until === undefined) {
    until = performance.now() + sliceMs;
    setTimeout(nextSlice);
  }
  return performance.now() < until;
}

/** Calls when there is time again, once, however often it is asked for. */
export function later(work: () => void): void {
  waiting.add(work);
}

function nextSlice(): void {
  until = undefined;
  for (const work of [...waiting]) {
    if (!hasTime()) return;
    waiting.delete(work);
    work();
  }
}
