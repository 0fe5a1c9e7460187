// Starts VS Code's server on a free loopback port and ends it with everything that it started.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {Promise<unknown>} exited
 * @property {() => Promise<void>} stop ends the server and every process that it or an extension
 * started
 */

/**
 * Starts VS Code's server on loopback. Rejects with the server's own output when it does not come
 * up within a minute.
 * @param {object} options
 * @param {string} options.node path of a Node 24
 * @param {string} options.main path of VS Code's server-main.js
 * @param {string} options.dataFolder
 * @param {string} options.extensionsFolder
 * @param {string} options.token secret that every request must carry as `tkn`
 * @param {number} [options.port] 0 or absent: any free one
 * @param {readonly string[]} [options.flags]
 * @param {Readonly<Record<string, string>>} [options.environment] added to this process's own; the
 * extension host inherits it
 * @returns {Promise<Server>}
 */
export async function startServer({
  node,
  main,
  dataFolder,
  extensionsFolder,
  token,
  port = 0,
  flags = [],
  environment = {},
}) {
  const args = [
    main,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--connection-token",
    token,
    "--accept-server-license-terms",
  ];
  args.push(
    "--telemetry-level",
    "off",
    "--server-data-dir",
    dataFolder,
    "--extensions-dir",
    extensionsFolder,
    ...flags,
  );
  // A process group of its own, so that ending it reaches the extension host and whatever the
  // extension started.
  const detached = process.platform !== "win32";
  const child = spawn(node, args, {
    detached,
    stdio: ["ignore", "pipe", "pipe"],
    env: cleanEnvironment({ ...process.env, ...environment }),
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  const stop = async () => {
    kill(child, "SIGTERM");
    const forced = setTimeout(() => kill(child, "SIGKILL"), stopTimeoutMs);
    await exited;
    clearTimeout(forced);
    // What the server left behind in its group, if anything, has had its chance to end by itself.
    kill(child, "SIGKILL");
  };
  /** @type {Promise<number>} */
  const listening = new Promise((resolve, reject) => {
    /** @param {string} text */
    const listen = (text) => {
      output = (output + text).slice(-20_000);
      const found = /listening on (\d+)/.exec(output);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The VS Code server ended with ${code}:\n${output}`)),
    );
    setTimeout(
      () => reject(new Error(`The VS Code server did not start:\n${output}`)),
      startTimeoutMs,
    ).unref();
  });
  try {
    return { port: await listening, exited, stop };
  } catch (error) {
    kill(child, "SIGKILL");
    throw error;
  }
}

/**
 * Writes settings where the server's workbench reads them, keeping what a person set there before:
 * the user's, and the machine's, since those of the extension that say who runs the model count in
 * the latter only.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} settings
 */
export function writeSettings(dataFolder, settings) {
  const ofMachine = Object.fromEntries(
    Object.entries(settings).filter(([name]) => name.startsWith("thinkaloud.")),
  );
  for (const [place, values] of Object.entries({ User: settings, Machine: ofMachine })) {
    const folder = join(dataFolder, "data", place);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "settings.json");
    writeFileSync(file, `${JSON.stringify({ ...readSettings(file), ...values }, undefined, 2)}\n`);
  }
}

/**
 * Settings that keep a fresh workbench quiet: no trust question, no welcome page, no second
 * assistant, nothing fetched.
 * @type {Readonly<Record<string, unknown>>}
 */
export const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "git.openRepositoryInParentFolders": "never",
};

/** @param {string} file */
function readSettings(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Missing, or with comments of the person's; then ours alone are written, into a folder that
    // only this clone uses.
    return {};
  }
}

/**
 * An editor's own terminal marks its children; a server started from one must not take itself for a
 * part of that editor.
 * @param {NodeJS.ProcessEnv} environment
 */
function cleanEnvironment(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
    ),
  );
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function kill(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32")
      spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    else process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}
