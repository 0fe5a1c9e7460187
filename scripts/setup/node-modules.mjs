// The clone's own packages.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { runNpm } from "./run-command.mjs";
import { step } from "./step.mjs";

/** Installs what package-lock.json says, when something else or nothing is installed. */
export async function ensureNodeModules() {
  if (isInstalled(root)) return;
  // Nothing we depend on needs to run code at its installation, and newer versions of npm refuse it
  // anyway.
  await step("Node packages (about 280 MB)", () => runNpm(["ci", "--ignore-scripts"], root));
}

/**
 * Whether the installed packages are those of the lock file. npm notes what it installed in
 * node_modules/.package-lock.json.
 * @param {string} folder
 */
function isInstalled(folder) {
  const noted = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(noted)) return false;
  const installed = JSON.parse(readFileSync(noted, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || installed[path]?.version === entry.version) return true;
    return entry.optional === true && installed[path] === undefined;
  });
}
