import { EngineProcess } from "../../src/model-setup/engine/engine-process";
import { buildEngine, modelsFolder, runtimeFolder } from "../built-in-engine/engine-fixture";
import type { Api } from "./api-wires";

/** A real server that somebody has started, or the built-in engine. */
export interface NamedServer {
  readonly kind: Api | "builtin";
  /** Empty for the built-in engine. */
  readonly address: string;
  /** The model's name there; empty: the one that is chosen by itself. */
  readonly model: string;
  /** Whether the model thinks first. */
  readonly thinks: boolean;
  /** Whether a turn that was begun is gone on with. */
  readonly goesOn: boolean;
}

/**
 * The servers in `THINKALOUD_SERVERS`, separated by commas: `ollama=http://127.0.0.1:11434#coder`,
 * `openai=http://127.0.0.1:8080/v1`, `builtin=#coder-1.5b`. What stands behind `#` is the model's
 * name there. `thinks` before the `=`, as in `ollama+thinks=…`, says that it thinks first, `closes`
 * that its template ends every turn, the last too, as a Modelfile's does that knows no last one: a
 * run finds that out by itself, a test of begun turns has nothing to test there.
 */
export function namedServers(): readonly NamedServer[] {
  const named = process.env["THINKALOUD_SERVERS"] ?? "";
  return named.split(",").flatMap((entry) => (entry.trim() === "" ? [] : serverOf(entry.trim())));
}

function serverOf(entry: string): NamedServer {
  const [, told = "", address = "", model = ""] = /^([\w+]+)=([^#]*)(?:#(.*))?$/.exec(entry) ?? [];
  const [kind, ...words] = told.split("+");
  if (kind !== "ollama" && kind !== "openai" && kind !== "builtin")
    throw new Error(`"${entry}" begins with none of ollama=, openai= and builtin=`);
  const [thinks, closes] = [words.includes("thinks"), words.includes("closes")];
  return { kind, address, model, thinks, goesOn: !closes };
}

/** Where a named server answers; the built-in engine is started for it. */
export async function reached({ kind, address }: NamedServer): Promise<{
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}> {
  if (kind !== "builtin") return { endpoint: address, headers: {}, stop: async () => {} };
  const { script, remove } = await buildEngine();
  const engine = new EngineProcess({ script, runtimeFolder, modelsFolder, modelFiles: [] });
  const stop = async (): Promise<void> => {
    await engine.dispose();
    remove();
  };
  return { ...(await engine.ensureRunning()), stop };
}
