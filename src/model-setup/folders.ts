import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/**
 * Where big files live that can be had again: one place per person, so that editor, command line
 * and scripts share them.
 */
export interface Folders {
  readonly cache: string;
  /** GGUF files. */
  readonly models: string;
  /** The built-in engine's library. */
  readonly engine: string;
  readonly logs: string;
  /** What V8 made of our bundles. */
  readonly code: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** The folders by the platform's own custom. Nothing is created. */
export function thinkaloudFolders(machine: Machine = thisMachine()): Folders {
  const path = machine.platform === "win32" ? win32 : posix;
  const cache = cacheFolder(machine);
  return {
    cache,
    models: path.join(cache, "models"),
    engine: path.join(cache, "engine"),
    logs: path.join(cache, "logs"),
    code: path.join(cache, "code"),
  };
}

/**
 * The folders with the engine that a platform's own package of the extension brings along, where
 * `bundled` holds one.
 */
export function withBundledEngine(folders: Folders, bundled: string): Folders {
  return existsSync(bundled) ? { ...folders, engine: bundled } : folders;
}

function cacheFolder({ platform, env, home }: Machine): string {
  // Relative values are to be ignored, says the base directory specification.
  const xdg = env["XDG_CACHE_HOME"];
  if (platform !== "win32" && xdg !== undefined && posix.isAbsolute(xdg))
    return posix.join(xdg, "thinkaloud");
  switch (platform) {
    case "win32":
      return win32.join(
        env["LOCALAPPDATA"] || win32.join(home, "AppData", "Local"),
        "thinkaloud",
        "Cache",
      );
    case "darwin":
      return posix.join(home, "Library", "Caches", "thinkaloud");
    default:
      return posix.join(home, ".cache", "thinkaloud");
  }
}
