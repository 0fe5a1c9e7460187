import { randomUUID } from "node:crypto";
import type { TextId } from "../protocol/language-server";
import type { SymbolInfo } from "../protocol/syntax";

/** More than a client asks about in turn. */
const maxTexts = 12;

/** A text and the outline that was sent for it, on which the client's own copy stands. */
export interface KnownText {
  readonly languageId: string;
  readonly text: string;
  readonly outline: readonly SymbolInfo[];
}

/** The last texts that were answered for, by the names they got. */
export class KnownTexts {
  /** Another server, after this one's death, must not take a name for another text. */
  readonly #prefix = randomUUID();
  #count = 0;
  readonly #texts = new Map<TextId, KnownText>();

  remember(known: KnownText): TextId {
    const same = [...this.#texts].find(
      ([, other]) =>
        other.text === known.text &&
        other.languageId === known.languageId &&
        other.outline === known.outline,
    );
    const id = same?.[0] ?? `${this.#prefix}-${this.#count++}`;
    // The one used last is at the end.
    this.#texts.delete(id);
    this.#texts.set(id, known);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > maxTexts && oldest !== undefined) this.#texts.delete(oldest);
    return id;
  }

  get(id: TextId): KnownText | undefined {
    return this.#texts.get(id);
  }
}
