// The workbench in a browser.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ensureNode24 } from "../setup/node24.mjs";
import { say } from "../setup/step.mjs";
import { startServer } from "../workbench/server.mjs";
import { whatToClick } from "./trial.mjs";

const usualPort = 3210;

/**
 * Serves the workbench until the person ends it.
 * @param {string} main path of VS Code's server program
 * @param {ReturnType<typeof import("./trial.mjs").prepareTrial>} trial
 * @param {number | undefined} port absent: the usual one, or any
 */
export async function openInBrowser(main, trial, port) {
  const token = keptToken(join(trial.data, "token"));
  const server = await startServer({
    node: await ensureNode24(),
    main,
    dataFolder: trial.data,
    extensionsFolder: trial.extensions,
    token,
    port: port ?? ((await isFree(usualPort)) ? usualPort : 0),
  });
  const query = new URLSearchParams({ tkn: token, folder: trial.sample });
  say(`\nOpen http://127.0.0.1:${server.port}/?${query}\n`);
  for (const line of whatToClick) say(line);
  say("\nCtrl+C ends it.");
  let ending;
  const end = () => {
    ending ??= server.stop();
  };
  process.on("SIGINT", end).on("SIGTERM", end).on("SIGHUP", end);
  await server.exited;
  await ending;
}

/**
 * The same address each time, so that the browser finds its layout and history again.
 * @param {string} file
 */
function keptToken(file) {
  if (existsSync(file)) return readFileSync(file, "utf8");
  const token = randomBytes(16).toString("hex");
  writeFileSync(file, token, { mode: 0o600 });
  return token;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
