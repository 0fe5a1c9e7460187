import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defined } from "../src/base/defined";
import { type Conversation, conversationOf } from "../src/core/prompt/conversation";
import type { Assistant } from "../src/core/run/assistant";
import type { RunRequest } from "../src/core/run/run-request";
import type { Connector } from "../src/model-setup/connect/connector";
import type { Target } from "../src/protocol/document";
import type { RunEvent } from "../src/protocol/run-events";
import { foldEvent } from "../src/runs/fold/fold-event";
import { blankRun } from "../src/runs/run-state";
import { type NamedServer, namedServers } from "../test/support/named-servers";
import type { BenchResult } from "./bench-result";
import { median } from "./support/percentile";
import { plainAssistant } from "./support/plain-assistant";

/** One way to the same model. */
interface Server {
  readonly name: string;
  readonly connector: Connector;
  readonly assistant: Assistant;
}

/** One request to one server, as far as it can be compared. */
interface Outcome {
  /**
   * Kinds of events in order, each once in a row; those that only some engines tell are left out.
   */
  readonly events: string;
  /** How it ended. */
  readonly end: string;
  /** What the person would review or read, word for word. */
  readonly text: string;
  /** Lines of the file that would change. */
  readonly places: string;
  readonly seconds: number;
}

interface Asked {
  readonly name: string;
  readonly request: Omit<RunRequest, "follows">;
  /** It is about what the request before it said. */
  readonly follows?: true;
  /** Stopped when the answer begins. */
  readonly stopped?: true;
}

const programs = join(process.cwd(), "bench/fix/programs");
const contextTokens = 4_096;
/** Rounds of the measure of speed, the servers by turns. */
const rounds = 4;
const readWords = 300;
const writtenTokens = 120;
/** Nothing of a run: how far something is, and when. */
const unequal = new Set<RunEvent["kind"]>(["progress", "phase", "step", "notice", "draft"]);

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

function serverOf({ kind, address, model }: NamedServer): Server {
  const assistant = plainAssistant({
    model,
    contextTokens,
    ...(kind === "builtin"
      ? { engine: kind }
      : { endpoint: "it", endpoints: [{ name: "it", address, kind }] }),
  });
  return { name: kind, ...assistant };
}

/**
 * Each request goes to one server after the other, so that what else the machine does hits all
 * alike.
 */
async function sameRequests(servers: readonly Server[]): Promise<BenchResult[]> {
  const wanted = Number(process.env["THINKALOUD_SERVERS_REQUESTS"] ?? 20);
  const before = new Map<Server, Conversation | undefined>();
  let sameEvents = 0;
  let sameEnd = 0;
  let sameReview = 0;
  const asked = (await requests()).slice(0, wanted);
  console.log(`| request | ${servers.map(({ name }) => name).join(" | ")} | events | review |`);
  console.log(`| --- |${" --- |".repeat(servers.length)} --- | --- |`);
  for (const one of asked) {
    const outcomes: Outcome[] = [];
    for (const server of servers) {
      const { outcome, conversation } = await ask(server, one, before.get(server));
      before.set(server, conversation);
      outcomes.push(outcome);
    }
    const same = (of: keyof Outcome): boolean =>
      new Set(outcomes.map((each) => each[of])).size === 1;
    if (same("events")) sameEvents++;
    if (same("end")) sameEnd++;
    if (same("places")) sameReview++;
    const cells = outcomes.map(({ end, seconds }) => `${end}, ${seconds.toFixed(1)} s`);
    const review = same("text") ? "same text" : same("places") ? "same place" : "other";
    console.log(
      `| ${one.name} | ${cells.join(" | ")} | ${same("events") ? "same" : "other"} | ${review} |`,
    );
    if (!same("events"))
      for (const [at, each] of outcomes.entries())
        console.error(`  ${one.name}, ${servers[at]?.name}: ${each.events}`);
  }
  const unit = `of ${asked.length}`;
  return [
    { name: "servers: same events", value: sameEvents, unit },
    { name: "servers: same end", value: sameEnd, unit },
    { name: "servers: same lines to review", value: sameReview, unit },
  ];
}

async function ask(
  { assistant }: Server,
  { request, follows, stopped }: Asked,
  conversation: Conversation | undefined,
): Promise<{ readonly outcome: Outcome; readonly conversation: Conversation | undefined }> {
  const events: RunEvent[] = [];
  const from = performance.now();
  const ended = new Promise<void>((resolve) => {
    const unsubscribe = assistant.subscribe((_runId, event) => {
      events.push(event);
      if (stopped === true && event.kind === "answer") void assistant.stop();
      if (event.kind !== "finished" && event.kind !== "failed") return;
      unsubscribe();
      resolve();
    });
  });
  const talk =
    follows === true ? { follows: { runId: "before", ...defined({ conversation }) } } : {};
  assistant.start({ ...request, ...talk });
  await ended;
  const state = events.reduce(foldEvent, blankRun("before"));
  return {
    outcome: outcomeOf(events, (performance.now() - from) / 1_000),
    conversation: conversationOf([state]),
  };
}

function outcomeOf(events: readonly RunEvent[], seconds: number): Outcome {
  const kinds = events.filter(({ kind }) => !unequal.has(kind)).map(({ kind }) => kind);
  const files = events.flatMap((event) => (event.kind === "proposal" ? event.proposal.files : []));
  const answer = events.map((event) => (event.kind === "answer" ? event.text : "")).join("");
  const last = events.at(-1);
  return {
    events: kinds.filter((kind, at) => kind !== kinds[at - 1]).join(" "),
    end:
      last?.kind === "finished"
        ? last.outcome
        : last?.kind === "failed"
          ? last.report.failure.kind
          : "none",
    text: files.length > 0 ? files.map(({ proposed }) => proposed).join("\n") : answer,
    places: files
      .flatMap(({ hunks }) => hunks.map(({ oldStart, oldLines }) => `${oldStart}+${oldLines}`))
      .join(" "),
    seconds,
  };
}

async function requests(): Promise<Asked[]> {
  const names = (await readdir(programs)).sort();
  const targets = await Promise.all(
    names
      .slice(0, 12)
      .map(async (name) => targetOf(name, await readFile(join(programs, name), "utf8"))),
  );
  const [first, second, third] = targets;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("there are no programs to ask about");
  const tooLong = targetOf("long.py", "value = [1, 2, 3, 4, 5, 6, 7, 8]\n".repeat(2_000));
  const whole = {
    ...tooLong,
    range: { start: tooLong.range.start, end: { line: 1_999, character: 0 } },
  };
  return [
    ...targets.map((target) => ({
      name: `fix ${target.path}`,
      request: { action: "fix", target } as const,
    })),
    { name: `explain ${first.path}`, request: { action: "explain", target: first } },
    {
      name: "and a question about that",
      request: { action: "ask", target: first, question: "Which input shows it best?" },
      follows: true,
    },
    { name: `improve ${second.path}`, request: { action: "improve", target: second } },
    { name: `document ${second.path}`, request: { action: "document", target: second } },
    { name: `tests of ${third.path}`, request: { action: "writeTests", target: third } },
    {
      name: "a question",
      request: { action: "ask", target: third, question: "What does it return for an empty list?" },
    },
    { name: "a stop in the answer", request: { action: "explain", target: second }, stopped: true },
    { name: "too much to read", request: { action: "improve", target: whole } },
  ];
}

function targetOf(path: string, text: string): Target {
  const start = { line: 0, character: 0 };
  return {
    uri: `file:///${path}`,
    path,
    languageId: "python",
    version: 1,
    text,
    range: { start, end: start },
    diagnostics: [],
  };
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
