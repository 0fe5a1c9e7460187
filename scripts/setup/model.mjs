// A model to ask: the Ollama daemon's, or the built-in engine with one of its own. The product's
// own code finds and fetches it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./root.mjs";
import { say, step } from "./step.mjs";

/**
 * Sees to it that there is a model. Needs the build.
 * @param wish name of the model, or "" for the best that there is.
 * @returns the model's name, who runs it ("ollama" or "builtin") and where.
 */
export async function ensureModel(wish = "") {
  const child = spawn(process.execPath, [join(root, "dist/prepare-model.cjs"), wish], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaints += text;
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let last;
  const steps = new InstallingSteps();
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line);
    steps.show(last);
  }
  const code = await ended;
  await steps.end(code === 0);
  if (complaints !== "") say(complaints.trimEnd());
  if (code !== 0 || last?.kind !== "ready") throw new Error("There is no model to ask.");
  return { model: last.model, engine: last.engine, endpoint: last.endpoint };
}

/** Shows each thing that is installed as a step of its own, with how far it is. */
class InstallingSteps {
  /** @type {string | undefined} */
  #what;
  /** @type {(text: string) => void} */
  #tell = () => {};
  /** @type {(well: boolean) => void} */
  #finish = () => {};
  /** @type {Promise<void>} */
  #shown = Promise.resolve();

  /** @param {import("../../src/protocol/setup").Setup} setup */
  show(setup) {
    if (setup.kind !== "installing") return;
    if (setup.what !== this.#what) {
      this.#finish(true);
      this.#what = setup.what;
      /** @type {Promise<void>} */
      const done = new Promise((resolve, reject) => {
        this.#finish = (well) => (well ? resolve() : reject(new Error(setup.what)));
      });
      this.#shown = step(setup.what, (tell) => {
        this.#tell = tell;
        return done;
      }).catch(() => {});
    }
    const { done, total } = setup;
    if (done !== undefined && total !== undefined)
      this.#tell(`${Math.round((done / total) * 100)} % of ${Math.round(total / 1e6)} MB`);
  }

  /** @param {boolean} well */
  async end(well) {
    this.#finish(well);
    await this.#shown;
  }
}
