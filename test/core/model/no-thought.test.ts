import { expect, it } from "vitest";
import type { ChatMessage, ChatRequest } from "../../../src/core/model/language-model";
import { withoutThought } from "../../../src/core/model/no-thought";

const question: ChatMessage = { role: "user", content: "Why?" };
const emptyThought: ChatMessage = { role: "assistant", content: "<think>\n\n</think>\n\n" };
const system = (content: string): ChatMessage => ({ role: "system", content });
const plainServer = { takesArguments: false, goesOn: true };

function sent(model: string, server = plainServer, more: Partial<ChatRequest> = {}) {
  const request: ChatRequest = {
    ...{ model, messages: [question], contextTokens: 4096, think: false, sampling: {} },
    ...more,
  };
  return withoutThought(request, server).messages;
}

it.each([
  ["deepseek-r1:8b", [question, emptyThought]],
  ["DeepSeek-R1-0528-Qwen3-8B", [question, emptyThought]],
  ["Magistral-Small-2509", [question, emptyThought]],
  ["Apriel-1.6-15b-Thinker", [question, emptyThought]],
  ["HuggingFaceTB/SmolLM3-3B", [system("/no_think"), question]],
  ["Llama-3_3-Nemotron-Super-49B-v1_5", [system("/no_think"), question]],
  ["nvidia/Llama-3.1-Nemotron-Nano-8B-v1", [system("detailed thinking off"), question]],
  ["qwen3-8b", [{ role: "user", content: "Why?\n\n/no_think" }]],
  ["glm-4.6", [{ role: "user", content: "Why?\n\n/nothink" }]],
  ["GLM-5.3", [{ role: "user", content: "Why?\n\n/nothink" }]],
  ["zai-org/GLM-5.3-Flash", [question, emptyThought]],
  ["stepfun-ai/Step-3.5-Flash", [question, emptyThought]],
  ["moonshotai/Kimi-K2-Thinking", [question, emptyThought]],
  ["Ministral-3-14B-Reasoning-2512", [question, emptyThought]],
  ["qwen3.5:9b", [question]],
  ["qwen2.5-coder:7b", [question]],
])("%s is told not to think in its family's way", (model, messages) => {
  expect(sent(model)).toEqual(messages);
});

it("a word is left out where an argument of the template does the same", () => {
  const takesArguments = { takesArguments: true, goesOn: true };
  expect(sent("qwen3-8b", takesArguments)).toEqual([question]);
  expect(sent("nemotron-super-v1.5", takesArguments)).toEqual([system("/no_think"), question]);
});

it("nothing is begun for a server that does not go on with it", () => {
  expect(sent("deepseek-r1:8b", { takesArguments: false, goesOn: false })).toEqual([question]);
});

it("a request that is to think, or goes on with a turn, stays as it is", () => {
  expect(sent("deepseek-r1:8b", plainServer, { think: true })).toEqual([question]);
  expect(sent("smollm3", plainServer, { think: "low" })).toEqual([question]);
  const given = [question, { role: "assistant" as const, content: "<think>\nSince" }];
  expect(sent("deepseek-r1:8b", plainServer, { messages: given })).toEqual(given);
});

it("an instruction that is there already keeps its place behind the word", () => {
  const messages = [system("Be brief."), question];
  expect(sent("smollm3", plainServer, { messages })).toEqual([
    system("/no_think\nBe brief."),
    question,
  ]);
});
