import { afterEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../src/core/log";
import type { Connection } from "../../../src/core/model/connection";
import type { ModelServer } from "../../../src/core/model/language-model";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../../src/core/model/openai/openai-model";
import { cardPage } from "../../../src/core/model-card/card-words";
import { probeModel, probeParts } from "../../../src/core/model-card/probe-model";
import { tinyEdits } from "../../../src/core/model-card/tiny-edits";
import type { FormOutcome } from "../../../src/core/prompt/form-memory";
import { parseModelCard } from "../../../src/protocol/model-card";
import { type FakeDaemon, startFakeDaemon } from "../../support/fake-daemon";
import { delta, events, startFakeOpenAiServer, stop } from "../../support/fake-openai-server";
import type { WireBody } from "../../support/fake-wire";
import type { ChatAnswer } from "../../support/scripted-models";

let server: FakeDaemon | undefined;
afterEach(() => server?.close());

const never = new AbortController().signal;

/** The right answer to each question that a probe asks. */
const solutions = [
  "def add(a, b):\n    return a + b\n",
  "def is_even(n):\n    return n % 2 == 0\n",
  "def first(items):\n    return items[0]\n",
  'def greet(name):\n    return "Hello " + name\n',
  "def double(x):\n    return x * 2\n",
];

function editAnswer(said: string): string | undefined {
  const at = tinyEdits.findIndex(({ wish }) => said.includes(wish));
  return at < 0 ? undefined : `\`\`\`python\n${solutions[at]}\`\`\`\n`;
}

function connectionTo(model: ModelServer, details: Connection["details"]): Connection {
  return {
    model,
    name: "m",
    details,
    local: true,
    contextTokens: 4_096,
    think: true,
    keepAlive: "10m",
    allowedCloudModels: [],
  };
}

async function cardOf(connection: Connection, more: { limitMs?: number } = {}) {
  const remembered: FormOutcome[] = [];
  const parts: string[] = [];
  const nothing = async (): Promise<undefined> => undefined;
  const environment = {
    connect: async () => connection,
    syntax: { context: nothing, outline: nothing, check: nothing },
    fileExists: async () => false,
    formMemory: {
      of: () => [],
      add: (_model: string, outcome: FormOutcome) => void remembered.push(outcome),
    },
    log: silentLog,
  };
  const probe = {
    connection,
    environment,
    onPart: (part: string) => void parts.push(part),
    ...more,
  };
  return { card: await probeModel(probe, never), remembered, parts };
}

async function ollama(chat: (body: WireBody) => ChatAnswer) {
  server = await startFakeDaemon({
    models: [{ name: "m", capabilities: ["completion", "thinking"] }],
    chat,
  });
  const model = new OllamaModel({ endpoint: server.endpoint });
  return connectionTo(model, await model.describe("m"));
}

const lastOf = ({ messages = [] }: WireBody): string => messages.at(-1)?.content ?? "";
const allOf = ({ messages = [] }: WireBody): string =>
  messages.map((each) => each.content).join("\n");

describe("what is found out about a model", () => {
  it("that does all as it should: thought in a field and off by request, turns gone on with, edits right", async () => {
    const connection = await ollama((body) => {
      const edit = editAnswer(allOf(body));
      if (edit !== undefined) return { answer: edit };
      if (lastOf(body) === "one two three") return { answer: " four five six" };
      return { thinking: "Two and three.", answer: "5" };
    });
    const { card, remembered, parts } = await cardOf(connection);
    expect(card).toMatchObject({
      model: "m",
      endpoint: server?.endpoint,
      thought: "field",
      off: "request",
      begunTurn: "goesOn",
      missing: [],
    });
    expect(parts).toEqual([...probeParts]);
    const tried = card.forms.reduce((sum, form) => sum + form.tried, 0);
    const right = card.forms.reduce((sum, form) => sum + form.right, 0);
    expect([tried, right]).toEqual([5, 5]);
    expect(card.forms.map(({ form }) => form).sort()).toEqual(["blocks", "file"]);
    // The assistant knows from then on what the model manages.
    expect(remembered).toHaveLength(5);
    expect(card.writingTokensPerSecond).toBeGreaterThan(0);
    expect(parseModelCard(JSON.parse(JSON.stringify(card)))).toEqual(card);
  });

  it("that thinks between marks whatever it is told, begins turns anew and writes no edits", async () => {
    const connection = await ollama((body) => ({
      answer: lastOf(body) === "one two three" ? "one two" : "<think>\nHm.\n</think>\n\nI cannot.",
    }));
    const { card } = await cardOf(connection);
    expect(card).toMatchObject({ thought: "marks", off: "never", begunTurn: "beginsAnew" });
    expect(card.forms.every(({ kept, right }) => kept === 0 && right === 0)).toBe(true);
    expect(cardPage(card)).toContain("cannot be turned off");
    expect(cardPage(card)).toContain("begun anew");
  });

  it("by way of another API is the same", async () => {
    const openAi = await startFakeOpenAiServer({
      owner: "vllm",
      chat: ({ messages }) => {
        const edit = editAnswer(messages.map(({ content }) => String(content)).join("\n"));
        if (edit !== undefined) return events(delta({ content: edit }), stop());
        return events(delta({ reasoning: "Sum." }), delta({ content: "5" }), stop());
      },
    });
    server = openAi;
    const model = new OpenAiModel({ endpoint: openAi.endpoint });
    const { card } = await cardOf(connectionTo(model, await model.describe("m")));
    expect(card).toMatchObject({ thought: "field", off: "never", begunTurn: "unclear" });
    expect(card.forms.reduce((sum, { right }) => sum + right, 0)).toBe(5);
  });
});

describe("five tiny edits", () => {
  it("are five, also where an answer holds no edit, gives the code back, or says nothing", async () => {
    const said = ["I see no bug in this code.", "", undefined];
    const connection = await ollama((body) => {
      const at = tinyEdits.findIndex(({ wish }) => allOf(body).includes(wish));
      const edit = editAnswer(allOf(body));
      const text = tinyEdits[at]?.text ?? "";
      if (at >= 0 && at < said.length)
        return { answer: said[at] ?? `\`\`\`python\n${text}\`\`\`\n` };
      return { answer: edit ?? "5" };
    });
    const { card, remembered } = await cardOf(connection);
    const sum = (of: "tried" | "kept" | "right") =>
      card.forms.reduce((all, form) => all + form[of], 0);
    expect([sum("tried"), sum("kept"), sum("right")]).toEqual([5, 2, 2]);
    expect(cardPage(card)).toContain("Edits as a whole file: 1 of 3 usable, 1 right.");
    // What says nothing about a form is not remembered as if it did.
    expect(remembered.length).toBeLessThan(5);
  });

  it("that were not answered are told with the reason, and not counted as failed", async () => {
    const connection = await ollama((body) => {
      const edit = editAnswer(allOf(body));
      if (allOf(body).includes(tinyEdits[1]?.wish ?? ""))
        return { answer: "one two", fault: "errorMidway" };
      return { answer: edit ?? "5" };
    });
    const { card } = await cardOf(connection);
    expect(card.forms.reduce((all, { tried }) => all + tried, 0)).toBe(4);
    expect(cardPage(card)).toMatch(/Not found out: five tiny edits \(\w/);
  });
});

describe("a probe that fails", () => {
  it("leaves a gap with its reason, and the others go on", async () => {
    let asked = 0;
    const connection = await ollama((body) => {
      const edit = editAnswer(allOf(body));
      if (edit !== undefined) return { answer: edit };
      asked++;
      return asked === 1
        ? { answer: "one two three four", fault: "errorMidway" }
        : { answer: " four" };
    });
    const { card } = await cardOf(connection);
    expect(card.thought).toBeUndefined();
    expect(card.missing.join()).toContain("thought:");
    expect(card.begunTurn).toBe("goesOn");
    expect(cardPage(card)).toContain("Not found out: does it think? (");
  });

  it("says of each gap what it means", async () => {
    const connection = await ollama(() => ({ answer: "one two three four", fault: "errorMidway" }));
    const page = cardPage((await cardOf(connection)).card);
    for (const meaning of [
      "Whether it thinks is not known: where a thought comes, it is shown.",
      "a budget or “Answer now” ends it all the same.",
      "“Answer now” and hints find out when they are used.",
      "How it does with edits is not known: it is asked as any other model, and its first answers tell.",
      "Its speed is not known: its first answers tell.",
    ])
      expect(page).toContain(meaning);
    expect(page.match(/Not found out: /g)).toHaveLength(3);
  });

  it("is not waited for longer than the limit", async () => {
    const connection = await ollama((body) =>
      lastOf(body) === "one two three"
        ? { answer: "", fault: "hangAtOnce" }
        : { thinking: "Sum.", answer: "5" },
    );
    const { card } = await cardOf(connection, { limitMs: 1_500 });
    expect(card.tookMs).toBeLessThan(8_000);
    expect(card.missing).toContain("there was no time for the rest");
    expect(card.thought).toBe("field");
    expect(card.forms).toEqual([]);
  });

  it("is no card: what was kept and is not one is left aside", () => {
    for (const value of [undefined, 7, {}, { version: 1, model: "m", forms: [{}] }, { version: 2 }])
      expect(parseModelCard(value)).toBeUndefined();
  });
});
