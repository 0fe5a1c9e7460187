import { describe, expect, it } from "vitest";
import { untilAborted } from "../../src/base/abort";

describe("waiting for a promise or an abort", () => {
  it("gives what the promise gives, and leaves no listener behind", async () => {
    const { signal, heard } = countedSignal();
    expect(await untilAborted(Promise.resolve(4), signal)).toBe(4);
    expect(await untilAborted(Promise.resolve(4), undefined)).toBe(4);
    await expect(untilAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    expect(heard()).toBe(0);
  });

  it("throws the reason as soon as the signal is aborted, while the work goes on", async () => {
    const abort = new AbortController();
    let finish = (_: string): void => {};
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const waiting = untilAborted(work, abort.signal);
    abort.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    finish("done");
    expect(await work).toBe("done");
  });

  it("throws at once when the signal was aborted before, and nobody need hear the work fail", async () => {
    const failing = Promise.reject(new Error("unheard"));
    await expect(untilAborted(failing, AbortSignal.abort(new Error("enough")))).rejects.toThrow(
      "enough",
    );
  });
});

function countedSignal(): { readonly signal: AbortSignal; heard(): number } {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    listeners++;
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>) => {
    listeners--;
    remove(...given);
  };
  return { signal, heard: () => listeners };
}
