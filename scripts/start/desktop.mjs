// The desktop VS Code, with a profile of its own, so that the person's own editor stays as it is.
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../setup/run-command.mjs";
import { say } from "../setup/step.mjs";
import { whatToClick } from "./trial.mjs";

/**
 * Opens a window and returns.
 * @param {string} code path of the `code` program
 * @param {ReturnType<typeof import("./trial.mjs").prepareTrial>} trial
 */
export async function openOnDesktop(code, trial) {
  const userData = join(trial.data, "desktop");
  // The desktop keeps its user settings in <user data>/User, the server in <server data>/data/User.
  mkdirSync(userData, { recursive: true });
  cpSync(join(trial.data, "data/User/settings.json"), join(userData, "User/settings.json"));
  const args = [
    "--new-window",
    "--user-data-dir",
    userData,
    "--extensions-dir",
    trial.extensions,
    trial.sample,
  ];
  // On Windows `code` is a batch file, which only a shell can start.
  const windows = process.platform === "win32";
  await runCommand(windows ? `"${code}"` : code, windows ? args.map((each) => `"${each}"`) : args, {
    shell: windows,
  });
  say("\nVS Code is open.\n");
  for (const line of whatToClick) say(line);
}
