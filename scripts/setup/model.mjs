// A model to ask: the Ollama daemon's, or the built-in engine with one of its own. The product's
// own code finds and fetches it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { InstallingSteps } from "./installing-steps.mjs";
import { root } from "./root.mjs";
import { say } from "./step.mjs";

/**
 * Sees to it that there is a model. Needs the build.
 * @param wish name of the model, or "" for the best that there is.
 * @returns the model's name, who runs it ("daemon" or "builtin") and where.
 */
export async function ensureModel(wish = "") {
  const child = spawn(process.execPath, [join(root, "dist/prepare-model.cjs"), wish], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  createInterface({ input: child.stderr }).on("line", say);
  const ended = new Promise((resolve) => child.once("close", resolve));
  let last;
  const steps = new InstallingSteps();
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line);
    await steps.show(last);
  }
  const code = await ended;
  await steps.end(code === 0);
  if (code !== 0 || last?.kind !== "ready") throw new Error("There is no model to ask.");
  return { model: last.model, engine: last.engine, endpoint: last.endpoint };
}
