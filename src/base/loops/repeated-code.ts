import type { PlacedLine } from "./prose-lines";

/** A shorter block is said again in any text: a command, a signature. */
const least = { characters: 120, lines: 4 };
/** So many blocks in a row are the same one. */
const rounds = 3;

/**
 * Tells when block after block of code is the same one, whatever is said in between: "Version 2",
 * "Version 3".
 */
export class RepeatedCode {
  #last = "";
  #places: number[] = [];

  /** @param blocks those that were closed, in order. @returns where the second one begins. */
  push(blocks: readonly PlacedLine[]): number | undefined {
    for (const { at, text } of blocks) {
      if (text !== this.#last) this.#places = [];
      this.#last = text;
      this.#places.push(at);
      const isLong = text.length >= least.characters && text.split("\n").length > least.lines;
      if (isLong && this.#places.length >= rounds) return this.#places.at(1 - rounds);
    }
    return undefined;
  }
}
