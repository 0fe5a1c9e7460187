import { type Api, type ApiWire, apiWires } from "./api-wires";
import { contentLine, doneLine } from "./chat-lines";
import { startFakeDaemon } from "./fake-daemon";
import { startFakeOpenAiServer, stop } from "./fake-openai-server";
import type { Reply, Step } from "./fake-wire";
import { type Random, randomNumbers } from "./random-numbers";

/** One answer of a server on a bad day, and what must come of it. */
export interface ChaosAnswer {
  readonly reply: Reply;
  /** All that the model had to say. */
  readonly whole: string;
  /** What was on the wire, undamaged, before anything went wrong: none of it may be lost. */
  readonly least: string;
  /** Nothing went wrong that breaks an answer: it must arrive to its end. */
  readonly isSound: boolean;
  /** It was broken off: it must never pass for a whole one. */
  readonly isBroken: boolean;
}

/** What a server writes among its lines: harmless, or the end of the answer. */
export interface Disturbance {
  readonly name: string;
  readonly isFatal: boolean;
  /** A fatal one that could be the end of an answer. */
  readonly mayEnd?: true;
  readonly steps: (random: Random) => readonly Step[];
}

const harmless = (name: string, ...steps: Step[]): Disturbance => ({
  name,
  isFatal: false,
  steps: () => steps,
});
const fatal = (name: string, ...steps: Step[]): Disturbance => ({
  name,
  isFatal: true,
  steps: () => steps,
});
const ending = (name: string, ...steps: Step[]): Disturbance => ({
  ...fatal(name, ...steps),
  mayEnd: true,
});

/** What arrived before a reset is the client's only once it has read it. */
const settle: Step = { waitMs: 12 };

const common: readonly Disturbance[] = [
  harmless("blank lines", "\r\n\n\n"),
  { name: "a delay", isFatal: false, steps: (random) => [{ waitMs: random(12) }] },
  fatal("a reset", settle, { fault: "reset" }),
  fatal("a cut", { fault: "cut" }),
  fatal("silence", { fault: "hang" }),
  {
    name: "garbage",
    isFatal: true,
    mayEnd: true,
    steps: (random) => [Uint8Array.from({ length: 1 + random(60) }, () => random(256))],
  },
  harmless("a page", "<html><body>Bad Gateway</body></html>\n"),
];

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const disturbances: { readonly [Each in Api]: readonly Disturbance[] } = {
  openai: [
    ...common,
    harmless("comments", ": ping\n\n", "event: tick\n\n"),
    harmless("data that is nothing", "data: null\n\n", "data: 7\n\n", "data:\n\n"),
    harmless(
      "choices that are none",
      event({ choices: [] }),
      event({ choices: "none" }),
      event({ choices: [7] }),
    ),
    harmless(
      "wrong types",
      event({ choices: [{ delta: { content: 5, reasoning: {}, tool_calls: {} } }] }),
      event({ choices: [{ delta: null, finish_reason: 7 }], usage: [], timings: "fast" }),
      event({ prompt_progress: { total: -1, processed: "all" }, usage: { prompt_tokens: -3 } }),
    ),
    harmless("no error", event({ error: null, choices: [] })),
    fatal("an error", event({ error: { message: "lost", code: 500 } })),
    fatal("half an event", 'data: {"choices": [{"delta": {"cont\n\n'),
    ending("an early end", "data: [DONE]\n\n"),
    ending("a lie about the end", event(stop("length")), event(stop()), "data: [DONE]\n\n"),
  ],
  ollama: [
    ...common,
    harmless("lines that are nothing", "null\n", "7\n", '"text"\n', "[]\n"),
    harmless("events of another API", ": ping\n\n", "data:\n\n"),
    harmless(
      "wrong types",
      line({ message: { role: "assistant", content: 5, thinking: {} }, done: "yes" }),
      line({ message: null, done: false, remote_host: 7 }),
      line({ message: { content: "" }, thinkaloud_progress: { phase: "reading", done: "1" } }),
      line({ message: { content: "", tool_calls: [7, null, { function: 3 }] } }),
    ),
    harmless("no error", line({ error: null, message: { content: "" }, done: false })),
    fatal("an error", line({ error: "an error was encountered while running the model: lost" })),
    fatal("half a line", '{"message": {"role": "assist\n'),
    ending("a lie about the end", doneLine(), contentLine("after the end"), doneLine()),
  ],
};

/** One of what may happen among the lines of an API. */
export function disturbanceOf(api: Api, random: Random): Disturbance {
  const among = disturbances[api];
  return among[random(among.length)] ?? fatal("a cut", { fault: "cut" });
}

/** Answers that are none from the first byte on. */
const refusals: readonly ((random: Random, elsewhere: string) => Reply)[] = [
  (random) => ({
    status: [400, 401, 403, 404, 405, 407, 413, 422, 429, 500, 501, 502, 504][random(13)] ?? 500,
    headers: { "content-type": random(2) === 0 ? "text/html" : "application/json" },
    steps: [random(2) === 0 ? "<html>no</html>" : '{"error":{"message":"no"}}'],
  }),
  (_random, elsewhere) => ({ status: 307, headers: { location: elsewhere }, steps: ["moved"] }),
  () => ({ status: 503, steps: ['{"error":{"message":"Loading model","code":503}}'] }),
  () => ({ status: 204, steps: [] }),
  () => ({ steps: [{ fault: "reset" }] }),
  () => ({ steps: [{ fault: "hang" }] }),
  () => ({ headers: { "content-type": "text/html" }, steps: ["<html>", "x".repeat(5_000)] }),
  () => ({ headers: { "content-type": "application/json" }, steps: ["{"] }),
  () => ({ headers: { "content-encoding": "gzip" }, steps: ["this is no gzip"] }),
  () => ({ headers: { "content-length": "999" }, steps: ["short", { fault: "cut" }] }),
];

/** @param elsewhere an address that nothing may ever be sent to. */
export function chaosAnswer(api: Api, seed: number, elsewhere: string): ChaosAnswer {
  const random = randomNumbers(seed);
  const wire = apiWires[api];
  if (random(12) === 0) {
    const reply = refusals[random(refusals.length)]?.(random, elsewhere) ?? { steps: [] };
    return { reply, whole: "", least: "", isSound: false, isBroken: false };
  }
  if (random(60) === 0) return flood(wire);
  // What may begin a mark is held back until more is known.
  const words = Array.from({ length: 3 + random(12) }, (_, at) => `word${at} <`);
  const onWire = random(3) === 0 ? inMarks(wire, words) : inFields(wire, words);
  const steps: Step[] = [];
  let least = "";
  let isSound = true;
  let isBroken = false;
  for (const [at, word] of words.entries()) {
    const bytes = Buffer.from(onWire[at] ?? "");
    // In two packets, cut anywhere.
    const cut = random(bytes.length);
    steps.push(bytes.subarray(0, cut), bytes.subarray(cut));
    if (isSound) least += word;
    if (random(8) > 0) continue;
    const disturbance = disturbanceOf(api, random);
    steps.push(...disturbance.steps(random));
    if (!disturbance.isFatal) continue;
    if (isSound) isBroken = disturbance.mayEnd !== true;
    isSound = false;
  }
  steps.push(wire.end("stop", 0));
  const lies = random(10) === 0;
  return {
    reply: {
      headers: { "content-type": lies ? "text/plain" : wire.contentType },
      steps: steps.filter((step) => !(step instanceof Uint8Array) || step.length > 0),
    },
    whole: words.join(""),
    least,
    isSound,
    isBroken,
  };
}

/** The first half is thought, in the field for it. */
function inFields(wire: ApiWire, words: readonly string[]): readonly string[] {
  return words.map((word, at) => (at < words.length / 2 ? wire.thought : wire.answer)(word));
}

/** The first half is thought, in marks that come in two pieces each. */
function inMarks(wire: ApiWire, words: readonly string[]): readonly string[] {
  const half = Math.ceil(words.length / 2);
  return words.map((word, at) => {
    if (at === 0) return wire.answer("<thi") + wire.answer(`nk>${word}`);
    if (at === half) return wire.answer("</") + wire.answer(`think>${word}`);
    return wire.answer(word);
  });
}

/** A model that never ends. */
function flood(wire: ApiWire): ChaosAnswer {
  function* steps(): Generator<Step> {
    for (let at = 0; ; at++) yield wire.answer(`word${at} `.repeat(400));
  }
  const headers = { "content-type": wire.contentType };
  return {
    reply: { headers, steps: steps() },
    whole: "",
    least: "",
    isSound: false,
    isBroken: true,
  };
}

export interface ChaosServer {
  readonly endpoint: string;
  /** Names the model whose answer is the one of this seed. */
  modelOf(seed: number): string;
  close(): Promise<void>;
}

/**
 * A server whose every model answers as badly as its number says; what it tells about its models is
 * right.
 */
export async function startChaosServer(
  api: Api,
  answers: ReadonlyMap<number, ChaosAnswer>,
): Promise<ChaosServer> {
  const modelOf = (seed: number): string => `chaos-${seed}`;
  const names = [...answers.keys()].map(modelOf);
  const replyTo = (model: unknown): Reply =>
    answers.get(Number(String(model).replace("chaos-", "")))?.reply ?? { steps: [] };
  const server =
    api === "openai"
      ? await startFakeOpenAiServer({ models: names, chat: ({ model }) => replyTo(model) })
      : await startFakeDaemon({
          models: names.map((name) => ({ name, capabilities: ["completion", "thinking"] })),
          // Hundreds of models that are loaded take long to be named.
          reply: ({ path }) => (path === "/api/ps" ? { steps: ['{"models":[]}'] } : undefined),
          chat: ({ model }) => replyTo(model),
        });
  return { endpoint: server.endpoint, modelOf, close: () => server.close() };
}
