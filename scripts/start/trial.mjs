// What `npm start` opens: a copy of the sample project that may be changed, the extension as a
// person would have installed it, and settings.
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/root.mjs";
import { installIntoFolder } from "../workbench/extension-files.mjs";
import { quietSettings, writeSettings } from "../workbench/server.mjs";

/**
 * Lays everything out under dist/trial. The sample keeps what the person did to it; the extension
 * is the one just built.
 * @param {object} asked
 * @param {"daemon" | "builtin"} asked.engine who runs the model. Naming the built-in engine is the
 * agreement to it that `npm start` stands for.
 * @param {string | undefined} asked.model the model that the person asked for, if they did.
 */
export function prepareTrial({ engine, model }) {
  const folder = join(root, "dist/trial");
  const trial = {
    sample: join(folder, "sample"),
    data: join(folder, "data"),
    extensions: join(folder, "extensions"),
  };
  if (!existsSync(trial.sample))
    cpSync(join(root, "test/sample"), trial.sample, { recursive: true });
  rmSync(trial.extensions, { recursive: true, force: true });
  installIntoFolder(root, trial.extensions);
  writeSettings(trial.data, {
    ...quietSettings,
    "thinkaloud.engine": engine === "builtin" ? "builtin" : "auto",
    ...(model === undefined ? {} : { "thinkaloud.model": model }),
  });
  return trial;
}

/** The two lines that say what to do in the editor. */
export const whatToClick = [
  "  1. Open bits.py, click on a word in the function, then on the lightbulb, and choose “Fix with Thinkaloud”.",
  "  2. Watch it think in the panel on the right; when the diff opens, press Accept (✓) at its top right. Ctrl+Z takes it back.",
];
