import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../src/core/model/openai/openai-model";
import { contentLine, doneLine, errorLine, finalCounts, thinkingLine } from "./chat-lines";
import { type FakeDaemon, startFakeDaemon } from "./fake-daemon";
import { delta, startFakeOpenAiServer, stop } from "./fake-openai-server";
import type { Reply } from "./fake-wire";

export const apis = ["ollama", "openai"] as const;
export type Api = (typeof apis)[number];

/** How one API puts an answer of the model `m` on the wire; each text is whole lines. */
export interface ApiWire {
  readonly contentType: string;
  readonly thought: (text: string) => string;
  readonly answer: (text: string) => string;
  readonly both: (thought: string, answer: string) => string;
  /** What says how the answer ended, and what it took: nothing, when `promptTokens` is 0. */
  readonly end: (reason?: "stop" | "length", promptTokens?: number) => string;
  /** The end, with the last text in it. */
  readonly endWith: (text: string) => string;
  readonly toolCall: (name: string, path: string) => string;
  readonly error: (message: string) => string;
  /** An answer with an error status, in the words that servers of this kind have for it. */
  readonly refusal: (status: number, message: string) => Reply;
  /** @param reply by how many chats came before. */
  start(reply: (before: number) => Reply): Promise<FakeDaemon>;
  model(endpoint: string, timing: Timing): OllamaModel | OpenAiModel;
  /** Where chats are sent to. */
  readonly path: string;
}

interface Timing {
  readonly stallNoticeMs?: number;
  readonly silenceLimitMs?: number;
  readonly leastWritingSilenceMs?: number;
  readonly busyWaitsMs?: readonly number[];
  readonly loadingWaitMs?: number;
}

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const json = { "content-type": "application/json" };
const calling = (name: string, path: string): object => ({
  function: { name, arguments: { path } },
});

export const apiWires: { readonly [Each in Api]: ApiWire } = {
  ollama: {
    contentType: "application/x-ndjson",
    thought: thinkingLine,
    answer: (text) => contentLine(text),
    both: (thinking, content) =>
      contentLine("", { message: { role: "assistant", content, thinking } }),
    end: (reason, promptTokens = 5) =>
      doneLine(
        reason,
        promptTokens === 0 ? {} : { ...finalCounts, prompt_eval_count: promptTokens },
      ),
    endWith: (content) => doneLine("stop", { message: { role: "assistant", content } }),
    toolCall: (name, path) =>
      contentLine("", {
        message: { role: "assistant", content: "", tool_calls: [calling(name, path)] },
      }),
    error: errorLine,
    refusal: (status, error) => ({ status, headers: json, steps: [JSON.stringify({ error })] }),
    async start(reply) {
      const models = [{ name: "m", capabilities: ["completion", "thinking"] }];
      let chats = 0;
      return await startFakeDaemon({ models, chat: () => reply(chats++) });
    },
    model: (endpoint, timing) => new OllamaModel({ endpoint, timing }),
    path: "/api/chat",
  },
  openai: {
    contentType: "text/event-stream",
    thought: (text) => event(delta({ reasoning_content: text })),
    // Some of these servers escape what could be a tag.
    answer: (text) => event(delta({ content: text })).replaceAll("<", "\\u003c"),
    both: (reasoning, content) => event(delta({ reasoning, content })),
    end: (reason, promptTokens = 5) =>
      [
        event(stop(reason)),
        ...(promptTokens === 0
          ? []
          : [event({ choices: [], usage: { prompt_tokens: promptTokens, completion_tokens: 2 } })]),
        "data: [DONE]\n\n",
      ].join(""),
    endWith: (content) =>
      `${event({ choices: [{ delta: { content }, finish_reason: "stop" }] })}data: [DONE]\n\n`,
    toolCall: (name, path) => event(delta({ tool_calls: [calling(name, path)] })),
    error: (message) => event({ error: { message } }),
    refusal: (status, message) => ({
      status,
      headers: json,
      steps: [JSON.stringify({ error: { message, code: status } })],
    }),
    async start(reply) {
      let chats = 0;
      return await startFakeOpenAiServer({ models: ["m"], chat: () => reply(chats++) });
    },
    model: (endpoint, timing) => new OpenAiModel({ endpoint, timing }),
    path: "/v1/chat/completions",
  },
};
