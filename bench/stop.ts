import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { silentLog } from "../src/core/log";
import type { Connection } from "../src/core/model/connection";
import type { ModelEvent } from "../src/core/model/language-model";
import { Connector } from "../src/model-setup/connect/connector";
import { SeparateEngine } from "../src/model-setup/engine/built-in-engine";
import { thinkaloudFolders } from "../src/model-setup/folders";
import { defaultModelSettings } from "../src/model-setup/settings/settings";
import type { Phase } from "../src/protocol/run-events";
import { prepareEngine, smallModel, takeTurn } from "../test/built-in-engine/engine-fixture";
import { startFakeDaemon } from "../test/support/fake-daemon";
import {
  delta,
  events,
  eventsCut,
  json,
  startFakeOpenAiServer,
} from "../test/support/fake-openai-server";
import type { Reply } from "../test/support/fake-wire";
import type { ChatAnswer } from "../test/support/scripted-models";
import type { BenchResult } from "./bench-result";
import { plainAssistant } from "./support/plain-assistant";
import { smallTarget } from "./support/small-target";

const rounds = 15;
/** So long another measurement may have the model. */
const patienceMs = 60_000;
const folders = thinkaloudFolders();

/**
 * From Stop until the server has nothing to do any more: a scripted one in each phase, by either
 * API, and the built-in engine with a real model.
 */
export async function bench(): Promise<BenchResult[]> {
  return [...(await scripted()), ...(await builtIn())];
}

/** What a server is asked to do, so that a run comes to a phase and stays there. */
interface Stay {
  readonly phase: Phase;
  /** Nothing arrives meanwhile. */
  readonly isSilent?: true;
  readonly daemon: ChatAnswer;
  readonly loadMs?: number;
  readonly server: () => Reply;
}

async function scripted(): Promise<BenchResult[]> {
  const long = "word ".repeat(50_000);
  const hang = (): Reply => ({ steps: [{ fault: "hang" }] });
  const slowly = (name: string): Reply => events(...drops(name));
  const stays: readonly Stay[] = [
    // Who loads says nothing, and nothing who reads: not even headers.
    {
      phase: "loading",
      daemon: { answer: "", fault: "hangAtOnce" },
      loadMs: 3_600_000,
      // Or says so, and is asked again and again.
      server: () => json({ error: { message: "Loading model", code: 503 } }, 503),
    },
    { phase: "reading", daemon: { answer: "", fault: "hangAtOnce" }, server: hang },
    {
      phase: "thinking",
      daemon: { thinking: long, answer: "", delayMsPerChunk: 5 },
      server: () => slowly("reasoning_content"),
    },
    {
      phase: "answering",
      daemon: { answer: long, delayMsPerChunk: 5 },
      server: () => slowly("content"),
    },
    {
      phase: "answering",
      isSilent: true,
      daemon: { answer: "one two three four", fault: "hangMidway" },
      server: () => eventsCut(delta({ content: "one two" }), { fault: "hang" }),
    },
  ];
  const results: BenchResult[] = [];
  for (const stay of stays) {
    for (const api of ["Ollama", "an OpenAI-compatible server"] as const) {
      const spent: number[] = [];
      for (let round = 0; round < rounds; round++) spent.push(await stopIn(stay, api));
      results.push({
        name: `stop while ${stay.phase}${stay.isSilent ? ", silent" : ""}: ${api}`,
        value: Math.max(...spent),
        unit: "ms",
        note: `slowest of ${rounds}, until the server has nothing to do; bound 1000 ms`,
      });
    }
  }
  return results;
}

function* drops(name: string): Generator<object> {
  for (let word = 0; word < 2_000; word++) {
    yield delta({ [name]: "word " });
    yield { waitMs: 5 };
  }
}

/** Longer than a request waits until it asks a server again that loads its model. */
const watchedMs = 1_500;

async function stopIn({ phase, daemon, loadMs = 0, server }: Stay, api: string): Promise<number> {
  const model = { name: "bench:1b", capabilities: ["completion", "thinking"], loadMs };
  const isOllama = api === "Ollama";
  const asked = isOllama
    ? await startFakeDaemon({ models: [model], chat: () => daemon })
    : await startFakeOpenAiServer({ models: [model.name], chat: server });
  const team = { name: "team", kind: "openai", address: asked.endpoint } as const;
  const { assistant, connector } = plainAssistant(
    isOllama ? { endpoint: asked.endpoint } : { endpoint: "team", endpoints: [team] },
  );
  try {
    const reached = new Promise<void>((resolve) => {
      assistant.subscribe((_runId, event) => {
        if (event.kind === "phase" && event.phase === phase) resolve();
      });
    });
    assistant.start({ action: "explain", target: smallTarget });
    await reached;
    await asked.received(isOllama ? "/api/chat" : "/v1/chat/completions");
    const from = performance.now();
    const stopped = assistant.stop();
    while (asked.busy() > 0) await delay(1);
    const tookMs = performance.now() - from;
    await stopped;
    const seen = asked.requests.length;
    // Nobody else would ask again by themselves.
    if (phase === "loading") await delay(watchedMs);
    if (asked.requests.length > seen) throw new Error(`it was asked again while ${phase}`);
    return tookMs;
  } finally {
    await connector.dispose();
    await asked.close();
  }
}

/** An engine does one thing at a time, so it is idle when it answers the next one. */
async function builtIn(): Promise<BenchResult[]> {
  const without = await prepareEngine();
  if (without !== undefined) {
    console.error(`stop in the built-in engine was not measured: ${without}`);
    return [];
  }
  const giveBack = await takeTurn(patienceMs);
  const engine = new SeparateEngine({ script: "dist/engine.cjs", folders, log: silentLog });
  const settings = {
    ...defaultModelSettings,
    engine: "builtin",
    model: smallModel,
    contextTokens: 8192,
  } as const;
  const connector = new Connector({
    settings: () => settings,
    engine,
    folders,
    consent: { builtIn: () => true },
    log: silentLog,
  });
  try {
    const connection = await connector.connect(new AbortController().signal);
    await tiny(connection);
    const alone = Math.min(await tiny(connection), await tiny(connection));
    const results: BenchResult[] = [
      {
        name: "built-in engine: a tiny request alone",
        value: alone,
        unit: "ms",
        note: `${smallModel}, the measure for what follows`,
      },
    ];
    for (const [phase, isThere] of [
      [
        "reading a long prompt",
        (event: ModelEvent) => event.kind === "reading" && (event.done ?? 0) > 0,
      ],
      ["answering", (event: ModelEvent) => event.kind === "answer"],
    ] as const) {
      const spent: number[] = [];
      for (let round = 0; round < 5; round++)
        spent.push(await stopEngine(connection, round, isThere));
      const note =
        "slowest of 5, until a tiny request is answered; bound 1000 ms more than that alone";
      results.push({
        name: `built-in engine: stop while ${phase}, then a tiny request`,
        value: Math.max(...spent),
        unit: "ms",
        note,
      });
    }
    return results;
  } finally {
    await connector.dispose();
    giveBack();
  }
}

async function stopEngine(
  connection: Connection,
  round: number,
  isThere: (event: ModelEvent) => boolean,
): Promise<number> {
  const stop = new AbortController();
  // Another prompt each time, since a prefix that was read before is not read again.
  const text = `${round} ${Math.random()} ${"The quick brown fox jumps over the lazy dog. ".repeat(150)}Tell a very long story about it.`;
  const reached = once(stop.signal, "abort").then(() => performance.now());
  try {
    for await (const event of chat(connection, text, 1_000, stop.signal))
      if (isThere(event)) stop.abort(new Error("stopped"));
    throw new Error("the answer was over before it was stopped");
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown;
  }
  const from = await reached;
  await tiny(connection);
  return performance.now() - from;
}

/**
 * @returns milliseconds of a request that has to be read whole. Else the one that is alone would
 * find its template's first words read, and the one behind another would not.
 */
async function tiny(connection: Connection): Promise<number> {
  const from = performance.now();
  const unread = `${Math.random()} Be brief.`;
  for await (const _event of chat(connection, "Hi", 1, new AbortController().signal, unread)) {
    // The time counts, not the text.
  }
  return performance.now() - from;
}

function chat(
  connection: Connection,
  content: string,
  maxTokens: number,
  signal: AbortSignal,
  system?: string,
): AsyncIterable<ModelEvent> {
  const { model, name, contextTokens, keepAlive } = connection;
  const messages = [
    ...(system === undefined ? [] : [{ role: "system", content: system } as const]),
    { role: "user", content } as const,
  ];
  const sampling = { temperature: 0, maxTokens };
  return model.chat(
    {
      model: name,
      messages,
      contextTokens,
      think: false,
      sampling,
      keepAlive,
      allowedCloudModels: [],
    },
    signal,
  );
}
