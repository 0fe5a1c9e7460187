/** So long may what waited take of a drawing, which has the text itself to draw. */
const mostMs = 4;

const waiting = new Set<() => void>();
let ask = (): void => {};

/**
 * Does something to the page together with what is drawn next: a link, the colours of a block of
 * code. On its own each of them would cost a frame, and have the page laid out once more. Done
 * once, however often it is asked for.
 */
export function withNextDrawing(work: () => void): void {
  waiting.add(work);
  ask();
}

/** @param askForDrawing is called when something waits for a drawing. */
export function drawsAlong(askForDrawing: () => void): void {
  ask = askForDrawing;
}

/**
 * To be called first in a drawing, while the page is laid out: some questions to the browser would
 * have it laid out otherwise.
 */
export function drawWaiting(): void {
  const until = performance.now() + mostMs;
  for (const work of waiting) {
    waiting.delete(work);
    work();
    if (performance.now() < until) continue;
    if (waiting.size > 0) ask();
    return;
  }
}
