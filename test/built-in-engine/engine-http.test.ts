import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineProcess } from "../../src/model-setup/engine/engine-process";
import { call, chat, linesOf, prepareEngine, smallModel, startEngine } from "./engine-fixture";

const missing = await prepareEngine();
const window = 8192;
/** About 4,000 tokens: the small model reads them for many seconds. */
const longText = "The quick brown fox jumps over the lazy dog. ".repeat(400);

const title = `the built-in engine over HTTP${missing === undefined ? "" : ` (${missing})`}`;

describe.skipIf(missing !== undefined)(title, { timeout: 120_000 }, () => {
  let engine: EngineProcess;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ engine, end } = await startEngine());
  });
  afterAll(() => end());

  const ask = (
    text: string,
    more: Record<string, unknown> = {},
  ): Promise<Awaited<ReturnType<typeof chat>>> =>
    chat(engine, { messages: [{ role: "user", content: text }], think: false, ...more });

  async function loadedNames(): Promise<string[]> {
    const { models } = (await (await call(engine, "/api/ps")).json()) as {
      models: { name: string }[];
    };
    return models.map(({ name }) => name);
  }

  /** A request made by hand, since fetch does not let one lie about the host. */
  async function statusWith(headers: Record<string, string>): Promise<number | undefined> {
    const { endpoint } = await engine.ensureRunning();
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${endpoint}/api/tags`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject).end();
    });
  }

  it("answers nobody without the secret, nobody who calls it by another name, and no web page", async () => {
    const { headers } = await engine.ensureRunning();
    const secret = headers["authorization"] ?? "";
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ authorization: "Bearer wrong" })).toBe(401);
    expect(await statusWith({ authorization: secret, host: "rebound.example:80" })).toBe(403);
    expect(await statusWith({ authorization: secret, origin: "https://page.example" })).toBe(403);
    expect(await statusWith({ authorization: secret })).toBe(200);
  });

  it("says whether a model was trained to think, and that any can be asked to", async () => {
    const shown = (await (
      await call(engine, "/api/show", { model: `${smallModel}:latest` })
    ).json()) as {
      capabilities: string[];
      model_info: Record<string, unknown>;
    };
    expect(shown.capabilities).toContain("thinking");
    expect(shown.capabilities).not.toContain("insert");
    expect(shown.model_info["thinkaloud.native_thinking"]).toBe(false);
    expect(shown.model_info["llama.context_length"]).toBe(8192);
  });

  it("fills in no gap with a model that was not trained for it, and writes no other text", async () => {
    const body = { model: smallModel, prompt: "a\n", stream: false };
    const gap = await call(engine, "/api/generate", { ...body, suffix: "\nb" });
    expect([gap.status, await gap.text()]).toEqual([
      400,
      expect.stringMatching(/not support insert/),
    ]);
    expect((await call(engine, "/api/generate", body)).status).toBe(400);
  });

  it("reads what two prompts share only once", async () => {
    const shared = longText.slice(0, 700);
    const options = { num_predict: 2 };
    const first = await ask(`${shared} What jumps?`, { options });
    const again = await ask(`${shared} Who is lazy?`, { options });
    expect(first.last.prompt_eval_count).toBeGreaterThan(120);
    expect(again.last.thinkaloud_cached_count).toBeGreaterThan(120);
    expect(
      (again.last.prompt_eval_count ?? 0) - (again.last.thinkaloud_cached_count ?? 0),
    ).toBeLessThan(30);
    const reading = again.lines.find(
      (line) => line.thinkaloud_progress?.phase === "reading",
    )?.thinkaloud_progress;
    expect(reading?.done).toBeGreaterThan(120);
  });

  it("answers a prompt that it half read the same as one that it read whole", async () => {
    const options = { num_predict: 8 };
    await call(engine, "/api/chat", { model: smallModel, messages: [], keep_alive: 0 });
    const fresh = await ask("Tell me about the sea.", { options });
    await ask("Tell me about the mountains.", { options });
    const reused = await ask("Tell me about the sea.", { options });
    expect(reused.last.thinkaloud_cached_count).toBeGreaterThan(0);
    expect(reused.content).toBe(fresh.content);
  });

  it("stops within a second in the middle of reading a long prompt", async () => {
    const stop = new AbortController();
    const body = {
      model: smallModel,
      messages: [{ role: "user", content: longText }],
      options: { num_ctx: window },
    };
    const response = await call(engine, "/api/chat", body, stop.signal);
    let progress = { done: 0, total: 1 };
    await expect(
      (async () => {
        for await (const line of linesOf(response)) {
          if (line.thinkaloud_progress?.phase !== "reading") continue;
          progress = line.thinkaloud_progress;
          if (progress.done > 100) stop.abort();
        }
      })(),
    ).rejects.toThrow();
    const stoppedAt = performance.now();
    expect(progress.done).toBeLessThan(progress.total / 2);
    // Loading nothing: answered as soon as the engine is free.
    await call(engine, "/api/chat", {
      model: smallModel,
      messages: [],
      options: { num_ctx: window },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  });

  it("stops within a second while the model loads, and loads it the next time", async () => {
    await call(engine, "/api/chat", { model: smallModel, messages: [], keep_alive: 0 });
    const stop = new AbortController();
    const body = {
      model: smallModel,
      messages: [{ role: "user", content: "Hi" }],
      options: { num_ctx: 1024 },
    };
    const started = call(engine, "/api/chat", body, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await expect(started.then((response) => response.text())).rejects.toThrow();
    const stoppedAt = performance.now();
    await call(engine, "/api/chat", { model: smallModel, messages: [], keep_alive: 0 });
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
    expect((await ask("Hi", { options: { num_predict: 2 } })).last.done).toBe(true);
  });

  it("lets a waiting request leave the queue, and answers the others in their order", async () => {
    const order: string[] = [];
    const leave = new AbortController();
    const one = ask("Count to a hundred.", { options: { num_predict: 40 } }).then(() =>
      order.push("one"),
    );
    const two = call(
      engine,
      "/api/chat",
      {
        model: smallModel,
        messages: [{ role: "user", content: "Two" }],
        options: { num_ctx: 1024 },
      },
      leave.signal,
    );
    const three = ask("Three", { options: { num_predict: 1, num_ctx: 1024 } }).then(() =>
      order.push("three"),
    );
    setTimeout(() => leave.abort(), 50);
    await expect(two).rejects.toThrow();
    await Promise.all([one, three]);
    expect(order).toEqual(["one", "three"]);
  });

  it("answers a short question while a long answer is written, which goes on where it was", async () => {
    const long = { options: { num_predict: 60, num_ctx: 1024 } };
    const { content: alone } = await ask("Count to a hundred.", long);
    const told: string[] = [];
    const body = {
      model: smallModel,
      messages: [{ role: "user", content: "Count to a hundred." }],
      think: false,
      options: { temperature: 0, seed: 1, ...long.options },
    };
    let beside: Promise<unknown> | undefined;
    let content = "";
    for await (const line of linesOf(await call(engine, "/api/chat", body))) {
      const text = line.message?.content ?? "";
      content += text;
      if (text !== "") told.push("long");
      if (told.length === 3)
        beside ??= ask("Hi", { options: { num_predict: 2, num_ctx: 1024 } }).then(
          ({ content: said }) => {
            expect(said).not.toBe("");
            told.push("short");
          },
        );
    }
    await beside;
    expect(told.indexOf("short")).toBeGreaterThan(3);
    expect(told.indexOf("short")).toBeLessThan(told.length - 10);
    expect(content).toBe(alone);
    const again = await ask("Count to a hundred.", long);
    expect(again.last.thinkaloud_cached_count).toBe((again.last.prompt_eval_count ?? 0) - 1);
  });

  it("refuses a prompt that does not fit with the counts, before and after the model is loaded", async () => {
    for (const unload of [true, false]) {
      if (unload)
        await call(engine, "/api/chat", { model: smallModel, messages: [], keep_alive: 0 });
      const body = {
        model: smallModel,
        messages: [{ role: "user", content: longText }],
        options: { num_ctx: 1024 },
        truncate: false,
      };
      const response = await call(engine, "/api/chat", body);
      expect(response.status).toBe(400);
      const inner = JSON.parse(((await response.json()) as { error: string }).error) as {
        error: Record<string, unknown>;
      };
      expect(inner.error).toMatchObject({ type: "exceed_context_size_error", n_ctx: 1024 });
      expect(inner.error["n_prompt_tokens"]).toBeGreaterThan(3000);
      await ask("Hi", { options: { num_predict: 1, num_ctx: 1024 } });
    }
  });

  it("gives a model no larger window than it was trained for, whatever is asked for", async () => {
    await ask("Hi", { options: { num_predict: 1, num_ctx: 10_000_000 } });
    const { models } = (await (await call(engine, "/api/ps")).json()) as {
      models: { context_length: number }[];
    };
    expect(models[0]?.context_length).toBe(8192);
  });

  it("goes on with a turn that was begun for it", async () => {
    const begun = await chat(engine, {
      messages: [
        { role: "user", content: "Count: one, two, three, four, five, six." },
        { role: "assistant", content: "one, two, three," },
      ],
      think: false,
      options: { num_predict: 6 },
    });
    expect(begun.content).toMatch(/^ four, five/);
  });

  it("keeps a thought apart, and comes to an answer also when the model finds no end", async () => {
    const thought = await ask("What is two and two?", {
      think: true,
      options: { num_predict: 60 },
    });
    expect(thought.thinking).not.toBe("");
    expect(thought.content).not.toBe("");
    expect(thought.thinking + thought.content).not.toContain("think>");
    const closed = await chat(engine, {
      messages: [
        { role: "user", content: "What is two and two?" },
        { role: "assistant", content: "", thinking: "Two and two is four." },
      ],
      think: true,
      options: { num_predict: 10 },
    });
    expect(closed.thinking).toBe("");
    expect(closed.content).not.toBe("");
  });

  it("reads the text of a control token in somebody's code as text", async () => {
    const plain = await ask("a <|im_end|> b", { options: { num_predict: 1 } });
    const spelled = await ask("a < | im_end | > b", { options: { num_predict: 1 } });
    // As one control token it would be several tokens shorter than spelled out.
    expect((plain.last.prompt_eval_count ?? 0) + 3).toBeGreaterThan(
      spelled.last.prompt_eval_count ?? 0,
    );
  });

  it("ends at a stop text without sending it, and at a token limit saying so", async () => {
    const whole = await ask("Count: one, two, three, four.", { options: { num_predict: 30 } });
    const stopText = whole.content.slice(6, 10);
    const cut = await ask("Count: one, two, three, four.", {
      options: { num_predict: 30, stop: [stopText] },
    });
    expect(cut.content).toBe(whole.content.slice(0, whole.content.indexOf(stopText)));
    expect(cut.last.done_reason).toBe("stop");
    expect((await ask("Tell a story.", { options: { num_predict: 3 } })).last).toMatchObject({
      done_reason: "length",
      eval_count: 3,
    });
  });

  it("gives the same answer for the same seed", async () => {
    const options = { temperature: 1, seed: 7, num_predict: 16 };
    const [first, second] = [
      await ask("Tell a story.", { options }),
      await ask("Tell a story.", { options }),
    ];
    expect(second.content).toBe(first.content);
  });

  it("answers in one piece when it is asked not to stream", async () => {
    const response = await call(engine, "/api/chat", {
      model: smallModel,
      messages: [{ role: "user", content: "Hi" }],
      stream: false,
      options: { num_predict: 4 },
    });
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toMatchObject({
      done: true,
      message: { role: "assistant" },
      eval_count: expect.any(Number),
    });
  });

  it("loads, unloads, and lets go by itself after the time it was told", async () => {
    const load = await (
      await call(engine, "/api/chat", { model: smallModel, messages: [], stream: false })
    ).json();
    expect(load).toMatchObject({ done: true, done_reason: "load" });
    expect(await loadedNames()).toEqual([smallModel]);
    const unload = await (
      await call(engine, "/api/chat", {
        model: smallModel,
        messages: [],
        keep_alive: 0,
        stream: false,
      })
    ).json();
    expect(unload).toMatchObject({ done: true, done_reason: "unload" });
    expect(await loadedNames()).toEqual([]);
    await ask("Hi", { keep_alive: "300ms", options: { num_predict: 1 } });
    expect(await loadedNames()).toEqual([smallModel]);
    await expect.poll(loadedNames, { timeout: 5_000 }).toEqual([]);
  });

  it("answers what is wrong with a request in the daemon's words", async () => {
    const cases: [path: string, body: unknown, status: number, text: RegExp][] = [
      ["/api/chat", { model: "nobody", messages: [] }, 404, /model 'nobody' not found/],
      ["/api/show", { model: "nobody" }, 404, /not found/],
      ["/api/chat", { messages: [] }, 400, /model is required/],
      ["/api/chat", { model: smallModel, keep_alive: "300" }, 400, /invalid duration/],
      ["/api/chat", { model: smallModel, think: "perhaps" }, 400, /invalid think value/],
      ["/api/nothing", {}, 404, /not found/],
    ];
    for (const [path, body, status, text] of cases) {
      const response = await call(engine, path, body);
      expect([path, response.status]).toEqual([path, status]);
      expect(((await response.json()) as { error: string }).error).toMatch(text);
    }
    const { endpoint, headers } = await engine.ensureRunning();
    expect(
      (await fetch(`${endpoint}/api/chat`, { method: "POST", headers, body: "{" })).status,
    ).toBe(400);
  });

  it("has nothing to fetch for a model that is here, and says so for one that it does not know", async () => {
    const lines = async (model: string): Promise<object[]> => {
      const found: object[] = [];
      for await (const line of linesOf(await call(engine, "/api/pull", { model })))
        found.push(line);
      return found;
    };
    expect((await lines(smallModel)).at(-1)).toEqual({ status: "success" });
    expect((await lines("nobody")).at(-1)).toMatchObject({
      error: expect.stringContaining("nobody"),
    });
  });
});
