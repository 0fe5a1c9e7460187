import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { onInterrupt } from "../../src/cli/interrupt";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("hears one Ctrl+C once, though npm passes on what the terminal has sent already, and the next one again", () => {
  const listeners: (() => void)[] = [];
  vi.spyOn(process, "on").mockImplementation((_signal: string | symbol, listener: () => void) => {
    listeners.push(listener);
    return process;
  });
  let heard = 0;
  onInterrupt(() => heard++);
  const press = (): void => listeners[0]?.();
  press();
  vi.advanceTimersByTime(20);
  press();
  expect(heard).toBe(1);
  vi.advanceTimersByTime(1_000);
  press();
  expect(heard).toBe(2);
});
