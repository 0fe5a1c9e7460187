// The workbench runs on Node 24. Where this machine's Node is another one, the npm registry has the
// program as a package.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runNpm } from "./run-command.mjs";
import { step } from "./step.mjs";
import { ensureTool, toolFolder } from "./tool-folder.mjs";

const version = "24.21.0";

/** Path of a Node 24 that is here already, or undefined. */
export function findNode24() {
  if (process.versions.node.startsWith("24.")) return process.execPath;
  const program = programIn(join(toolFolder(), `node-${version}`));
  return existsSync(program) ? program : undefined;
}

/** Path of a Node 24. */
export async function ensureNode24() {
  const found = findNode24();
  if (found !== undefined) return found;
  const folder = await ensureTool(`node-${version}`, (partial) =>
    // The package `node` fetches this one in an install script; asked for by its own name no script
    // has to run.
    step(`Node ${version} (190 MB)`, () =>
      runNpm(
        ["install", "--prefix", ".", "--ignore-scripts", `${packageName()}@${version}`],
        partial,
      ),
    ),
  );
  const program = programIn(folder);
  if (!existsSync(program))
    throw new Error(`${packageName()} brought no program: ${readdirSync(folder).join(", ")}`);
  return program;
}

function packageName() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform}-${process.arch}`;
}

/** @param {string} folder */
function programIn(folder) {
  return join(
    folder,
    "node_modules",
    packageName(),
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
}
