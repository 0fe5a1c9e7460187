import { readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Word, wishes } from "../word";

/**
 * Words for a run, left by one window for the one whose run it is: a file for each, which that
 * window takes away.
 */
export class WordsLeft {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async leave(runId: string, word: Word): Promise<void> {
    const isHint = word.kind === "hint";
    const name = isHint ? `${Date.now()}-${process.pid}.hint` : word.kind;
    const path = join(this.#folder, `${runId}.${name}`);
    await writeFile(path, isHint ? word.text : "", { mode: 0o600 });
  }

  /** Hints first, oldest first: a wish may be about them. Each word is given once. */
  async take(runId: string, files?: readonly string[]): Promise<readonly Word[]> {
    const names = files ?? (await this.files());
    const left = names.filter((name) => name.startsWith(`${runId}.`)).sort();
    const words: Word[] = [];
    for (const name of left.filter((each) => each.endsWith(".hint"))) {
      const text = await this.#takeFile(name);
      if (text !== undefined && text.trim() !== "") words.push({ kind: "hint", text });
    }
    for (const kind of wishes) {
      const isLeft = left.includes(`${runId}.${kind}`);
      if (isLeft && (await this.#takeFile(`${runId}.${kind}`)) !== undefined) words.push({ kind });
    }
    return words;
  }

  /** Names of what may hold words; for who takes those of many runs. */
  async files(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => !/\.(?:jsonl|pin)$/.test(name));
  }

  /** Undefined where it cannot be taken away: it would be given again and again. */
  async #takeFile(name: string): Promise<string | undefined> {
    const path = join(this.#folder, name);
    try {
      const text = await readFile(path, "utf8");
      await unlink(path);
      return text;
    } catch {
      return undefined;
    }
  }
}
