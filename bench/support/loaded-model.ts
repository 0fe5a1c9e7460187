import { readFile } from "node:fs/promises";
import { realCores } from "../../src/built-in-engine/machine/real-cores";
import { type Loaded, ModelSlot } from "../../src/built-in-engine/model-slot";
import { ModelStore } from "../../src/built-in-engine/models/model-store";
import { renderPrompt, tokenizePrompt } from "../../src/built-in-engine/prompt/render-prompt";
import { loadRuntime } from "../../src/built-in-engine/runtime";
import type { GenerateRequest } from "../../src/built-in-engine/writing/generate";
import { ThoughtSteering } from "../../src/built-in-engine/writing/thought-steering";
import { silentLog } from "../../src/core/log";
import { run } from "../../src/core/run/run";
import type { RunEnvironment } from "../../src/core/run/run-request";
import { thinkaloudFolders } from "../../src/model-setup/folders";
import { Grammars } from "../../src/syntax/grammars";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { CapturingModel } from "./capturing-model";
import { smallTarget } from "./small-target";

const programs = ["balanced", "longest_run", "merge_ordered", "parse_pairs"];
const contextTokens = 2048;
const { signal } = new AbortController();

/** Lends the model that `BENCH_MODEL` names, coder-1.5b by itself, loaded by the built-in engine. */
export async function withLoadedModel<T>(use: (loaded: Loaded) => Promise<T>): Promise<T> {
  const name = process.env["BENCH_MODEL"] ?? "coder-1.5b";
  const folders = thinkaloudFolders();
  const loading = loadRuntime(folders.engine, realCores(), () => {});
  const store = new ModelStore(folders.models, []);
  const slot = new ModelSlot(
    () => loading,
    store,
    () => {},
  );
  try {
    return await use(await slot.load(store.find(name), contextTokens, signal, () => {}));
  } finally {
    await slot.unload();
    await (await loading).llama.dispose();
  }
}

/** What *Fix* asks about each of a few small programs, by its name. */
export async function bugQuestions(): Promise<readonly (readonly [string, string])[]> {
  const model = new CapturingModel();
  const environment: RunEnvironment = {
    connect: async () => ({
      model,
      name: "bench:1b",
      details: { capabilities: [], sampling: {} },
      local: true,
      contextTokens,
      think: false,
      keepAlive: "5m",
      allowedCloudModels: [],
    }),
    syntax: createSyntaxSource(new Grammars("dist/grammars")),
    fileExists: async () => false,
    log: silentLog,
  };
  const questions: (readonly [string, string])[] = [];
  for (const program of programs) {
    const path = `bench/fix/programs/${program}.py`;
    const text = await readFile(path, "utf8");
    const start = { line: 0, character: 0 };
    const target = { ...smallTarget, path, text, range: { start, end: start } };
    for await (const _event of run(program, { action: "fix", target }, environment));
    questions.push([program, model.last]);
  }
  return questions;
}

/** What the engine writes for a question, but for where and how. */
export function wantedFor(
  { model, format, pace, copies }: Loaded,
  question: string,
  temperature: number,
  seed?: number,
): Omit<GenerateRequest, "sequence" | "onText"> {
  const prompt = renderPrompt(format, [{ role: "user", content: question }], false);
  const sampling = { temperature, topP: 0.95, topK: 40, minP: 0, repeatPenalty: 1 };
  return {
    model,
    contextTokens,
    prompt: tokenizePrompt(model, format, prompt.text),
    begins: prompt.begins,
    closeThought: format.thoughts.close,
    wasSent: (piece) => question.includes(piece),
    nativeThinking: format.nativeThinking,
    options: { ...sampling, maxTokens: 400, stop: [], ...(seed === undefined ? {} : { seed }) },
    steering: new ThoughtSteering(),
    signal,
    pace,
    copies,
    isAlone: () => true,
    onReading: () => {},
    onSteered: () => {},
  };
}
