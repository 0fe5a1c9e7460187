import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { withLineFeeds } from "../../base/text/lines";

/** What a program prints, as much of its beginning and its end as is kept. */
export class PlainOutput {
  readonly #decoder = new StringDecoder("utf8");
  readonly #half: number;
  #head = "";
  #tail = "";
  /** Characters that came, kept or not. */
  length = 0;

  /** @param mostCharacters kept in all; half of them from the beginning. */
  constructor(mostCharacters: number) {
    this.#half = Math.floor(mostCharacters / 2);
  }

  push(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    this.length += text.length;
    const room = this.#half - this.#head.length;
    this.#head += text.slice(0, Math.max(0, room));
    this.#tail = (this.#tail + text.slice(Math.max(0, room))).slice(-this.#half);
  }

  /** The text without colours, cursor movements and other controls; lines end with a line feed. */
  text(): string {
    const left = this.length - this.#head.length - this.#tail.length;
    const cut = left > 0 ? `\n[${left} characters left out]\n` : "";
    return plainText(this.#head + cut + this.#tail);
  }
}

/**
 * Text that can be shown anywhere: no escape sequences, no control characters but tabs and line
 * feeds.
 */
export function plainText(text: string): string {
  return withLineFeeds(stripVTControlCharacters(text))
    .replace(/(?![\t\n])\p{Cc}/gu, "")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}
