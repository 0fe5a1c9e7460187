import { expect, it, vi } from "vitest";
import type { ModelSetup } from "../../../src/model-setup/connect/model-setup";
import { Pulls } from "../../../src/model-setup/connect/pulls";
import { KeptInMemory } from "../../support/kept-in-memory";

/** A download that lasts until it is stopped or let go. */
class Downloads {
  readonly begun: string[] = [];
  readonly kept = new KeptInMemory();
  readonly #ends: { resolve: (isThere: boolean) => void; reject: (reason: Error) => void }[] = [];

  /** As a window that was just opened sees it. */
  newWindow(): Pulls {
    const own: ((reason: Error) => void)[] = [];
    const setup = {
      pull: (model: string, agreedHost?: string) => {
        this.begun.push(agreedHost === undefined ? model : `${model} from ${agreedHost}`);
        return new Promise<boolean>((resolve, reject) => {
          this.#ends.push({ resolve, reject });
          own.push(reject);
        });
      },
      goOnBuiltIn: (model: string) =>
        pulls.remember({ model, isBuiltIn: true }, () => {
          this.begun.push(`${model} built in`);
          return new Promise<boolean>((resolve, reject) => {
            this.#ends.push({ resolve, reject });
            own.push(reject);
          });
        }),
      cancel: () => own.at(-1)?.(new DOMException("stopped", "AbortError")),
    };
    const pulls: Pulls = new Pulls(setup as unknown as ModelSetup, this.kept);
    return pulls;
  }

  /** @param at which of those that were begun; absent: the last. */
  complete(at = -1): void {
    this.#ends.at(at)?.resolve(true);
  }

  fail(): void {
    this.#ends.at(-1)?.reject(new Error("no such model"));
  }
}

const begun = async (downloads: Downloads, times: number): Promise<void> => {
  await vi.waitFor(() => expect(downloads.begun).toHaveLength(times));
};

it("a download goes on in the next window, with the host that was agreed to", async () => {
  const downloads = new Downloads();
  void downloads.newWindow().pull("registry.example/a/b", "registry.example");
  await begun(downloads, 1);
  const next = downloads.newWindow();
  const goingOn = next.goOnAfterReload();
  await begun(downloads, 2);
  expect(downloads.begun[1]).toBe("registry.example/a/b from registry.example");
  downloads.complete();
  await goingOn;
  expect(next.unfinished).toBeUndefined();
});

it("a download of the built-in engine goes on in the next window, and can be paused", async () => {
  const downloads = new Downloads();
  const first = downloads.newWindow();
  void first.remember({ model: "coder-1.5b", isBuiltIn: true }, () => new Promise(() => {}));
  await vi.waitFor(() => expect(first.unfinished).toBeDefined());
  const next = downloads.newWindow();
  const goingOn = next.goOnAfterReload();
  await begun(downloads, 1);
  expect(downloads.begun).toEqual(["coder-1.5b built in"]);
  await next.pause();
  await expect(goingOn).rejects.toThrow("stopped");
  expect(next.unfinished).toEqual({ model: "coder-1.5b", isBuiltIn: true, isPaused: true });
});

it("a paused download waits, also in the next window, until the person goes on", async () => {
  const downloads = new Downloads();
  const pulls = downloads.newWindow();
  const pulling = pulls.pull("qwen3:8b");
  await begun(downloads, 1);
  await pulls.pause();
  await expect(pulling).rejects.toThrow("stopped");
  const next = downloads.newWindow();
  await next.goOnAfterReload();
  expect(downloads.begun).toHaveLength(1);
  expect(next.unfinished).toEqual({ model: "qwen3:8b", isPaused: true });
  const goingOn = next.goOn();
  await begun(downloads, 2);
  downloads.complete();
  await goingOn;
  expect(next.unfinished).toBeUndefined();
});

it("a download that waits for another goes on after a reload once it has its turn", async () => {
  const downloads = new Downloads();
  const pulls = downloads.newWindow();
  const both = [pulls.pull("qwen3:8b"), pulls.pull("qwen3:14b")];
  await begun(downloads, 2);
  expect(pulls.unfinished?.model).toBe("qwen3:8b");
  downloads.complete(0);
  await both[0];
  expect(pulls.unfinished?.model).toBe("qwen3:14b");
  downloads.complete(1);
  await both[1];
  expect(pulls.unfinished).toBeUndefined();
});

it("a cancelled download, and one that failed, are not begun again by themselves", async () => {
  for (const end of ["cancel", "fail"] as const) {
    const downloads = new Downloads();
    const pulls = downloads.newWindow();
    const pulling = pulls.pull("qwen3:8b");
    await begun(downloads, 1);
    if (end === "cancel") await pulls.cancel();
    else downloads.fail();
    await expect(pulling).rejects.toThrow();
    await downloads.newWindow().goOnAfterReload();
    expect(downloads.begun, end).toHaveLength(1);
  }
});

it.for(["pause", "cancel"] as const)(
  "%s in one window stops it in all that fetch it",
  async (stop) => {
    const downloads = new Downloads();
    const [first, second] = [downloads.newWindow(), downloads.newWindow()];
    const ended = Promise.allSettled([first.pull("m"), second.goOnAfterReload()]);
    await begun(downloads, 2);
    await first[stop]();
    const stopped = { reason: { name: "AbortError" } };
    expect(await ended).toMatchObject([stopped, stopped]);
    const paused = stop === "pause" ? { model: "m", isPaused: true } : undefined;
    expect([first.unfinished, second.unfinished]).toEqual([paused, paused]);
    await second.goOnAfterReload();
    expect(downloads.begun).toHaveLength(2);
  },
);
