// The folder outside the clone where tools and models are kept, shared by every clone on the
// machine.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";
import { withLock } from "./lock.mjs";

/**
 * The user's cache folder for Thinkaloud, by the platform's own custom: the same one that the
 * product uses for its models and its engine (src/model-setup/folders.ts, which these scripts
 * cannot load before it is built; a test holds the two together).
 */
export function toolFolder(
  platform = process.platform,
  environment = process.env,
  home = homedir(),
) {
  const { join, isAbsolute } = platform === "win32" ? win32 : posix;
  if (platform === "win32")
    return join(environment.LOCALAPPDATA || join(home, "AppData", "Local"), "thinkaloud", "Cache");
  if (environment.XDG_CACHE_HOME && isAbsolute(environment.XDG_CACHE_HOME))
    return join(environment.XDG_CACHE_HOME, "thinkaloud");
  return platform === "darwin"
    ? join(home, "Library", "Caches", "thinkaloud")
    : join(home, ".cache", "thinkaloud");
}

/**
 * Path of the tool `name`, made by `make(folder)` when it is not there. It is made in a folder of
 * its own and moved into place whole, so a set-up that is interrupted leaves no half tool behind,
 * and two set-ups at once do the work once.
 * @param {string} name
 * @param {(folder: string) => Promise<unknown>} make
 */
export async function ensureTool(name, make) {
  const root = toolFolder();
  const target = join(root, name);
  if (existsSync(target)) return target;
  mkdirSync(root, { recursive: true });
  await withLock(join(root, `${name}.lock`), async () => {
    if (existsSync(target)) return;
    const partial = join(root, `${name}.partial-${process.pid}`);
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial);
    try {
      await make(partial);
      renameSync(partial, target);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  });
  return target;
}
