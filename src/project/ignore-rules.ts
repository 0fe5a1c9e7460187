import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";

/** Never of use to a model, whether a project says so or not. */
const always = [
  ".git",
  "node_modules",
  ".venv",
  "venv",
  "__pycache__",
  ".tox",
  ".mypy_cache",
  ".pytest_cache",
  ".gradle",
  ".idea",
  "bower_components",
];

const ruleFiles = [".gitignore", ".thinkaloudignore"];

/**
 * What is to be left alone in a folder: what its files of rules say, in every folder down to a
 * path, and what the caller adds. Paths are relative to the root, with forward slashes.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #own: Ignore;
  /** Of each folder, what its own files of rules say about what is below it. */
  readonly #folders = new Map<string, Promise<Ignore | undefined>>();

  /**
   * @param more further patterns in the form of `.gitignore`, such as the editor's excluded files.
   */
  constructor(root: string, more: readonly string[] = []) {
    this.#root = root;
    this.#own = ignore().add([...always, ...more]);
  }

  /** Whether a file, or a folder above it, is to be left alone. A path outside of the root is. */
  async isIgnored(path: string): Promise<boolean> {
    if (!ignore.isPathValid(path)) return true;
    const parts = path.split("/");
    for (let length = 1; length <= parts.length; length++) {
      const isFolder = length < parts.length;
      if (await this.isIgnoredEntry(parts.slice(0, length).join("/"), isFolder)) return true;
    }
    return false;
  }

  /** The same for an entry of a folder that is known not to be ignored itself. */
  async isIgnoredEntry(path: string, isFolder: boolean): Promise<boolean> {
    const tested = isFolder ? `${path}/` : path;
    if (this.#own.ignores(tested)) return true;
    // The rules of the folder nearest to a path have the last word about it.
    const parts = path.split("/");
    for (let length = parts.length - 1; length >= 0; length--) {
      const rules = await this.#rulesOf(parts.slice(0, length).join("/"));
      const verdict = rules?.test(
        tested.slice(length === 0 ? 0 : parts.slice(0, length).join("/").length + 1),
      );
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
    }
    return false;
  }

  #rulesOf(folder: string): Promise<Ignore | undefined> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const rules = this.#read(folder);
    this.#folders.set(folder, rules);
    return rules;
  }

  async #read(folder: string): Promise<Ignore | undefined> {
    const texts = await Promise.all(
      ruleFiles.map((name) => readFile(join(this.#root, folder, name), "utf8").catch(() => "")),
    );
    return texts.every((text) => text.trim() === "") ? undefined : ignore().add(texts.join("\n"));
  }
}
