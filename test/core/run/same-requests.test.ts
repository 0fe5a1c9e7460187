import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../src/core/model/connection";
import type { ModelServer } from "../../../src/core/model/language-model";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../../src/core/model/openai/openai-model";
import { contentLine, doneLine, thinkingLine } from "../../support/chat-lines";
import { startFakeDaemon } from "../../support/fake-daemon";
import { delta, events, startFakeOpenAiServer, stop } from "../../support/fake-openai-server";
import type { Reply, Step } from "../../support/fake-wire";
import { Asker, contextTokens, type Outcome, twentyRequests } from "../../support/twenty-requests";

const block = (code: string): string => `\`\`\`python\n${code}\`\`\`\n`;
const average =
  "def average(numbers):\n    if not numbers:\n        return 0\n    return sum(numbers) / len(numbers)\n";
const clamp =
  "def clamp(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n";
/** What the model answers; whatever is not here gets a sentence. */
const answers: Readonly<Record<string, string>> = {
  fix: block(average),
  "fix, with a thought": block(clamp),
  "fix, in the person's words":
    "<<<<<<< SEARCH\n    return n * 2\n=======\n    return n / 2\n>>>>>>> REPLACE\n",
  document: block(clamp.replace(":\n", ':\n    """Keep value within bounds."""\n')),
  "tests, a new file": block(
    "from average import average\n\n\ndef test_average():\n    assert average([1, 2]) == 1.5\n",
  ),
  "a question that asks for an edit":
    "<<<<<<< SEARCH\ndef clamp(value, low, high):\n=======\ndef limit(value, low, high):\n>>>>>>> REPLACE\n",
  "an edit in JSON form":
    '{"search": "    return sum(numbers) // len(numbers)", "replace": "    return sum(numbers) / len(numbers)"}',
};

/** The request that goes on. */
let asked = "";
const answer = (): string => answers[asked] ?? "It is short.";
const wait = (): readonly Step[] => (asked === "a stop while it reads" ? [{ waitMs: 5_000 }] : []);

/** The same model behind either API: it thinks for as long as somebody listens. */
interface Wire {
  readonly name: string;
  start(): Promise<{ readonly model: ModelServer; close(): Promise<void> }>;
}

interface Turn {
  readonly role?: unknown;
  readonly content?: unknown;
}

/** How the model's turn is given to it. */
function turnOf(last: Turn | undefined): "closed" | "open" | "none" {
  if (last?.role !== "assistant") return "none";
  return String(last.content).includes("</think>") ? "closed" : "open";
}

function* thought<Piece>(wrap: (text: string) => Piece): Generator<Piece | { waitMs: number }> {
  for (let at = 1; at < 200; at++)
    for (const word of ["The", ` line ${at}`, " is", " like", " no", " other. "]) {
      yield wrap(word);
      yield { waitMs: 2 };
    }
}

const wires: readonly Wire[] = [
  {
    name: "Ollama",
    async start() {
      const answered = (): Step[] => [...wait(), contentLine(answer()), doneLine()];
      const daemon = await startFakeDaemon({
        models: [{ name: "qwen3-8b", capabilities: ["completion", "thinking"] }],
        chat: ({ think, messages }): Reply => {
          const turn = turnOf(messages?.at(-1));
          if (turn === "open")
            return { steps: [contentLine("and so on.\n</think>\n\n"), ...answered()] };
          if (turn === "closed" || think === false) return { steps: answered() };
          return { steps: thought(thinkingLine) };
        },
      });
      return { model: new OllamaModel(daemon), close: () => daemon.close() };
    },
  },
  {
    name: "vLLM",
    async start() {
      const answered = () => [...wait(), delta({ content: answer() }), stop()];
      const server = await startFakeOpenAiServer({
        owner: "vllm",
        models: ["qwen3-8b"],
        chat: (fields) => {
          const turn = turnOf(fields.messages.at(-1));
          const { enable_thinking: thinks } = Object(fields["chat_template_kwargs"]);
          const isQuoted = JSON.stringify(fields.messages).includes("The line 1 is");
          if (turn === "open") return events(delta({ reasoning: "and so on." }), ...answered());
          if (turn === "closed" || thinks === false || isQuoted || asked.startsWith("a stop while"))
            return events(...answered());
          return events(...thought((text) => delta({ reasoning: text })));
        },
      });
      return { model: new OpenAiModel(server), close: () => server.close() };
    },
  },
];

describe("twenty requests", () => {
  const running: { readonly asker: Asker; close(): Promise<void> }[] = [];
  beforeAll(async () => {
    for (const wire of wires) {
      const { model, close } = await wire.start();
      const name = "qwen3-8b";
      const details = await model.describe(name);
      const connection: Connection = {
        ...{ model, name, details, local: true, contextTokens, think: true },
        ...{ keepAlive: "10m", allowedCloudModels: [] },
      };
      running.push({ asker: new Asker(async () => connection), close });
    }
  });
  afterAll(async () => {
    for (const { close } of running) await close();
  });

  it.each(twentyRequests())("$name: the same events, end and review by each API", async (one) => {
    asked = one.name;
    const outcomes: Outcome[] = [];
    for (const { asker } of running) outcomes.push(await asker.ask(one));
    const told = outcomes.map(({ events: kinds, end, review }) => ({ kinds, end, review }));
    expect(told[0]?.kinds).toMatch(/^started .*(?:finished|failed)$/);
    if (answers[one.name] !== undefined) expect(told[0]).toMatchObject({ end: "proposed" });
    for (const other of told) expect(other).toEqual(told[0]);
  });
});
