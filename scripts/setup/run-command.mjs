// Other programs, run quietly: their output is shown only when they fail.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Path of a program on the PATH, or undefined.
 * @param {string} name
 */
export function onPath(name, environment = process.env) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const folder of (environment.PATH ?? "").split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

/**
 * Runs a program and resolves with its output; rejects with the end of its output when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Pick<import("node:child_process").SpawnOptions, "cwd" | "env" | "shell">} options
 */
export async function runCommand(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve(127);
    });
    child.on("close", (exitCode, signal) => resolve(signal ?? exitCode));
  });
  if (code === 0) return output;
  const end = output.trimEnd().split("\n").slice(-30).join("\n  ");
  throw new Error(`${[command, ...args].join(" ")} failed (${code}):\n  ${end}`);
}

/**
 * Runs npm in `folder`, as if it was started by hand: the variables of the npm that runs this
 * script are kept out.
 * @param {readonly string[]} args
 * @param {string} folder
 */
export function runNpm(args, folder, environment = process.env) {
  const env = Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|config_(local_prefix|global_prefix|prefix|workspace))/i.test(
          name,
        ),
    ),
  );
  const quiet = [...args, "--no-audit", "--no-fund", "--loglevel=error"];
  const options = { cwd: folder, env };
  // On Windows npm is a script that only a shell can start; npm says itself where its program is.
  const program = process.env.npm_execpath;
  if (program?.endsWith(".js")) return runCommand(process.execPath, [program, ...quiet], options);
  return runCommand("npm", quiet, { ...options, shell: process.platform === "win32" });
}
