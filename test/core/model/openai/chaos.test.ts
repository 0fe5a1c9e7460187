import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OpenAiModel } from "../../../../src/core/model/openai/openai-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import { delta, startFakeOpenAiServer, stop } from "../../../support/fake-openai-server";
import type { Reply, Step } from "../../../support/fake-wire";

const streams = 150;

let printed = 0;
beforeEach(() => {
  printed = 0;
  for (const name of ["log", "warn", "error"] as const)
    vi.spyOn(console, name).mockImplementation(() => void printed++);
});
afterEach(() => vi.restoreAllMocks());

/** The same numbers in every run of the tests. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** What may stand between two events, and what may happen there. */
const disturbances: readonly ((random: (below: number) => number) => readonly Step[])[] = [
  () => [": ping\n\n"],
  () => ["\r\n\n\n"],
  () => ["data: null\n\n", "data: 7\n\n", "data:\n\n"],
  () => ['data: {"choices": []}\n\n', 'data: {"choices": "none"}\n\n', 'data: {"choices":[7]}\n\n'],
  () => [event({ choices: [{ delta: { content: 5, reasoning: {}, tool_calls: {} } }] })],
  () => [event({ choices: [{ delta: null, finish_reason: 7 }], usage: [], timings: "fast" })],
  () => [event({ error: null, choices: [] })],
  () => [event({ error: { message: "lost", code: 500 } })],
  () => ['data: {"choices": [{"delta": {"cont\n\n'],
  () => ["<html><body>Bad Gateway</body></html>\n"],
  (random) => [Uint8Array.from({ length: 1 + random(40) }, () => random(256))],
  (random) => [{ waitMs: random(15) }],
  () => [{ fault: "reset" }],
  () => [{ fault: "cut" }],
  () => ["data: [DONE]\n\n"],
];

function disturbed(seed: number): { readonly reply: Reply; readonly whole: string } {
  const random = randomNumbers(seed);
  const words = Array.from({ length: 3 + random(12) }, (_, at) => `word${at} `);
  const steps: Step[] = [];
  for (const [at, word] of words.entries()) {
    const name = at < words.length / 2 ? "reasoning_content" : "content";
    const bytes = Buffer.from(event(delta({ [name]: word })));
    // In two packets, cut anywhere.
    const cut = random(bytes.length);
    steps.push(bytes.subarray(0, cut), bytes.subarray(cut));
    if (random(6) === 0) steps.push(...(disturbances[random(disturbances.length)]?.(random) ?? []));
  }
  steps.push(event(stop()), "data: [DONE]\n\n");
  const headers = { "content-type": random(10) === 0 ? "text/plain" : "text/event-stream" };
  return {
    reply: {
      headers,
      steps: steps.filter((step) => !(step instanceof Uint8Array) || step.length > 0),
    },
    whole: words.join(""),
  };
}

test(`of ${streams} disturbed streams each ends in one way, and no word of them is made up or moved`, async () => {
  let current: Reply = { steps: [] };
  const server = await startFakeOpenAiServer({ chat: () => current });
  const model = new OpenAiModel({
    endpoint: server.endpoint,
    timing: { silenceLimitMs: 3_000, busyWaitsMs: [] },
  });
  const ends = new Map<string, number>();
  try {
    for (let seed = 1; seed <= streams; seed++) {
      const { reply, whole } = disturbed(seed);
      current = reply;
      const found = await collectChat(model, chatRequest());
      const text = found.thought + found.answer;
      const isWhole = found.done !== undefined;
      expect(isWhole !== (found.failure !== undefined), `stream ${seed}`).toBe(true);
      // Bytes that are no text may spoil a word; nothing else may.
      const clean = text.replace(/\uFFFD[\s\S]*$/, "");
      expect(whole.startsWith(clean) || whole.includes(clean), `stream ${seed}: ${text}`).toBe(
        true,
      );
      const end = found.failure?.kind ?? "done";
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  } finally {
    await server.close();
  }
  expect(printed).toBe(0);
  expect([...ends.keys()].sort()).toEqual(["done", "modelReportedError", "streamBroken"]);
}, 60_000);
