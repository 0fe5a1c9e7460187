import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windowsThatFit } from "../../src/built-in-engine/machine/memory";
import type { SamplesEvent, SamplesRequest } from "../../src/core/model/language-model";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import type { EngineProcess } from "../../src/model-setup/engine/engine-process";
import { call, chat, prepareEngine, smallModel, startEngine } from "./engine-fixture";

const missing = await prepareEngine();
const title = `several answers at once${missing === undefined ? "" : ` (${missing})`}`;

describe.skipIf(missing !== undefined)(title, { timeout: 500_000 }, () => {
  let engine: EngineProcess;
  let end: () => Promise<void>;
  const contextTokens = 2048;
  const question = "Name an animal and say why you like it.";

  beforeAll(async () => {
    ({ engine, end } = await startEngine());
  });
  afterAll(() => end());

  /** Ten tokens each. */
  async function* samples(
    count: number,
    change: Partial<SamplesRequest> = {},
  ): AsyncGenerator<SamplesEvent> {
    const { endpoint, headers } = await engine.ensureRunning();
    const model = new OllamaModel({ endpoint, headers, steers: true });
    expect(model.together).toBe(4);
    const request = {
      model: smallModel,
      messages: [{ role: "user" as const, content: question }],
      contextTokens,
      think: false,
      sampling: { temperature: 0.9, maxTokens: 10 },
      ...change,
    };
    yield* model.samples(request, count, new AbortController().signal);
  }

  const alone = () =>
    chat(engine, {
      messages: [{ role: "user", content: question }],
      think: false,
      options: { num_ctx: contextTokens, num_predict: 8 },
    });

  it("ends an answer in front of a text behind which nothing of it is wanted", async () => {
    const answers: string[] = [];
    const sampling = { temperature: 0.9, maxTokens: 24 };
    for await (const event of samples(2, { stop: [" "], sampling }))
      if (event.kind === "sample") answers.push(event.answer);
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(answer).toMatch(/^\S+$/);
  });

  it("gives each of them whole, different from the others, over a prompt that is read once", async () => {
    const told: SamplesEvent[] = [];
    for await (const event of samples(6)) told.push(event);
    const answers = told.flatMap((event) => (event.kind === "sample" ? [event.answer] : []));
    expect(answers).toHaveLength(6);
    expect(new Set(answers).size).toBeGreaterThan(3);
    for (const answer of answers) expect(answer.trim()).not.toBe("");
    const last = told.at(-1);
    if (last?.kind !== "done") throw new Error("it did not end");
    expect(last.metrics.answerTokens).toBeGreaterThan(answers.length * 5);
    // The next request finds the prompt where it was.
    const { last: after } = await alone();
    expect(after.thinkaloud_cached_count).toBe((after.prompt_eval_count ?? 0) - 1);
  });

  it("stops all of them when one is enough, and is free for the next request", async () => {
    const { content: before } = await alone();
    for await (const event of samples(4)) if (event.kind === "writing" && event.pieces > 4) break;
    const { content } = await alone();
    expect(content).toBe(before);
  });

  it("refuses a number that makes no sense", async () => {
    const body = { model: smallModel, messages: [{ role: "user", content: "x" }] };
    for (const number of [0, 1.5, 1_000, "4"]) {
      const { status } = await call(engine, "/api/chat", { ...body, thinkaloud_samples: number });
      expect(status).toBe(400);
    }
    const whole = { ...body, thinkaloud_samples: 2, stream: false };
    expect((await call(engine, "/api/chat", whole)).status).toBe(400);
  });
});

describe("the windows of a model", () => {
  const header = { metadata: {}, controlTokens: [] } as unknown as Parameters<
    typeof windowsThatFit
  >[0];
  const gibibyte = 1024 ** 3;

  it("are four where memory is plenty, and one where it is short", () => {
    expect(windowsThatFit(header, gibibyte, 4096, 64 * gibibyte)).toBe(4);
    expect(windowsThatFit(header, gibibyte, 4096, 1.4 * gibibyte)).toBe(1);
    expect(windowsThatFit(header, gibibyte, 4096, 0)).toBe(1);
  });
});
