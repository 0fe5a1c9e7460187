import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { catalogueModel } from "../../src/built-in-engine/models/catalogue";
import { Puller } from "../../src/built-in-engine/models/pull";
import { EngineProcess } from "../../src/model-setup/engine/engine-process";
import { engineInstalled, installEngine } from "../../src/model-setup/engine/install-engine";
import { buildProduct } from "../support/built-product";

const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "thinkaloud");
export const runtimeFolder = join(cache, "engine");
export const modelsFolder = join(cache, "models");
export const smallModel = "smollm2-135m";

/** Builds the engine as it ships and gives the script's path. */
export async function buildEngine(): Promise<{ readonly script: string; remove(): void }> {
  const product = await buildProduct();
  return { script: product.path("engine.cjs"), remove: () => product.remove() };
}

/**
 * The engine as it ships, in a process of its own. `end` has to be called. It computes with one
 * thread: beside other tests, which work too, two threads wait at each step for the one that has no
 * core, and take several times as long as one.
 */
export async function startEngine(): Promise<{
  readonly engine: EngineProcess;
  end(): Promise<void>;
}> {
  const { script, remove } = await buildEngine();
  const folders = { runtimeFolder, modelsFolder, modelFiles: [] };
  const engine = new EngineProcess({ script, ...folders, threads: 1 });
  return {
    engine,
    end: async () => {
      await engine.dispose();
      remove();
    },
  };
}

/**
 * The inference library and the small model, installed once into the user's cache and reused.
 *
 * @returns why the tests with a real model cannot run on this machine, or nothing.
 */
export async function prepareEngine(): Promise<string | undefined> {
  mkdirSync(modelsFolder, { recursive: true });
  try {
    if (!(await engineInstalled(runtimeFolder))) await installEngine({ folder: runtimeFolder });
    const model = catalogueModel(smallModel);
    if (model && !existsSync(join(modelsFolder, `${smallModel}.gguf`))) {
      await new Puller(modelsFolder, process.env["HF_ENDPOINT"] ?? "https://huggingface.co").pull(
        model,
        AbortSignal.timeout(300_000),
        () => {},
      );
    }
    return undefined;
  } catch (error) {
    return `no engine or no model can be had here: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Longer than any measurement keeps the model for one request. */
const longestTurnMs = 660_000;
const lookAgainMs = 100;

/**
 * Waits until no other measurement runs a model: two at once on the same cores slow each other many
 * times over.
 *
 * @returns gives the turn back. Rejects with who has it, when that one keeps it for so long.
 */
export async function takeTurn(
  limitMs = longestTurnMs,
  lock = join(tmpdir(), "thinkaloud-model-turn"),
): Promise<() => void> {
  const since = performance.now();
  for (let isTold = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return () => rmSync(lock, { force: true });
    } catch {
      const holder = holderOf(lock);
      const waitedMs = performance.now() - since;
      if (holder === undefined) rmSync(lock, { force: true });
      else if (waitedMs > limitMs)
        throw new Error(
          `Process ${holder} measures with the model: run this again when it has ended. If it is no measurement, remove ${lock}.`,
        );
      else if (waitedMs > 50 * lookAgainMs && !isTold) {
        isTold = true;
        console.error(`waiting until process ${holder} is done with the model`);
      }
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }
}

/** The process that has the turn; undefined for one that was killed, which gives nothing back. */
function holderOf(lock: string): number | undefined {
  try {
    const holder = Number(readFileSync(lock, "utf8"));
    // Who has just taken it may not have written its number yet.
    if (holder !== 0) process.kill(holder, 0);
    return holder;
  } catch {
    return undefined;
  }
}

/** A request to an engine, with what it wants to see on it. */
export async function call(
  engine: EngineProcess,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  method?: string,
): Promise<Response> {
  const { endpoint, headers } = await engine.ensureRunning();
  return fetch(endpoint + path, {
    headers,
    method: method ?? (body === undefined ? "GET" : "POST"),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

export interface ChatLine {
  readonly message?: { readonly content: string; readonly thinking?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly error?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly thinkaloud_cached_count?: number;
  readonly thinkaloud_progress?: {
    readonly phase: string;
    readonly done: number;
    readonly total: number;
  };
}

/** The lines of a streamed answer, as they come. */
export async function* linesOf(response: Response): AsyncGenerator<ChatLine> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as ChatLine;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as ChatLine;
}

/** A whole chat with the small model at temperature 0, gathered. */
export async function chat(
  engine: EngineProcess,
  body: Record<string, unknown>,
): Promise<{ thinking: string; content: string; lines: ChatLine[]; last: ChatLine }> {
  const { options, ...rest } = body;
  const response = await call(engine, "/api/chat", {
    model: smallModel,
    options: { temperature: 0, num_ctx: 4096, ...(options as object) },
    ...rest,
  });
  const lines: ChatLine[] = [];
  for await (const line of linesOf(response)) lines.push(line);
  const text = (key: "content" | "thinking"): string =>
    lines.map((line) => line.message?.[key] ?? "").join("");
  return { thinking: text("thinking"), content: text("content"), lines, last: lines.at(-1) ?? {} };
}
