import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const ending = ".pin";

/** The runs that the person wants to keep: an empty file beside each. */
export class Pins {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async all(): Promise<ReadonlySet<string>> {
    const names = await readdir(this.#folder).catch(() => []);
    const pins = names.filter((name) => name.endsWith(ending));
    return new Set(pins.map((name) => name.slice(0, -ending.length)));
  }

  async set(runId: string, pinned: boolean): Promise<void> {
    const path = join(this.#folder, `${runId}${ending}`);
    if (pinned) await writeFile(path, "", { mode: 0o600 });
    else await rm(path, { force: true });
  }
}
