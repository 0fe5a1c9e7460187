import { describe, expect, it } from "vitest";
import { failureOf } from "../../../../src/core/failure-error";
import type { ModelEvent } from "../../../../src/core/model/language-model";
import {
  defaultTiming,
  type OllamaModel,
  type OllamaTiming,
} from "../../../../src/core/model/ollama/ollama-model";
import { patientAgentOptions } from "../../../../src/core/model/wire";
import { askedOllama } from "../../../support/asked-model";
import { contentLine, doneLine } from "../../../support/chat-lines";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import type { FakeDaemon } from "../../../support/fake-daemon";
import type { Reply } from "../../../support/fake-wire";

let daemon: FakeDaemon;

async function modelWith(reply: Reply, timing: Partial<OllamaTiming> = {}): Promise<OllamaModel> {
  const asked = await askedOllama({ models: [{ name: "m" }], chat: () => reply }, { timing });
  daemon = asked.daemon;
  return asked.model;
}

/** How long the server waited, in milliseconds, for the client to leave. */
async function clientLeftAfter(startedAt: number): Promise<number> {
  expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  return performance.now() - startedAt;
}

describe("a slow daemon", () => {
  it("is waited for by our own timer alone: the HTTP client has no limits of its own", () => {
    expect(patientAgentOptions).toMatchObject({ headersTimeout: 0, bodyTimeout: 0 });
    expect(defaultTiming.silenceLimitMs).toBeGreaterThanOrEqual(30 * 60_000);
    expect(defaultTiming.stallNoticeMs).toBe(30_000);
  });

  it("may be silent before the headers for long; the person is told and the answer still comes", async () => {
    const model = await modelWith(
      { headersAfterMs: 350, steps: [contentLine("a"), doneLine()] },
      { stallNoticeMs: 100, silenceLimitMs: 5_000 },
    );
    const { events, answer, done } = await collectChat(model);
    const stalls = events
      .filter((event) => event.kind === "stalled")
      .map((event) => event.silentMs);
    expect(stalls.length).toBeGreaterThanOrEqual(2);
    expect(stalls).toEqual([...stalls].sort((a, b) => a - b));
    expect(stalls[0]).toBeGreaterThanOrEqual(100);
    expect({ answer, reason: done?.reason }).toEqual({ answer: "a", reason: "stop" });
  });

  it("may be silent in the middle; the person is told and the rest still comes", async () => {
    const steps = [contentLine("a"), { waitMs: 350 }, contentLine("b"), doneLine()];
    const { events, answer } = await collectChat(
      await modelWith({ steps }, { stallNoticeMs: 100, silenceLimitMs: 5_000 }),
      chatRequest(),
    );
    const kinds = events.map((event) => event.kind);
    expect(kinds.slice(kinds.indexOf("answer"), kinds.lastIndexOf("answer"))).toContain("stalled");
    expect(answer).toBe("ab");
  });

  it("is not called silent while half a line trickles in", async () => {
    const line = contentLine("slowly");
    const trickle = [...line].flatMap((letter) => [letter, { waitMs: 4 }]);
    const model = await modelWith(
      { steps: [...trickle, doneLine()] },
      { stallNoticeMs: 5_000, silenceLimitMs: 250 },
    );
    expect(await collectChat(model)).toMatchObject({
      answer: "slowly",
      done: { reason: "stop" },
    });
  });

  it.each<[string, Reply]>([
    ["before the headers", { steps: [{ fault: "hang" }] }],
    ["in the middle", { steps: [contentLine("a"), { fault: "hang" }] }],
  ])("is given up after a very long silence %s, and left alone", async (_when, reply) => {
    const model = await modelWith(reply, { stallNoticeMs: 60, silenceLimitMs: 200 });
    const { failure, answer } = await collectChat(model);
    expect(failure).toMatchObject({ kind: "silent" });
    expect(answer).toBe(
      reply.steps[Symbol.iterator]().next().value === contentLine("a") ? "a" : "",
    );
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });

  it("does not count the time that the reader takes as silence", async () => {
    const model = await modelWith(
      { steps: [contentLine("a"), contentLine("b"), doneLine()] },
      { stallNoticeMs: 100, silenceLimitMs: 150 },
    );
    const kinds: string[] = [];
    for await (const event of model.chat(chatRequest(), new AbortController().signal)) {
      kinds.push(event.kind);
      if (event.kind === "answer") await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(kinds.at(-1)).toBe("done");
    expect(kinds).not.toContain("stalled");
  });

  it("does not keep a question about its models waiting for ever", async () => {
    const { daemon, model } = await askedOllama(
      { reply: () => ({ steps: [{ fault: "hang" }] }) },
      { timing: { questionLimitMs: 100 } },
    );
    expect(failureOf(await model.list().catch((thrown: unknown) => thrown))).toEqual({
      kind: "silent",
      silentMs: 100,
    });
    expect(await daemon.requests[0]?.over).toBe("clientLeft");
  });

  it("does not make the request wait for a word about what is loaded", async () => {
    const { model } = await askedOllama({
      models: [{ name: "m" }],
      at: { "/api/ps": [{ fault: "hang" }] },
      chat: "ok",
    });
    expect(await collectChat(model)).toMatchObject({ answer: "ok" });
  });
});

describe("stopping", () => {
  const reason = new Error("the person stopped it");

  it.each<[string, Reply]>([
    ["before the headers", { steps: [{ fault: "hang" }] }],
    ["after the headers, before the first word", { steps: ["\n", { fault: "hang" }] }],
    ["in the middle of a line", { steps: [contentLine("a"), '{"mess', { fault: "hang" }] }],
    ["between two words", { steps: [contentLine("a"), { fault: "hang" }] }],
  ])("%s closes the connection within a second", async (_when, reply) => {
    const model = await modelWith(reply);
    const stop = new AbortController();
    let stoppedAt = 0;
    const seen: ModelEvent[] = [];
    const work = (async () => {
      for await (const event of model.chat(chatRequest(), stop.signal)) seen.push(event);
    })();
    await daemon.received("/api/chat");
    setTimeout(() => {
      stoppedAt = performance.now();
      stop.abort(reason);
    }, 80);
    await expect(work).rejects.toBe(reason);
    expect(await clientLeftAfter(stoppedAt)).toBeLessThan(1_000);
    // What had come by then was given out already.
    if ([...reply.steps].includes(contentLine("a")))
      expect(seen).toContainEqual({ kind: "answer", text: "a" });
  });

  it("before it began sends nothing", async () => {
    const model = await modelWith({ steps: [doneLine()] });
    await expect(collectChat(model, chatRequest(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(daemon.requests).toEqual([]);
  });

  it("while the model is being asked about closes that connection too", async () => {
    const { daemon, model } = await askedOllama({ reply: () => ({ steps: [{ fault: "hang" }] }) });
    const stop = new AbortController();
    const work = collectChat(model, chatRequest(), stop.signal);
    const asked = await daemon.received("/api/show");
    stop.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(await asked.over).toBe("clientLeft");
  });

  it.each(["sent", "answer"] as const)(
    "by leaving the loop at the first “%s” closes the connection",
    async (kind) => {
      const model = await modelWith({ steps: [contentLine("a"), { fault: "hang" }] });
      for await (const event of model.chat(chatRequest(), new AbortController().signal))
        if (event.kind === kind) break;
      if (daemon.chats().length === 0) return;
      expect(await clientLeftAfter(performance.now())).toBeLessThan(1_000);
    },
  );

  it("one request leaves another alone", async () => {
    const steps = [contentLine("a"), { waitMs: 200 }, contentLine("b"), doneLine()];
    const model = await modelWith({ steps });
    const stop = new AbortController();
    const other = collectChat(model);
    const stopped = collectChat(model, chatRequest(), stop.signal);
    await daemon.received("/api/chat");
    setTimeout(() => stop.abort(reason), 60);
    await expect(stopped).rejects.toBe(reason);
    expect(await other).toMatchObject({ answer: "ab", done: { reason: "stop" } });
  });

  it("leaves no listener behind on a signal that lives on", async () => {
    const model = await modelWith({ steps: [contentLine("a"), doneLine()] });
    const stop = new AbortController();
    let listeners = 0;
    const { signal } = stop;
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
    await collectChat(model, chatRequest(), signal);
    expect(listeners).toBe(0);
  });
});

describe("downloading a model", () => {
  const layer = (digest: string, more: object) =>
    `${JSON.stringify({ status: `pulling ${digest}`, digest, ...more })}\n`;

  async function pulled(steps: Reply["steps"], signal = new AbortController().signal) {
    const { model } = await askedOllama({ reply: () => ({ steps }) });
    const seen: { completed?: number; total?: number; status: string }[] = [];

    const work = (async () => {
      for await (const progress of model.pull("m", signal)) seen.push(progress);
    })();
    const failure = await work.then(() => undefined, failureOf);
    return { seen, failure };
  }

  it("never goes back, whatever order the numbers come in", async () => {
    const { seen, failure } = await pulled([
      '{"status":"pulling manifest"}\n',
      layer("a", {}),
      layer("a", { total: 100 }),
      layer("a", { total: 100, completed: 60 }),
      layer("a", { total: 100, completed: 40 }),
      layer("b", { total: 10, completed: 5 }),
      layer("a", { total: 100, completed: 100 }),
      '{"status":"verifying sha256 digest"}\n',
      '{"status":"success"}\n',
    ]);
    expect(failure).toBeUndefined();
    const none = [undefined, undefined];
    const completed = seen.map((one) => one.completed);
    expect(completed).toEqual([...none, 0, 60, 60, 65, 105, 105, 105]);
    const totals = seen.map((one) => one.total);
    expect(totals).toEqual([...none, 100, 100, 100, 110, 110, 110, 110]);
    expect(seen.at(-1)?.status).toBe("success");
  });

  it("ends in what went wrong in the middle", async () => {
    const failureAfter = async (error: string) =>
      (await pulled([layer("a", { total: 9 }), `${JSON.stringify({ error })}\n`])).failure;
    expect(await failureAfter("pull model manifest: file does not exist")).toEqual({
      kind: "modelMissing",
      model: "m",
    });
    expect(await failureAfter("write blob: no space left on device")).toMatchObject({
      kind: "diskFull",
    });
    expect(await failureAfter("max retries exceeded")).toEqual({
      kind: "downloadFailed",
      what: "m",
      cause: "max retries exceeded",
    });
  });

  it("is incomplete when the connection ends before it is done", async () => {
    expect((await pulled([layer("a", { total: 9, completed: 3 })])).failure).toEqual({
      kind: "downloadFailed",
      what: "m",
      cause: "The connection broke.",
    });
  });

  it("closes the connection when it is stopped, and goes on at the next try", async () => {
    const { daemon, model } = await askedOllama({
      reply: () => ({
        steps:
          daemon.requests.length === 1
            ? [layer("a", { total: 9, completed: 3 }), { fault: "hang" }]
            : [layer("a", { total: 9, completed: 6 }), '{"status":"success"}\n'],
      }),
    });
    for await (const _ of model.pull("m", new AbortController().signal)) break;
    expect(await daemon.requests[0]?.over).toBe("clientLeft");
    const seen = [];
    for await (const progress of model.pull("m", new AbortController().signal))
      seen.push(progress.completed);
    expect(seen).toEqual([6, 6]);
  });
});
