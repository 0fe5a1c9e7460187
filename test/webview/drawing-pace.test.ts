import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DrawingPace } from "../../src/webview/drawing-pace";

/** A page whose frames come every 16 ms, in which drawing takes as long as it is told. */
function pageThatDrawsIn(costMs: number): {
  readonly pace: DrawingPace;
  readonly drawnAt: number[];
} {
  const drawnAt: number[] = [];
  let spentMs = 0;
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
  vi.spyOn(performance, "now").mockImplementation(() => Date.now() + spentMs);
  class Channel {
    readonly port1: { onmessage: () => void } = { onmessage: () => {} };
    readonly port2 = { postMessage: () => setTimeout(() => this.port1.onmessage(), 0) };
  }
  vi.stubGlobal("MessageChannel", Channel);
  const pace = new DrawingPace(() => {
    drawnAt.push(Date.now());
    spentMs += costMs;
  });
  return { pace, drawnAt };
}

/** Asks every 50 ms, for so many seconds. */
function stream(pace: DrawingPace, seconds: number): void {
  for (let at = 0; at < seconds * 20; at++) {
    pace.ask(true);
    vi.advanceTimersByTime(50);
  }
}

describe("how often the panel draws", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("each piece of text is drawn where that is quick", () => {
    const { pace, drawnAt } = pageThatDrawsIn(1);
    stream(pace, 20);
    expect(drawnAt.length).toBe(400);
  });

  it("a text that flows on is drawn less often where that takes long, and never stands still", () => {
    const { pace, drawnAt } = pageThatDrawsIn(20);
    stream(pace, 20);
    const late = drawnAt.slice(-20);
    const pauses = late.slice(1).map((at, index) => at - (late[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(300);
  });

  it("the first second comes as it comes, however long drawing takes", () => {
    const { pace, drawnAt } = pageThatDrawsIn(20);
    stream(pace, 1);
    expect(drawnAt.length).toBeGreaterThanOrEqual(18);
  });

  it("what the person waits for is drawn in the next frame, and only once", () => {
    const { pace, drawnAt } = pageThatDrawsIn(20);
    stream(pace, 20);
    vi.advanceTimersByTime(1_000);
    const before = drawnAt.length;
    pace.ask(false);
    vi.advanceTimersByTime(17);
    pace.ask(true);
    vi.advanceTimersByTime(1);
    expect(drawnAt.length).toBe(before + 1);
    pace.ask(false);
    vi.advanceTimersByTime(17);
    expect(drawnAt.length).toBe(before + 2);
    vi.advanceTimersByTime(1_000);
    expect(drawnAt.length).toBe(before + 2);
  });
});
