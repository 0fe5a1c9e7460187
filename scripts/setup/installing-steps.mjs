// What the product's set-up tells, as steps of this one.
import { step } from "./step.mjs";

/** Shows each thing that is installed as a step of its own, with how far it is. */
export class InstallingSteps {
  /** @type {string | undefined} */
  #what;
  /** @type {(text: string) => void} */
  #tell = () => {};
  /** @type {(well: boolean) => void} */
  #finish = () => {};
  /** @type {Promise<void>} */
  #shown = Promise.resolve();

  /**
   * Resolves when the step before, if this ends it, is shown as ended.
   * @param {import("../../src/protocol/setup").Setup} setup
   */
  async show(setup) {
    // Whoever looks for a model goes on from what was installed; all else says that none came.
    if (setup.kind !== "installing")
      return await this.end(setup.kind === "ready" || setup.kind === "looking");
    if (setup.what !== this.#what) {
      await this.end(true);
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
    this.#what = undefined;
    this.#finish(well);
    await this.#shown;
  }
}
