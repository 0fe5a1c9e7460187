import { OpenAiModel } from "../../../../src/core/model/openai/openai-model";
import {
  delta,
  events,
  type Fields,
  json,
  startFakeOpenAiServer,
  stop,
} from "../../../support/fake-openai-server";
import type { Reply } from "../../../support/fake-wire";
import type { RunningServer } from "../../../support/healthy-daemon-suite";
import { healthyDaemonSuite } from "../../../support/healthy-daemon-suite";

const contextTokens = 2048;
const answer = "Two and two is four, as every child knows.";
const story = "Once upon a time there was a word. ".repeat(200);

/** How a server marks a thought, and how it is given a begun turn. */
interface Dialect {
  readonly name: string;
  readonly owner: string;
  readonly props?: object;
  thought(text: string): object;
}

/**
 * Each by what its streams look like; the shapes are those of recorded ones where there is a
 * recording.
 */
const dialects: readonly Dialect[] = [
  {
    name: "a scripted llama.cpp server",
    owner: "llamacpp",
    props: { chat_template: "{% if enable_thinking %}<think>{% endif %}" },
    thought: (text) => delta({ reasoning_content: text }),
  },
  { name: "a scripted vLLM", owner: "vllm", thought: (text) => delta({ reasoning: text }) },
  {
    name: "a scripted SGLang",
    owner: "sglang",
    thought: (text) => delta({ reasoning_content: text }),
  },
  {
    name: "a scripted gateway that nobody knows",
    owner: "acme",
    thought: (text) => delta({ content: `<think>${text}</think>` }),
  },
];

function reply(dialect: Dialect, fields: Fields): Reply {
  const last = fields.messages.at(-1) ?? {};
  const sent = fields.messages.map(({ content }) => String(content)).join(" ");
  const input = Math.ceil(sent.length / 4);
  if (input > contextTokens) {
    const message = `request (${input} tokens) exceeds the available context size (${contextTokens} tokens)`;
    return json({ error: { code: 400, message, type: "exceed_context_size_error" } }, 400);
  }
  const isBegun = last["role"] === "assistant" || /Do not think about it again/.test(sent);
  const isOpen =
    fields["continue_final_message"] === "reasoning_content" ||
    (last["role"] === "assistant" &&
      !/<\/think>/.test(String(last["content"])) &&
      last["reasoning_content"] === undefined);
  const mayThink = fields.model.startsWith("qwen3") && (isOpen || !isBegun);
  const text = /story/.test(sent) ? story : answer;
  const words = text.match(/\S+\s*/g) ?? [];
  const limit = Number(fields["max_tokens"] ?? Number.POSITIVE_INFINITY);
  // A turn that is gone on with begins inside what was given: a thought that is left open has no
  // mark of its own.
  const opens = isOpen && dialect.owner !== "llamacpp";
  const thoughts = opens
    ? [delta({ content: "Let me see.</think>" })]
    : [dialect.thought("Let me see.")];
  const streamed = events(
    delta({ role: "assistant", content: null }),
    ...(mayThink ? thoughts : []),
    ...words
      .slice(0, limit)
      .flatMap((word) => [...(text === story ? [{ waitMs: 5 }] : []), delta({ content: word })]),
    stop(words.length > limit ? "length" : "stop"),
    { choices: [], usage: { prompt_tokens: input, completion_tokens: words.length } },
  );
  // Reading takes its time, and sends nothing meanwhile.
  return input > contextTokens / 4 ? { ...streamed, headersAfterMs: 400 } : streamed;
}

for (const dialect of dialects) {
  healthyDaemonSuite({
    name: dialect.name,
    thinkingModel: "qwen3-8b",
    plainModel: "plain",
    contextTokens,
    server: ({ endpoint }: RunningServer) => new OpenAiModel({ endpoint }),
    async start() {
      const server = await startFakeOpenAiServer({
        owner: dialect.owner,
        models: ["qwen3-8b", "plain"],
        listed: { max_model_len: contextTokens },
        ...(dialect.props === undefined ? {} : { props: dialect.props }),
        chat: (fields) => reply(dialect, fields),
      });
      return {
        endpoint: server.endpoint,
        idle: () => server.busy() === 0,
        stop: () => server.close(),
      };
    },
  });
}
