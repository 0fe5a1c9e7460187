import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defined } from "../../src/base/defined";
import { describeFailure } from "../../src/core/describe-failure";
import { silentLog } from "../../src/core/log";
import type { Connection } from "../../src/core/model/connection";
import type { ChatRequest, LanguageModel } from "../../src/core/model/language-model";
import { type Conversation, conversationOf } from "../../src/core/prompt/conversation";
import { Assistant } from "../../src/core/run/assistant";
import type { RunRequest, Steering } from "../../src/core/run/run-request";
import type { Position, Target } from "../../src/protocol/document";
import type { RunEvent } from "../../src/protocol/run-events";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { blankRun } from "../../src/runs/run-state";

const programs = join(import.meta.dirname, "../../bench/fix/programs");
/** The window of every request; one of the files below is larger. */
export const contextTokens = 4_096;
/** A small model finds no end by itself, which is not what these requests are about. */
const usualThought = 48;

/** One request, and what the person does while it goes on. */
export interface Asked {
  readonly name: string;
  readonly request: Omit<RunRequest, "follows">;
  /** Absent: it is told not to think. */
  readonly thinks?: true;
  /** Tokens that its thought may take; absent: few. */
  readonly thoughtTokens?: number;
  /** It is about what the request before it said. */
  readonly follows?: true;
  /** Done once, as soon as that much of a kind has come. */
  readonly when?: { readonly kind: RunEvent["kind"]; readonly characters?: number };
  readonly does?: (assistant: Assistant) => void;
  /** Waits so long with it. */
  readonly afterMs?: number;
}

/** What one request came to on one server, as far as it can be compared. */
export interface Outcome {
  /** The kinds of its events in order, each once in a row, without those of {@link unequal}. */
  readonly events: string;
  /** How it ended. */
  readonly end: string;
  /** What the person would review: each file's path and the text proposed for it. */
  readonly review: string;
  /** The lines that would change. */
  readonly places: string;
  /** What it said, the thought left out. */
  readonly answer: string;
  readonly seconds: number;
  readonly all: readonly RunEvent[];
}

/** Nothing of a run: how far something is, and when. */
const unequal = new Set<RunEvent["kind"]>(["progress", "phase", "step", "notice", "draft"]);

/**
 * Asks one server after the other, each request with the talk that led to it there. Nothing is
 * remembered from one request to the next but that.
 */
export class Asker {
  readonly #connect: (signal: AbortSignal) => Promise<Connection>;
  #said: Conversation | undefined;

  constructor(connect: (signal: AbortSignal) => Promise<Connection>) {
    this.#connect = connect;
  }

  async ask({ request, thinks, thoughtTokens = usualThought, ...asked }: Asked): Promise<Outcome> {
    const nothing = async (): Promise<undefined> => undefined;
    const steering = (): Steering => ({
      budget: { kind: "tokens", tokens: thoughtTokens },
      loopGuard: "end",
    });
    const assistant = new Assistant({
      connect: async (signal) => greedy(await this.#connect(signal), thinks ?? false),
      syntax: { context: nothing, outline: nothing, check: nothing },
      fileExists: async () => false,
      tries: () => ({ seconds: 300, tries: 1 }),
      steering,
      log: silentLog,
    });
    const events: RunEvent[] = [];
    const from = performance.now();
    const { when, does } = asked;
    let characters = 0;
    let isDone = does === undefined;
    assistant.subscribe((_runId, event) => {
      events.push(event);
      if (isDone || event.kind !== when?.kind) return;
      characters += "text" in event ? event.text.length : 0;
      if (characters < (when.characters ?? 0)) return;
      isDone = true;
      if (asked.afterMs === undefined) does?.(assistant);
      else setTimeout(() => does?.(assistant), asked.afterMs);
    });
    const talk = asked.follows
      ? { follows: { runId: "before", ...defined({ conversation: this.#said }) } }
      : {};
    assistant.start({ ...request, ...talk });
    await assistant.idle();
    this.#said = conversationOf([events.reduce(foldEvent, blankRun("before"))]);
    return outcomeOf(events, (performance.now() - from) / 1_000);
  }
}

/**
 * The likeliest words each time, so that what differs is the server's doing. A thought is wanted by
 * the request, not by the model.
 */
function greedy(connection: Connection, think: boolean): Connection {
  const { model } = connection;
  const chat = (request: ChatRequest, signal: AbortSignal) => {
    const { maxTokens } = request.sampling;
    const sampling = { temperature: 0, seed: 7, ...defined({ maxTokens }) };
    return model.chat({ ...request, sampling }, signal);
  };
  const asked = new Proxy(model, {
    get(target, name) {
      if (name === "chat") return chat;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  }) as LanguageModel;
  return { ...connection, model: asked, think: think && connection.think };
}

function outcomeOf(events: readonly RunEvent[], seconds: number): Outcome {
  const kinds = events.filter(({ kind }) => !unequal.has(kind)).map(({ kind }) => kind);
  const files = events.flatMap((event) => (event.kind === "proposal" ? event.proposal.files : []));
  return {
    events: kinds.filter((kind, at) => kind !== kinds[at - 1]).join(" "),
    end: endOf(events.at(-1)),
    review: files.map(({ path, proposed }) => `${path}\n${proposed}`).join("\n"),
    places: files
      .flatMap(({ path, hunks }) =>
        hunks.map(({ oldStart, oldLines }) => `${path}:${oldStart}+${oldLines}`),
      )
      .join(" "),
    answer: events.map((event) => (event.kind === "answer" ? event.text : "")).join(""),
    seconds,
    all: events,
  };
}

function endOf(last: RunEvent | undefined): string {
  if (last?.kind === "finished") return last.outcome;
  if (last?.kind !== "failed") return "none";
  const { title, remedy } = describeFailure(last.report.failure);
  return title !== "" && remedy !== "" ? last.report.failure.kind : "without words";
}

/**
 * Twenty requests: each action, each way to say something to a run that goes on, each phase that it
 * can be stopped in, and files of every size.
 */
export function twentyRequests(): readonly Asked[] {
  const average = program("average.py");
  const clamp = program("clamp.py");
  const chunk = program("chunk.py");
  // What is compared is no longer for being long.
  const explain = { action: "explain", question: "Answer in one short sentence." } as const;
  const line = "value = [1, 2, 3, 4, 5, 6, 7, 8]\n";
  const head = "def halved(n):\n    return n * 2\n\n\n";
  const long = targetOf("long.py", line.repeat(2_000));
  const end = { line: 1_999, character: 0 };
  const within = targetOf("tall.py", head + line.repeat(400), { line: 1, character: 4 });
  const stop = { does: (assistant: Assistant) => void assistant.stop() };
  return [
    { name: "fix", request: { action: "fix", target: average } },
    { name: "fix, with a thought", thinks: true, request: { action: "fix", target: clamp } },
    {
      name: "fix, in the person's words",
      request: { action: "fix", target: within, question: "It has to halve n." },
    },
    { name: "explain", request: { ...explain, target: average } },
    {
      name: "a follow-up",
      follows: true,
      request: { action: "ask", target: average, question: "What does it return for [2, 4]?" },
    },
    { name: "document", request: { action: "document", target: clamp } },
    { name: "improve", request: { action: "improve", target: chunk } },
    { name: "tests, a new file", request: { action: "writeTests", target: average } },
    {
      name: "a question",
      request: { action: "ask", target: chunk, question: "What happens when size is 0?" },
    },
    {
      name: "a question that asks for an edit",
      request: { action: "ask", target: clamp, question: "Rename the function to limit." },
    },
    {
      name: "an edit in JSON form",
      request: {
        action: "fix",
        target: average,
        question:
          'Answer with JSON alone: {"search": "the lines as they are", "replace": "the corrected lines"}',
      },
    },
    {
      name: "answer now",
      thinks: true,
      thoughtTokens: 400,
      request: { ...explain, target: average },
      when: { kind: "thought", characters: 40 },
      does: (assistant) => assistant.answerNow(),
    },
    {
      name: "a hint",
      thinks: true,
      thoughtTokens: 96,
      request: { ...explain, target: clamp },
      when: { kind: "thought", characters: 20 },
      does: (assistant) => assistant.hint("Say what low and high are."),
    },
    {
      name: "a budget of 16 tokens",
      thinks: true,
      thoughtTokens: 16,
      request: { ...explain, target: average },
    },
    {
      name: "a stop before it is sent",
      request: { ...explain, target: clamp },
      when: { kind: "started" },
      ...stop,
    },
    {
      name: "a stop while it reads",
      request: { ...explain, target: within },
      when: { kind: "sent" },
      afterMs: 150,
      ...stop,
    },
    {
      name: "a stop in the thought",
      thinks: true,
      request: { ...explain, target: clamp },
      when: { kind: "thought" },
      ...stop,
    },
    {
      name: "a stop in the answer",
      request: { ...explain, target: clamp },
      when: { kind: "answer" },
      ...stop,
    },
    {
      name: "a file larger than the window",
      request: { ...explain, target: long },
    },
    {
      name: "a choice larger than the window",
      request: {
        action: "improve",
        target: { ...long, range: { start: long.range.start, end } },
      },
    },
  ];
}

function program(name: string): Target {
  return targetOf(name, readFileSync(join(programs, name), "utf8"));
}

function targetOf(path: string, text: string, at: Position = { line: 0, character: 0 }): Target {
  return {
    uri: `file:///${path}`,
    path,
    languageId: "python",
    version: 1,
    text,
    range: { start: at, end: at },
    diagnostics: [],
  };
}
