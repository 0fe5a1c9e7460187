import { onTestFinished } from "vitest";
import { defined } from "../../../src/base/defined";
import { modelDetailsOf } from "../../../src/core/model/ollama/model-details";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import type { PreparedChecks } from "../../../src/core/run/checks/checker";
import { Interventions } from "../../../src/core/run/interventions";
import { run } from "../../../src/core/run/run";
import type { RunEnvironment, RunRequest } from "../../../src/core/run/run-request";
import type { SyntaxSource } from "../../../src/core/run/syntax-source";
import type { Target } from "../../../src/protocol/document";
import type { Proposal } from "../../../src/protocol/proposal";
import type { RunEvent } from "../../../src/protocol/run-events";
import { type FakeDaemon, type FakeDaemonScript, startFakeDaemon } from "../../support/fake-daemon";

const modelName = "deepseek-r1:1.5b";

export const code = "def add(a, b):\n    return a - b\n";
export const fixed = "def add(a, b):\n    return a + b\n";

export async function collected<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

export function rewritten(text: string): string {
  return `Here it is:\n\n\`\`\`python\n${text}\`\`\`\n\nThe sign was wrong.`;
}

export function block(search: string, replace: string): string {
  return `calc.py\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}

export function targetIn(text: string, change: Partial<Target> = {}): Target {
  const place = { line: 1, character: 0 };
  return {
    uri: "file:///project/calc.py",
    path: "calc.py",
    languageId: "python",
    version: 1,
    text,
    range: { start: place, end: place },
    diagnostics: [],
    ...change,
  };
}

/** A syntax source without a grammar for anything. */
export const noGrammar: SyntaxSource = {
  context: async () => undefined,
  outline: async () => undefined,
  check: async () => undefined,
};

export interface WorldOptions {
  readonly thinks?: boolean;
  /** Of the model; one that knows levels of thought. */
  readonly template?: string;
  readonly contextTokens?: number;
  readonly syntax?: SyntaxSource;
  readonly environment?: Partial<RunEnvironment>;
}

type ChatScript = NonNullable<FakeDaemonScript["chat"]>;

function isChat(script: FakeDaemonScript | ChatScript): script is ChatScript {
  return typeof script !== "object" || Array.isArray(script) || "answer" in script;
}

/**
 * A run's surroundings with the real model client and a daemon over real HTTP, which ends with the
 * test that starts it.
 */
export class RunWorld {
  private constructor(
    readonly daemon: FakeDaemon,
    readonly environment: { -readonly [Key in keyof RunEnvironment]: RunEnvironment[Key] },
    readonly errors: string[],
  ) {}

  /** @param script may be what the model says alone */
  static async start(
    script: FakeDaemonScript | ChatScript,
    options: WorldOptions = {},
  ): Promise<RunWorld> {
    const capabilities = options.thinks ? ["completion", "thinking"] : ["completion"];
    const daemon = await startFakeDaemon({
      models: [{ name: modelName, capabilities, ...defined({ template: options.template }) }],
      ...(isChat(script) ? { chat: script } : script),
    });
    onTestFinished(() => daemon.close());
    const errors: string[] = [];
    const model = new OllamaModel({ endpoint: daemon.endpoint, timing: { busyWaitsMs: [] } });
    const environment: RunEnvironment = {
      connect: async () => ({
        model,
        name: modelName,
        details: modelDetailsOf(modelName, { capabilities, template: options.template }),
        local: true,
        contextTokens: options.contextTokens ?? 4096,
        think: options.thinks ?? false,
        keepAlive: "5m",
        allowedCloudModels: [],
      }),
      syntax: options.syntax ?? noGrammar,
      fileExists: async () => false,
      log: {
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: (message) => errors.push(message),
      },
      ...options.environment,
    };
    return new RunWorld(daemon, environment, errors);
  }

  run(
    request: Partial<RunRequest> = {},
    interventions = new Interventions(),
  ): AsyncGenerator<RunEvent, void, void> {
    return run(
      "run-1",
      { action: "fix", target: targetIn(code), ...request },
      this.environment,
      interventions,
    );
  }

  async all(request: Partial<RunRequest> = {}): Promise<RunEvent[]> {
    return await collected(this.run(request));
  }

  /** What the model was asked, request by request. */
  prompts(): string[] {
    return this.daemon
      .chats()
      .map((chat) => chat.body.messages?.map((message) => message.content).join("\n") ?? "");
  }
}

export function kinds(events: readonly RunEvent[]): string[] {
  return events
    .map((event) => (event.kind === "phase" ? event.phase : event.kind))
    .filter((kind, at, all) => kind !== all[at - 1]);
}

export function textOf(events: readonly RunEvent[], kind: "thought" | "answer"): string {
  return events.flatMap((event) => (event.kind === kind ? event.text : [])).join("");
}

export function proposalOf(events: readonly RunEvent[]): string | undefined {
  return proposalIn(events)?.files[0]?.proposed;
}

export function proposalIn(events: readonly RunEvent[]): Proposal | undefined {
  return events.find((event) => event.kind === "proposal")?.proposal;
}

/** What each change that was tried made of its first file. */
export function triedIn(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === "tried" ? (event.proposal.files[0]?.proposed ?? []) : [],
  );
}

/** Why each further attempt was made. */
export function reasonsIn(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.kind === "attempt" ? event.reason : []));
}

export function noticesIn(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.kind === "notice" ? event.text : []));
}

/** One check that is ready, of which nothing stays behind. */
export function ready(
  check: PreparedChecks["checks"][number],
  run: PreparedChecks["run"],
  more: Partial<PreparedChecks> = {},
): PreparedChecks {
  const dispose = async (): Promise<void> => {};
  return { checks: [check], programs: [], unchecked: [], run, dispose, ...more };
}

/** Nothing, until it is stopped. */
export function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason)),
  );
}

export function endOf(events: readonly RunEvent[]): string {
  const last = events.at(-1);
  return last?.kind === "finished" ? last.outcome : (last?.kind ?? "nothing");
}
