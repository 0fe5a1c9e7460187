// The packager. It is no dependency of the clone: with everything it can do it would be half of
// `npm ci`.
import { join } from "node:path";
import { runNpm } from "./run-command.mjs";
import { step } from "./step.mjs";
import { ensureTool } from "./tool-folder.mjs";

const version = "3.9.2";

/** Path of the packager's program, to be run with Node. */
export async function ensureVsce() {
  const folder = await ensureTool(`vsce-${version}`, (partial) =>
    step("Extension packager", () =>
      runNpm(["install", "--prefix", ".", "--ignore-scripts", `@vscode/vsce@${version}`], partial),
    ),
  );
  return join(folder, "node_modules/@vscode/vsce/vsce");
}
