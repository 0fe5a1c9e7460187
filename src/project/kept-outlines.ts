import type { SymbolInfo } from "../protocol/syntax";
import type { Outlines } from "./project-parts";

const keptOutlines = 300;

/**
 * Keeps the outlines of the texts that were asked about last: a project's other files change less
 * often than they are looked into.
 */
export class KeptOutlines implements Outlines {
  readonly #outlines: Outlines;
  readonly #kept = new Map<string, Promise<readonly SymbolInfo[] | undefined>>();

  constructor(outlines: Outlines) {
    this.#outlines = outlines;
  }

  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined> {
    const key = `${languageId}\n${text}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const outline = this.#outlines.outline(languageId, text);
    this.#kept.set(key, outline);
    // What could not be told now may be told later.
    outline.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptOutlines && oldest !== undefined) this.#kept.delete(oldest);
    return outline;
  }
}
