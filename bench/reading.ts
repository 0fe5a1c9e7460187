import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { silentLog } from "../src/core/log";
import type { Connection } from "../src/core/model/connection";
import { conversationOf } from "../src/core/prompt/conversation";
import { KeptOrders } from "../src/core/prompt/kept-order";
import { readAhead } from "../src/core/run/asking/read-ahead";
import { run } from "../src/core/run/run";
import type { RunEnvironment, RunRequest } from "../src/core/run/run-request";
import { MentionSource } from "../src/project/mention-source";
import { ProjectFiles } from "../src/project/project-files";
import { ProjectSearch } from "../src/project/project-search";
import { foldEvent } from "../src/runs/fold/fold-event";
import { blankRun, type RunState } from "../src/runs/run-state";
import { Grammars } from "../src/syntax/grammars";
import { createSyntaxSource } from "../src/syntax/syntax-source";
import type { BenchResult } from "./bench-result";
import { CapturingModel } from "./support/capturing-model";

/**
 * Functions of this clone's own: what is asked about is code that people wrote, with what it really
 * calls.
 */
const path = "src/project/project-search.ts";
const name = "async *#definitions(";
const elsewhere = { path: "src/core/context/gather.ts", name: "export async function gather(" };

/**
 * What of a second request about a place is read anew: what stands behind the first character that
 * differs from the prompt before, since a server keeps what it read up to there.
 */
export async function bench(): Promise<BenchResult[]> {
  const reads = new Reads();
  const connection: Connection = {
    model: reads.model,
    name: "bench:1b",
    details: { capabilities: [], sampling: {} },
    local: true,
    contextTokens: 8192,
    think: false,
    keepAlive: "5m",
    allowedCloudModels: [],
  };
  const syntax = createSyntaxSource(new Grammars("dist/grammars"));
  const parts = {
    files: new ProjectFiles(process.cwd()),
    outlines: syntax,
    shownPath: (shown: string) => shown,
    listedPath: (shown: string) => shown,
  };
  const sources = [new ProjectSearch(parts), new MentionSource(parts)].map((source) => ({
    name: source.name,
    limitMs: 5_000,
    find: source.find.bind(source),
  }));
  const environment: RunEnvironment = {
    connect: async () => connection,
    syntax,
    fileExists: async () => false,
    context: async () => sources,
    keptOrders: new KeptOrders(),
    log: silentLog,
  };
  const results: BenchResult[] = [];
  const asked = async (what: string, request: RunRequest): Promise<RunState> => {
    let state = blankRun("run");
    for await (const event of run("run", request, environment)) state = foldEvent(state, event);
    results.push(reads.told(what));
    return state;
  };
  const text = readFileSync(path, "utf8");
  const before = await asked("first request about a function", about(path, text, name));
  await asked("another question about it", {
    ...about(path, text, name),
    action: "ask",
    question: "Why?",
  });
  const { enclosing } = (await syntax.context(about(path, text, name).target)) ?? {};
  if (enclosing === undefined) throw new Error(`there is no function at ${name} any more`);
  const atEnd = changed(text, enclosing.range.end.line - 3);
  await asked("after an edit near the end of the function", about(path, atEnd, name));
  const atStart = changed(atEnd, enclosing.bodyRange.start.line + 3);
  await asked("after an edit near its beginning", about(path, atStart, name));
  const typed = about(path, changed(atStart, enclosing.bodyRange.start.line + 2), name);
  await readAhead(typed, connection, environment, new AbortController().signal);
  results.push(reads.told("after another such edit, while a question is typed"));
  await asked("that question", { ...typed, action: "ask", question: "Why?" });
  const conversation = conversationOf([before]);
  const follows = { runId: "run", ...(conversation === undefined ? {} : { conversation }) };
  await asked("first request once more", about(path, text, name));
  await asked("a follow-up on it", {
    ...about(path, text, name),
    action: "ask",
    question: "Why?",
    follows,
  });
  const there = about(elsewhere.path, readFileSync(elsewhere.path, "utf8"), elsewhere.name);
  await readAhead(there, connection, environment, new AbortController().signal);
  results.push(reads.told("reading ahead of a request about another file"));
  await asked("that request", there);
  return results;
}

/** The text with one line that says more than before. */
function changed(text: string, line: number): string {
  return text
    .split("\n")
    .map((each, index) => (index === line ? `${each} // as it was meant` : each))
    .join("\n");
}

function about(shown: string, text: string, words: string): RunRequest {
  const line = text.split("\n").findIndex((each) => each.includes(words)) + 8;
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  const target = {
    uri: pathToFileURL(shown).href,
    path: shown,
    languageId: "typescript",
    version: 1,
    text,
    range,
    diagnostics: [],
  };
  return { action: "explain", target };
}

/** What the model was sent, beside what it was sent before. */
class Reads {
  readonly model = new CapturingModel();
  #before = "";

  told(name: string): BenchResult {
    const [last, now] = [this.#before, this.model.last];
    this.#before = now;
    let same = 0;
    while (same < now.length && now[same] === last[same]) same++;
    const all = now.length;
    const note = `${all - same} of ${all} characters`;
    return { name, value: (100 * (all - same)) / all, unit: "%", note };
  }
}
