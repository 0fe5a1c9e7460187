import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { staysInside } from "../base/text/stays-inside";
import { holdsSecrets } from "../core/context/file-rules";
import type { IgnoreRules } from "./ignore-rules";

export interface ProjectLimits {
  readonly files: number;
  readonly folders: number;
  /** A larger file is data, or written by a program. */
  readonly bytesOfFile: number;
  /** After this the list is what was found until then. */
  readonly ms: number;
}

const usualLimits: ProjectLimits = {
  files: 20_000,
  folders: 4_000,
  bytesOfFile: 300_000,
  ms: 1_500,
};

/** A list is used again for so long, unless somebody says that it has changed. */
const freshMs = 10_000;
const keptTexts = 200;
/** Folders are read side by side: the disk answers several at once. */
const sideBySide = 16;

/**
 * The files of a folder that are not ignored, as a bounded list that is kept a while. Paths are
 * relative, with forward slashes. Links are not followed: they may lead out of the folder, or round
 * in circles.
 */
export class ProjectFiles {
  readonly root: string;
  readonly #more: () => readonly string[];
  readonly #limits: ProjectLimits;
  readonly #openText: (absolutePath: string) => string | undefined;
  #list: { readonly at: number; readonly paths: Promise<readonly string[]> } | undefined;
  #rules: { readonly at: number; readonly rules: Promise<IgnoreRules> } | undefined;
  readonly #texts = new Map<string, { readonly stamp: string; readonly text: string }>();

  /** @param openText what an editor holds of a file, saved or not. */
  constructor(
    root: string,
    more: () => readonly string[] = () => [],
    limits: ProjectLimits = usualLimits,
    openText: (absolutePath: string) => string | undefined = () => undefined,
  ) {
    this.#openText = openText;
    this.root = root;
    this.#more = more;
    this.#limits = limits;
  }

  /** @returns the paths in alphabetical order. */
  async list(signal?: AbortSignal): Promise<readonly string[]> {
    const now = Date.now();
    if (this.#list === undefined || now - this.#list.at > freshMs) {
      // Who leaves does not take the list away from who comes after.
      const paths = this.#walk();
      this.#list = { at: now, paths };
    }
    const paths = await this.#list.paths;
    signal?.throwIfAborted();
    return paths;
  }

  /** Files have come or gone, or rules have changed: the next list is made anew. */
  forget(): void {
    this.#list = undefined;
    this.#rules = undefined;
  }

  async isIgnored(path: string): Promise<boolean> {
    return await (await this.#currentRules()).isIgnored(path);
  }

  /**
   * The text of a file; undefined where there is none, where it is too large or no text.
   * @param headBytes so much is read of a file that is too large. Absent: nothing.
   */
  async read(path: string, headBytes?: number): Promise<string | undefined> {
    try {
      const place = join(this.root, path);
      const shown = this.#openText(place);
      if (shown !== undefined) return (await this.isOwn(path)) ? shown : undefined;
      const { size, mtimeMs, isFile } = await statOf(place);
      const isTooLarge = size > this.#limits.bytesOfFile;
      if (!isFile || (isTooLarge && headBytes === undefined)) return undefined;
      const stamp = `${size} ${mtimeMs}`;
      const known = this.#texts.get(path);
      if (known?.stamp === stamp) return known.text;
      if (!(await this.isOwn(path))) return undefined;
      if (isTooLarge) return await headOf(place, headBytes ?? 0);
      const text = await readFile(place, "utf8");
      if (text.includes("\0")) return undefined;
      this.#texts.delete(path);
      this.#texts.set(path, { stamp, text });
      const [oldest] = this.#texts.keys();
      if (this.#texts.size > keptTexts && oldest !== undefined) this.#texts.delete(oldest);
      return text;
    } catch {
      return undefined;
    }
  }

  /**
   * Whether a path stays in the folder, by its links too: `AGENTS.md` may lead to a file of the
   * person's own, or to one that is left alone. What is on no disk leads nowhere.
   */
  async isOwn(path: string): Promise<boolean> {
    const place = await realpath(join(this.root, path)).catch(() => undefined);
    if (place === undefined) return true;
    const real = relative(await realpath(this.root), place);
    if (!staysInside(real)) return false;
    const listed = real.split(sep).join("/");
    return listed === path || !(holdsSecrets(listed) || (await this.isIgnored(listed)));
  }

  #currentRules(): Promise<IgnoreRules> {
    const now = Date.now();
    if (this.#rules === undefined || now - this.#rules.at > freshMs)
      this.#rules = { at: now, rules: this.#newRules() };
    return this.#rules.rules;
  }

  async #newRules(): Promise<IgnoreRules> {
    const { IgnoreRules } = await import("./ignore-rules");
    return new IgnoreRules(this.root, this.#more());
  }

  async #walk(): Promise<readonly string[]> {
    const rules = await this.#currentRules();
    const { files, folders, ms } = this.#limits;
    const until = performance.now() + ms;
    const found: string[] = [];
    let waiting = [""];
    let seen = 0;
    while (waiting.length > 0 && found.length < files && seen < folders) {
      if (performance.now() > until) break;
      const now = waiting.slice(0, sideBySide);
      waiting = waiting.slice(sideBySide);
      seen += now.length;
      for (const entries of await Promise.all(now.map((each) => this.#entries(each, rules)))) {
        found.push(...entries.files);
        waiting.push(...entries.folders);
      }
    }
    return found.slice(0, files).sort();
  }

  async #entries(
    folder: string,
    rules: IgnoreRules,
  ): Promise<{ readonly files: string[]; readonly folders: string[] }> {
    const files: string[] = [];
    const folders: string[] = [];
    const entries = await readdir(join(this.root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isFile() && !entry.isDirectory()) continue;
      if (await rules.isIgnoredEntry(path, entry.isDirectory())) continue;
      (entry.isDirectory() ? folders : files).push(path);
    }
    return { files, folders };
  }
}

/** The beginning of a file; undefined for one that is no text. A letter may be cut at its end. */
async function headOf(path: string, bytes: number): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    const text = buffer.toString("utf8", 0, bytesRead);
    return text.includes("\0") ? undefined : text;
  } finally {
    await file.close();
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, mtimeMs: found.mtimeMs, isFile: found.isFile() };
}
