import { statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Room that a download must leave, for whatever else writes. */
const reserveBytes = 500e6;

/**
 * Bytes that may be written below a folder, which need not be there yet; undefined where nobody can
 * tell.
 */
export async function diskRoomBytes(folder: string): Promise<number | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return Math.max(0, bavail * bsize - reserveBytes);
    } catch {
      if (dirname(at) === at) return undefined;
    }
  }
}

/**
 * Where Ollama on this machine most likely keeps its models: a service may be told another folder
 * that nobody here can see.
 */
export function ollamaStore(env: Readonly<Record<string, string | undefined>>): string {
  return env["OLLAMA_MODELS"] || join(homedir(), ".ollama", "models");
}
