// The bundles in dist/, built again when a source changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { runCommand } from "./run-command.mjs";
import { step } from "./step.mjs";

const sources = [
  "src",
  "l10n",
  "test/editor",
  "test/desktop",
  "test/support",
  "scripts/build.mjs",
  "package-lock.json",
];

/** Builds what runs from the clone. */
export async function ensureBuilt() {
  const stampFile = join(root, "dist/.stamp");
  const stamp = hashOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  await step("Build", async () => {
    await runCommand(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root });
    mkdirSync(join(root, "dist"), { recursive: true });
    writeFileSync(stampFile, stamp);
  });
}

/** @param {readonly string[]} paths */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf))
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  const entries = readdirSyncOrNothing(join(root, path));
  if (entries === undefined) return [path];
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(`${path}/${entry.name}`));
}

/** @param {string} path */
function readdirSyncOrNothing(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return undefined;
    if (error.code === "ENOENT") return [];
    throw error;
  }
}
