import { EngineProcess } from "../../src/model-setup/engine-process";
import { buildEngine, modelsFolder, runtimeFolder } from "../built-in-engine/engine-fixture";
import type { Api } from "./api-wires";

/** A real server that somebody has started, or the built-in engine. */
export interface NamedServer {
  readonly kind: Api | "builtin";
  /** Empty for the built-in engine. */
  readonly address: string;
  /** The model's name there; empty: the one that is chosen by itself. */
  readonly model: string;
}

/**
 * The servers in `THINKALOUD_SERVERS`, separated by commas: `ollama=http://127.0.0.1:11434#coder`,
 * `openai=http://127.0.0.1:8080/v1#coder`, `builtin=#coder-1.5b`. What stands behind `#` is the model's name there.
 */
export function namedServers(): readonly NamedServer[] {
  const named = process.env["THINKALOUD_SERVERS"] ?? "";
  return named.split(",").flatMap((entry) => (entry.trim() === "" ? [] : serverOf(entry.trim())));
}

function serverOf(entry: string): NamedServer {
  const [, kind, address = "", model = ""] = /^(\w+)=([^#]*)(?:#(.*))?$/.exec(entry) ?? [];
  if (kind !== "ollama" && kind !== "openai" && kind !== "builtin")
    throw new Error(`"${entry}" begins with none of ollama=, openai= and builtin=`);
  return { kind, address, model };
}

/** Where a named server answers; the built-in engine is started for it. */
export async function reached({ kind, address }: NamedServer): Promise<{
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  end(): Promise<void>;
}> {
  if (kind !== "builtin") return { endpoint: address, headers: {}, end: async () => {} };
  const { script, remove } = await buildEngine();
  const engine = new EngineProcess({ script, runtimeFolder, modelsFolder, modelFiles: [] });
  const end = async (): Promise<void> => {
    await engine.dispose();
    remove();
  };
  return { ...(await engine.ensureRunning()), end };
}
