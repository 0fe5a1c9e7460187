import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connector } from "../src/model-setup/connect/connector";
import { type NamedServer, namedServers } from "../test/support/named-servers";
import { plainConnector, settingsFor } from "../test/support/plain-connector";
import {
  Asker,
  contextTokens,
  type Outcome,
  twentyRequests,
} from "../test/support/twenty-requests";
import type { BenchResult } from "./bench-result";
import { median } from "./support/percentile";

/** One way to the same model. */
interface Server {
  readonly name: string;
  readonly connector: Connector;
  readonly asker: Asker;
}

const programs = join(process.cwd(), "bench/fix/programs");
/** Rounds of the measure of speed, the servers by turns. */
const rounds = 4;
const readWords = 300;
const writtenTokens = 120;
/**
 * The same twenty requests to each of the servers that `THINKALOUD_SERVERS` names, one setting
 * apart, and how fast each is.
 */
export async function bench(): Promise<BenchResult[]> {
  const servers = namedServers().map(serverOf);
  if (servers.length === 0)
    throw new Error("THINKALOUD_SERVERS names no server: ollama=ADDRESS#MODEL,builtin=#MODEL");
  try {
    return [...(await sameRequests(servers)), ...(await speeds(servers))];
  } finally {
    for (const { connector } of servers) await connector.dispose();
  }
}

function serverOf(named: NamedServer): Server {
  const connector = plainConnector(settingsFor(named, contextTokens));
  const asker = new Asker((signal) => connector.connect(signal));
  return { name: named.kind, connector, asker };
}

/**
 * Each request goes to one server after the other, so that what else the machine does hits all
 * alike.
 */
async function sameRequests(servers: readonly Server[]): Promise<BenchResult[]> {
  const asked = twentyRequests();
  const same = { events: 0, end: 0, places: 0 };
  console.log(`| request | ${servers.map(({ name }) => name).join(" | ")} | events | review |`);
  console.log(`| --- |${" --- |".repeat(servers.length)} --- | --- |`);
  for (const one of asked) {
    const outcomes: Outcome[] = [];
    for (const { asker } of servers) outcomes.push(await asker.ask(one));
    const isSame = (of: "events" | "end" | "places" | "review"): boolean =>
      new Set(outcomes.map((each) => each[of])).size === 1;
    for (const of of ["events", "end", "places"] as const) if (isSame(of)) same[of]++;
    const cells = outcomes.map(({ end, seconds }) => `${end}, ${seconds.toFixed(1)} s`);
    const review = isSame("review") ? "same text" : isSame("places") ? "same place" : "other";
    console.log(
      `| ${one.name} | ${cells.join(" | ")} | ${isSame("events") ? "same" : "other"} | ${review} |`,
    );
    if (!isSame("events"))
      for (const [at, each] of outcomes.entries())
        console.error(`  ${one.name}, ${servers[at]?.name}: ${each.events}`);
  }
  const unit = `of ${asked.length}`;
  return [
    { name: "servers: same events", value: same.events, unit },
    { name: "servers: same end", value: same.end, unit },
    { name: "servers: same lines to review", value: same.places, unit },
  ];
}

/**
 * How fast each reads a prompt that it has not seen, writes what is new, and gives back a function
 * with its bug mended, the servers by turns.
 */
async function speeds(servers: readonly Server[]): Promise<BenchResult[]> {
  const code = await readFile(join(programs, "parse_pairs.py"), "utf8");
  const fix = `\n\nThere is a bug in this code.\n\n\`\`\`python\n${code}\`\`\`\n\nAnswer with the whole code, corrected, in one code block.`;
  const count = "\n\nCount from one to a hundred in English words.";
  const measured = new Map<string, number[]>();
  const note = (what: string, value: number): void => {
    measured.set(what, [...(measured.get(what) ?? []), value]);
  };
  for (let round = 0; round <= rounds; round++) {
    for (const { name, connector } of servers) {
      const fixed = await speedOf(connector, unreadText(1) + fix);
      // The first round loads the model.
      if (round === 0) continue;
      const counted = await speedOf(connector, unreadText(readWords) + count);
      note(`${name} reads`, counted.reads);
      note(`${name} writes`, counted.writes);
      note(`${name} gives code back`, fixed.writes);
    }
  }
  return [...measured].map(([what, values]) => ({
    name: `servers: ${what}`,
    value: median(values),
    unit: "tokens/s",
    note: `median of ${rounds} by turns, ${contextTokens} tokens of window`,
  }));
}

/** Words that no server has read before. */
function unreadText(words: number): string {
  return Array.from({ length: words }, () => Math.random().toString(36).slice(2, 6)).join(" ");
}

async function speedOf(
  connector: Connector,
  content: string,
): Promise<{ reads: number; writes: number }> {
  const signal = new AbortController().signal;
  const { model, name, keepAlive } = await connector.connect(signal);
  const request = {
    model: name,
    messages: [{ role: "user", content }] as const,
    contextTokens,
    think: false,
    sampling: { temperature: 0, maxTokens: writtenTokens },
    keepAlive,
  };
  for await (const event of model.chat(request, signal)) {
    if (event.kind !== "done") continue;
    const { promptTokens = 0, promptMs = 0, answerTokens = 0, answerMs = 0 } = event.metrics;
    return { reads: (promptTokens / promptMs) * 1_000, writes: (answerTokens / answerMs) * 1_000 };
  }
  throw new Error("the answer did not come to its end");
}
