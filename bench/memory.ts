import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { defaultModelSettings } from "../src/model-setup/settings/settings";
import { startFakeDaemon } from "../test/support/fake-daemon";
import { delta, events, startFakeOpenAiServer, stop } from "../test/support/fake-openai-server";
import type { BenchResult } from "./bench-result";
import { plainAssistant } from "./support/plain-assistant";
import { smallTarget } from "./support/small-target";

const warmUpRuns = 100;
const runs = 500;
const half = warmUpRuns + runs / 2;
const mebibyte = 1024 ** 2;

/**
 * What many runs leave behind, by either API: every third is stopped in the middle, every fifth
 * breaks. What grows with every run grows in the second half of them as well.
 */
export async function bench(): Promise<BenchResult[]> {
  const thinking = "The function returns a number. ".repeat(200);
  const answer = "It returns one. ".repeat(200);
  let asked = 0;
  const breaks = (): boolean => ++asked % 5 === 0;
  const ollama = await startFakeDaemon({
    models: [{ name: "bench:1b", capabilities: ["completion", "thinking"] }],
    chat: () => ({ thinking, answer, ...(breaks() && { fault: "resetMidway" as const }) }),
  });
  const openAi = await startFakeOpenAiServer({
    models: ["bench:1b"],
    chat: () =>
      events(
        delta({ reasoning_content: thinking }),
        ...(breaks() ? [{ fault: "reset" }] : []),
        delta({ content: answer }),
        stop(),
      ),
  });
  const team = { name: "team", kind: "openai", address: openAi.endpoint } as const;
  try {
    return [
      ...(await grownBy("Ollama", { endpoint: ollama.endpoint }, [ollama.requests])),
      ...(await grownBy("an OpenAI-compatible server", { endpoint: "team", endpoints: [team] }, [
        openAi.requests,
        openAi.fields(),
      ])),
    ];
  } finally {
    await ollama.close();
    await openAi.close();
  }
}

async function grownBy(
  server: string,
  chosen: Partial<typeof defaultModelSettings>,
  records: readonly (readonly unknown[])[],
): Promise<BenchResult[]> {
  const { assistant, connector } = plainAssistant(chosen);
  let over = (): void => {};
  let answers = (): void => {};
  assistant.subscribe((_runId, event) => {
    if (event.kind === "phase" && event.phase === "thinking") answers();
    if (event.kind === "finished" || event.kind === "failed") over();
  });
  /** After these many runs. */
  const heap = new Map<number, number>();
  let socketsBefore = 0;
  for (let run = 1; run <= warmUpRuns + runs; run++) {
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    answers = () => {
      if (run % 3 === 0) void assistant.stop();
    };
    assistant.start({ action: "explain", target: smallTarget });
    await ended;
    if (run !== warmUpRuns && run !== half && run !== warmUpRuns + runs) continue;
    // What the scripted server remembers is no part of the product.
    for (const record of records) (record as unknown[]).length = 0;
    heap.set(run, heapBytes());
    if (run === warmUpRuns) socketsBefore = openSockets();
  }
  const grown = (from: number, to: number): number =>
    ((heap.get(to) ?? 0) - (heap.get(from) ?? 0)) / mebibyte;
  const sockets = openSockets() - socketsBefore;
  await connector.dispose();
  return [
    {
      name: `memory left by ${runs} runs: ${server}`,
      value: grown(warmUpRuns, warmUpRuns + runs),
      unit: "MB",
      note: `heap beyond that after ${warmUpRuns} runs, a third stopped, a fifth broken`,
    },
    {
      name: `of it, by the second half of them: ${server}`,
      value: grown(half, warmUpRuns + runs),
      unit: "MB",
    },
    { name: `connections left open by them: ${server}`, value: sockets, unit: "" },
  ];
}

/** Both ends of each, as the scripted server is in the same process. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
