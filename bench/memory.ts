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
const mebibyte = 1024 ** 2;

/**
 * What many runs leave behind in memory, by either API: every third is stopped in the middle, every
 * fifth breaks.
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
      await grownBy("Ollama", { endpoint: ollama.endpoint }),
      await grownBy("an OpenAI-compatible server", { endpoint: "team", endpoints: [team] }),
    ];
  } finally {
    await ollama.close();
    await openAi.close();
  }
}

async function grownBy(
  server: string,
  chosen: Partial<typeof defaultModelSettings>,
): Promise<BenchResult> {
  const { assistant, connector } = plainAssistant(chosen);
  let over = (): void => {};
  let answers = (): void => {};
  assistant.subscribe((_runId, event) => {
    if (event.kind === "phase" && event.phase === "thinking") answers();
    if (event.kind === "finished" || event.kind === "failed") over();
  });
  let before = 0;
  for (let run = 1; run <= warmUpRuns + runs; run++) {
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    answers = () => {
      if (run % 3 === 0) void assistant.stop();
    };
    assistant.start({ action: "explain", target: smallTarget });
    await ended;
    if (run === warmUpRuns) before = heapBytes();
  }
  const value = (heapBytes() - before) / mebibyte;
  await connector.dispose();
  const note = `heap after ${runs} runs of ${server} beyond that after ${warmUpRuns}, a third stopped, a fifth broken; the record of the scripted server is in it`;
  return { name: `memory left by ${runs} runs: ${server}`, value, unit: "MB", note };
}

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
