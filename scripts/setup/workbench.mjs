// VS Code's own workbench and extension host, served to a browser: the npm package `code-server`
// carries them.
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { installPackages, mayInstallPackages } from "./debian.mjs";
import { ensureNode24 } from "./node24.mjs";
import { onPath, runNpm } from "./run-command.mjs";
import { say, step } from "./step.mjs";
import { ensureTool, toolFolder } from "./tool-folder.mjs";

const version = "4.139.1";
const name = `workbench-${version}`;
const vscode = "node_modules/code-server/lib/vscode";

/** Path of VS Code's server program, or undefined when it is not installed. */
export function findWorkbench() {
  const main = join(toolFolder(), name, vscode, "out/server-main.js");
  return existsSync(main) ? main : undefined;
}

/** Path of VS Code's server program, to be run with Node 24. */
export async function ensureWorkbench() {
  const node = await ensureNode24();
  const folder = await ensureTool(name, async (partial) => {
    // The packages' own install scripts compile modules that nothing here uses (Kerberos, SQLite)
    // and need system libraries for it.
    /**
     * @param {string} folder
     * @param {readonly string[]} what
     */
    const install = (folder, ...what) =>
      runNpm(["install", "--omit=dev", "--ignore-scripts", ...what], folder);
    await step("VS Code workbench (620 MB, once)", async (tell) => {
      await install(partial, "--prefix", ".", `code-server@${version}`);
      tell("its server's packages");
      await install(join(partial, vscode));
      tell("its built-in extensions' packages");
      await install(join(partial, vscode, "extensions"));
    });
    await compileModules(join(partial, vscode), node);
  });
  return join(folder, vscode, "out/server-main.js");
}

/**
 * The two native modules that matter: log files (the Output view shows them) and the watch for a
 * parent that died.
 * @param {string} folder
 * @param {string} node
 */
async function compileModules(folder, node) {
  const missing = ["python3", "make", "g++"].filter((program) => onPath(program) === undefined);
  if (missing.length > 0 && mayInstallPackages()) await installPackages(missing);
  else if (missing.length > 0)
    return say(
      `  The workbench will have no log files: compiling them needs ${missing.join(", ")}.`,
    );
  const home = dirname(dirname(node));
  // The headers come with the Node package, so that the compiler needs no download from elsewhere.
  const headers = existsSync(join(home, "include/node")) ? { npm_config_nodedir: home } : {};
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH: path, ...headers };
  try {
    await step("Workbench's log module (compiles for a minute, once)", () =>
      runNpm(["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], folder, env),
    );
  } catch (error) {
    say(
      `  The workbench works without it, but has no log files. ${error.message.split("\n").slice(0, 4).join("\n")}`,
    );
  }
}
