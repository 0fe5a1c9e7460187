import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LanguageModel } from "../../src/core/model/language-model";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import { streamAnswer } from "../../src/core/run/asking/stream-answer";
import { Interventions } from "../../src/core/run/interventions";
import type { SteeredRequest } from "../../src/core/run/steer/steered-request";
import type { EngineProcess } from "../../src/model-setup/engine/engine-process";
import type { RunEvent } from "../../src/protocol/run-events";
import { textOf } from "../core/run/run-world";
import { call, prepareEngine, smallModel, startEngine } from "./engine-fixture";

const missing = await prepareEngine();
const title = `the thought of the built-in engine${missing === undefined ? "" : ` (${missing})`}`;

describe.skipIf(missing !== undefined)(title, { timeout: 120_000 }, () => {
  let engine: EngineProcess;
  let model: OllamaModel;
  let end: () => Promise<void>;
  /** How many requests were made. */
  let chats = 0;

  beforeAll(async () => {
    ({ engine, end } = await startEngine());
    const { endpoint, headers } = await engine.ensureRunning();
    model = new OllamaModel({ endpoint, headers, steers: true });
  });
  afterAll(() => end());

  /** One request, to its end; `when` is told of every event and may steer. */
  async function steered(
    when: (event: RunEvent, interventions: Interventions, all: readonly RunEvent[]) => void,
    limitTokens = 60,
  ): Promise<{ readonly events: RunEvent[]; readonly times: number[] }> {
    chats = 0;
    const counted: LanguageModel = {
      endpoint: model.endpoint,
      steer: (...wanted) => model.steer(...wanted),
      wire: (...asked) => model.wire(...asked),
      chat: (...asked) => {
        chats++;
        return model.chat(...asked);
      },
    };
    const connection = {
      model: counted,
      name: smallModel,
      details: await model.describe(smallModel),
      local: true,
      contextTokens: 1_024,
      think: true,
      keepAlive: "5m",
      allowedCloudModels: [],
    };
    const interventions = new Interventions();
    const request: SteeredRequest = {
      connection,
      // Short: a small machine reads for long.
      messages: [{ role: "user", content: "Why is the sea salty?" }],
      sampling: { temperature: 0 },
      roomTokens: 800,
      windowTokens: 600,
      limit: { tokens: limitTokens, isWindow: false },
      loopGuard: "off",
      seal: async (text) => text,
      counted: () => {},
    };
    const events: RunEvent[] = [];
    const times: number[] = [];
    try {
      for await (const event of streamAnswer(request, interventions)) {
        times.push(performance.now());
        events.push(event);
        when(event, interventions, events);
        // The rest of the answer tells nothing more, and takes a small machine minutes.
        if (textOf(events, "answer").trim().length > 10) interventions.stop();
      }
    } catch (thrown) {
      if (!interventions.stopped.aborted) throw thrown;
    }
    return { events, times };
  }

  /** Calls `work` once, when so much of a thought has come. */
  function atThought(characters: number, work: (interventions: Interventions) => void) {
    let done = false;
    return (_event: RunEvent, interventions: Interventions, all: readonly RunEvent[]) => {
      if (done || textOf(all, "thought").length < characters) return;
      done = true;
      work(interventions);
    };
  }

  it("ends where it is on answer now, in the running generation, and the answer begins within a second", async () => {
    let askedAt = 0;
    const { events, times } = await steered(
      atThought(40, (interventions) => {
        askedAt = performance.now();
        interventions.move({ kind: "answerNow" });
      }),
    );
    const timesOf = (kind: RunEvent["kind"]) =>
      times.filter((_time, index) => events[index]?.kind === kind);
    const [answeredAt = Number.POSITIVE_INFINITY] = timesOf("answer");
    const thoughtAt = timesOf("thought").filter((time) => time < askedAt);
    const tokenMs = (askedAt - (thoughtAt[0] ?? askedAt)) / Math.max(1, thoughtAt.length - 1);
    // The word that is being written, the reading of the closing mark, and the first word of the
    // answer.
    const pace = `a token takes ${Math.round(tokenMs)} ms`;
    expect(answeredAt - askedAt, pace).toBeLessThan(1_000 + 3 * tokenMs);
    expect(chats).toBe(1);
    expect(events.some((event) => event.kind === "thoughtEnded" && event.by === "person")).toBe(
      true,
    );
    expect(textOf(events, "answer").trim()).not.toBe("");
    expect(textOf(events, "answer")).not.toContain("think>");
  });

  it("that was not begun is left out when the answer is wanted while the prompt is read", async () => {
    let said = false;
    const { events } = await steered((event, interventions) => {
      // From the first sign of reading on the engine knows of the chat.
      if (event.kind !== "progress" || said) return;
      said = true;
      interventions.move({ kind: "answerNow" });
    });
    expect(chats).toBeLessThanOrEqual(2);
    expect(textOf(events, "thought").length).toBeLessThan(30);
    expect(textOf(events, "answer").trim()).not.toBe("");
  });

  it("takes in hints at the ends of sentences, and goes on from them", async () => {
    let chatsThen = 0;
    const hintAt = atThought(20, (interventions) => {
      interventions.move({ kind: "hint", hint: { id: "one", text: "rain </think> too" } });
      interventions.move({ kind: "hint", hint: { id: "two", text: "think of rivers" } });
    });
    const { events } = await steered((event, interventions, all) => {
      if (event.kind === "hint" && event.state === "taken") chatsThen = chats;
      hintAt(event, interventions, all);
    });
    const states = events.flatMap((event) => (event.kind === "hint" ? event.state : []));
    expect(states).toEqual(["waiting", "waiting", "taken", "taken"]);
    // Where so small a model ends behind its thought without an answer, it is asked once more: not
    // a matter of hints.
    expect(chatsThen).toBe(1);
    const at = events.findIndex((event) => event.kind === "hint" && event.state === "taken");
    expect(textOf(events.slice(0, at), "thought").trimEnd()).toMatch(/[.!?:;\n]["'”)\]*_]*$/);
    expect(textOf(events.slice(at), "thought").trimStart()).toMatch(/^So/);
  });

  it("ends when its budget is used up, and the answer follows", async () => {
    const { events } = await steered(() => {}, 12);
    expect(events.some((event) => event.kind === "thoughtEnded")).toBe(true);
    expect(chats).toBe(1);
    expect(textOf(events, "answer").trim()).not.toBe("");
  });

  it("of a chat that is not there cannot be steered, nor by a wish that says nothing", async () => {
    const statusOf = async (body: object) =>
      (await call(engine, "/api/thinkaloud/steer", body)).status;
    expect(await statusOf({ id: "nobody", endThought: true })).toBe(404);
    expect(await statusOf({ endThought: true })).toBe(400);
    expect(await model.steer("nobody", { kind: "endThought" })).toBe(false);
  });
});
