import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "../../src/core/failure-error";
import type {
  ChatRequest,
  ModelDaemon,
  ModelEvent,
  ModelServer,
} from "../../src/core/model/language-model";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";

export interface RunningServer {
  readonly endpoint: string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whether it does nothing right now. Without it the suite sees by the next request that the
   * daemon is free.
   */
  idle?(): boolean | Promise<boolean>;
  stop(): Promise<void>;
}

export interface HealthyDaemon {
  readonly name: string;
  start(): Promise<RunningServer>;
  /** A model that thinks first; tests of thinking are skipped without it. */
  readonly thinkingModel?: string;
  /** False where the model's template ends every turn, so that none is gone on with. */
  readonly goesOn?: boolean;
  /** A model that answers at once; the tests about such models are skipped without it. */
  readonly plainModel?: string;
  /** The window of all requests, in tokens. Small is fast; at least 1024. */
  readonly contextTokens: number;
  /**
   * Another adapter than Ollama's. What only a daemon does is skipped then, and so is what a server
   * cannot tell.
   */
  server?(running: RunningServer): ModelServer;
  /** For each test; a real model on two cores needs minutes, a scripted one none. */
  readonly timeoutMs?: number;
}

/**
 * Registers what every healthy server must do through its adapter: a real daemon, the built-in
 * engine, a server of OpenAI's API, or a scripted one of either kind.
 */
export function healthyDaemonSuite(daemon: HealthyDaemon): void {
  const { thinkingModel, plainModel, contextTokens } = daemon;
  const anyModel = plainModel ?? thinkingModel ?? "";
  const timeout = daemon.timeoutMs ?? 20_000;

  describe(daemon.name, { timeout }, () => {
    let running: RunningServer;
    let model: ModelServer;
    /** The same, where it is a daemon. */
    let itsDaemon: ModelDaemon;

    beforeAll(async () => {
      running = await daemon.start();
      itsDaemon = new OllamaModel(
        running.headers === undefined ? { endpoint: running.endpoint } : running,
      );
      model = daemon.server?.(running) ?? itsDaemon;
    }, timeout);
    afterAll(async () => running?.stop(), timeout);

    function request(name: string, text: string, more: Partial<ChatRequest> = {}): ChatRequest {
      const messages = [{ role: "user", content: text }] as const;
      return {
        model: name,
        messages,
        contextTokens,
        think: false,
        sampling: { temperature: 0, seed: 1, maxTokens: 48 },
        ...more,
      };
    }

    async function chat(asked: ChatRequest): Promise<ModelEvent[]> {
      const events: ModelEvent[] = [];
      for await (const event of model.chat(asked, new AbortController().signal)) events.push(event);
      return events;
    }

    /** The failure that the work ends in. */
    async function failureFrom(work: Promise<unknown>): Promise<ReturnType<typeof failureOf>> {
      try {
        await work;
      } catch (thrown) {
        return failureOf(thrown);
      }
      throw new Error("it did not fail");
    }

    async function becomesIdle(withinMs: number): Promise<void> {
      const { idle } = running;
      if (idle === undefined) {
        const startedAt = performance.now();
        await chat(request(anyModel, "Hi", { sampling: { temperature: 0, maxTokens: 1 } }));
        // The time of a short answer itself comes on top; what was stopped would have gone on for
        // much longer.
        expect(performance.now() - startedAt).toBeLessThan(withinMs + 10_000);
        return;
      }
      const deadline = performance.now() + withinMs;
      while (!(await idle.call(running))) {
        expect(performance.now()).toBeLessThan(deadline);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }

    const itDaemon = it.skipIf(daemon.server !== undefined);

    itDaemon("tells its version", async () => {
      expect(await itsDaemon.version()).toMatch(/^\d+\.\d+/);
    });

    it("lists its models with their size", async () => {
      const listed = await model.list();
      const expected = [plainModel, thinkingModel].filter((name) => name !== undefined);
      for (const name of expected) {
        const found = listed.find(
          (one) => one.name.replace(/:latest$/, "") === name.replace(/:latest$/, ""),
        );
        expect(found).toBeDefined();
        if (daemon.server === undefined) expect(found?.bytes).toBeGreaterThan(0);
        expect(found?.remoteHost).toBeUndefined();
      }
    });

    it("describes a model: what it can do and the window it was trained for", async () => {
      const details = await model.describe(anyModel);
      expect(details.capabilities).toContain("completion");
      const window = details.configuredContextTokens ?? details.trainedContextTokens;
      expect(window).toBeGreaterThanOrEqual(contextTokens);
    });

    it("says that a model it does not have is missing, asked about it or asked to answer", async () => {
      const missing = { kind: "modelMissing", model: "no-such-model:7b" };
      expect(await failureFrom(model.describe("no-such-model:7b"))).toEqual(missing);
      expect(await failureFrom(chat(request("no-such-model:7b", "Hi")))).toEqual(missing);
    });

    it("streams an answer in order: sent first, then text, then done with counts", async () => {
      const events = await chat(request(anyModel, "Say hello."));
      expect(events[0]).toEqual({ kind: "sent" });
      expect(textOf(events, "answer")).not.toBe("");
      const last = events.at(-1);
      expect(last?.kind).toBe("done");
      if (last?.kind !== "done") return;
      expect(last.metrics.promptTokens).toBeGreaterThan(0);
      expect(last.metrics.answerTokens).toBeGreaterThan(0);
      for (const value of Object.values(last.metrics)) expect(Number.isFinite(value)).toBe(true);
    });

    itDaemon("shows a model as loaded, with the window that was asked for", async () => {
      await chat(request(anyModel, "Hi", { keepAlive: "5m" }));
      const found = (await itsDaemon.loaded()).find(
        (one) => one.name.replace(/:latest$/, "") === anyModel.replace(/:latest$/, ""),
      );
      expect(found?.contextTokens).toBe(contextTokens);
    });

    it("says that the answer was cut off when it reaches its length", async () => {
      const events = await chat(
        request(anyModel, "Write a long story about a river.", {
          sampling: { temperature: 0, maxTokens: 4 },
        }),
      );
      expect(events.at(-1)).toMatchObject({ kind: "done", reason: "length" });
    });

    it("refuses a prompt that does not fit instead of dropping a part of it", async () => {
      // Another server has the window that it was started with.
      const { configuredContextTokens } = await model.describe(anyModel);
      const window = daemon.server === undefined ? contextTokens : configuredContextTokens;
      const tooLong = "word ".repeat((window ?? contextTokens) * 2);
      expect(await failureFrom(chat(request(anyModel, tooLong)))).toMatchObject({
        kind: "contextOverflow",
      });
    });

    it.skipIf(plainModel === undefined)(
      "lets a model that cannot think answer when it is asked to think",
      async () => {
        const events = await chat(request(plainModel ?? "", "Say hello.", { think: true }));
        expect(textOf(events, "answer")).not.toBe("");
        expect(events.at(-1)?.kind).toBe("done");
      },
    );

    describe.skipIf(thinkingModel === undefined)("with a model that thinks", () => {
      const name = thinkingModel ?? "";
      const roomy = { temperature: 0, seed: 1, maxTokens: 256 };

      it("keeps the thought apart from the answer, without a tag in either", async () => {
        const events = await chat(
          request(name, "What is two and two?", { think: true, sampling: roomy }),
        );
        expect(textOf(events, "thought").trim()).not.toBe("");
        for (const kind of ["thought", "answer"] as const)
          expect(textOf(events, kind)).not.toMatch(/^\s*<think>|<\/think>\s*$/);
        const lastThought = events.findLastIndex((event) => event.kind === "thought");
        const firstAnswer = events.findIndex((event) => event.kind === "answer");
        if (firstAnswer >= 0) expect(firstAnswer).toBeGreaterThan(lastThought);
      });

      it.skipIf(daemon.goesOn === false)(
        "answers at once after a thought that was closed for it",
        async () => {
          const question = { role: "user", content: "What is two and two?" } as const;
          const thought = {
            role: "assistant",
            content: "<think>\nTwo and two is four.\n</think>\n\n",
          } as const;
          const events = await chat(
            request(name, "", { messages: [question, thought], think: true }),
          );
          expect(textOf(events, "thought")).toBe("");
          expect(textOf(events, "answer").trim()).not.toBe("");
        },
      );

      it.skipIf(daemon.goesOn === false)(
        "thinks on after a thought that was left open",
        async () => {
          const question = { role: "user", content: "What is two and two?" } as const;
          const thought = {
            role: "assistant",
            content: "<think>\nThe person wants a sum. Let me see:",
          } as const;
          const events = await chat(
            request(name, "", { messages: [question, thought], think: true, sampling: roomy }),
          );
          const firstText = events.find(
            (event) => event.kind === "thought" || event.kind === "answer",
          );
          expect(firstText?.kind).toBe("thought");
        },
      );
    });

    it("stops within a second when the person stops before the first byte", async () => {
      if (daemon.server === undefined) await itsDaemon.unload(anyModel);
      const stop = new AbortController();
      const reason = new Error("stopped");
      const work = (async () => {
        for await (const event of model.chat(
          request(anyModel, `Read this. ${"word ".repeat(contextTokens / 2)}`),
          stop.signal,
        )) {
          if (event.kind === "sent") setTimeout(() => stop.abort(reason), 50);
        }
      })();
      await expect(work).rejects.toBe(reason);
      await becomesIdle(1_000);
    });

    it("stops within a second when the person stops in the middle of the answer", async () => {
      const stop = new AbortController();
      const reason = new Error("stopped");
      const long = request(anyModel, "Write a very long story.", {
        sampling: { temperature: 1, seed: 1, maxTokens: contextTokens },
      });
      const work = (async () => {
        for await (const event of model.chat(long, stop.signal)) {
          if (event.kind === "answer" || event.kind === "thought") stop.abort(reason);
        }
      })();
      await expect(work).rejects.toBe(reason);
      await becomesIdle(1_000);
    });

    it("stops within a second when the reader loses interest", async () => {
      const long = request(anyModel, "Write a very long story.", {
        sampling: { temperature: 1, seed: 2, maxTokens: contextTokens },
      });
      for await (const event of model.chat(long, new AbortController().signal)) {
        if (event.kind === "answer" || event.kind === "thought") break;
      }
      await becomesIdle(1_000);
    });

    itDaemon("frees a model from memory when it is told to", async () => {
      await chat(request(anyModel, "Hi"));
      await itsDaemon.unload(anyModel);
      const left = (await itsDaemon.loaded()).map((one) => one.name.replace(/:latest$/, ""));
      expect(left).not.toContain(anyModel.replace(/:latest$/, ""));
    });
  });
}

function textOf(events: readonly ModelEvent[], kind: "thought" | "answer"): string {
  return events.map((event) => (event.kind === kind ? event.text : "")).join("");
}
