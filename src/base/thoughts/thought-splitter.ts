import { heldForMark, nextMark } from "./marks";
import type { SplitterOptions } from "./splitter-options";
import type { ThoughtPiece } from "./thought-piece";
import { TurnReader } from "./turn-reader";

/**
 * Tells thought from answer in the text of a model of any family, in whatever pieces it comes:
 * thought and answer are the same as if it had come whole. A mark in somebody's code is text. What
 * follows the end of the model's turn is not read.
 *
 * A thought that is closed too early is put right later: when the real mark comes, all answer so
 * far turns out to have been thought.
 */
export class ThoughtSplitter {
  readonly #reader: TurnReader;
  /** Text that waits for what follows it. */
  #held = "";

  constructor(options: SplitterOptions = {}) {
    this.#reader = new TurnReader(options);
  }

  get inThought(): boolean {
    return this.#reader.writer.place === "thought";
  }

  /** Within a thought that words opened. */
  get inProse(): boolean {
    return this.inThought && this.#reader.inProse;
  }

  /** The model's turn is over, whatever it goes on to write. */
  get ended(): boolean {
    return this.#reader.writer.place === "ended";
  }

  push(text: string): ThoughtPiece[] {
    this.#held += text;
    this.#run(false);
    return this.#reader.writer.take();
  }

  /** The end of the stream: what waited for more is what it looks like now. */
  end(): ThoughtPiece[] {
    this.#run(true);
    this.#reader.writer.finish();
    return this.#reader.writer.take();
  }

  /**
   * The daemon tells thoughts apart itself: what was held back is given out, and from here on all
   * is answer. Only a mark that closes a thought on a line of its own still counts, as the daemon
   * may have closed it too early.
   */
  fieldSeen(): ThoughtPiece[] {
    if (this.#reader.isField) return [];
    this.#reader.isField = true;
    if (this.#held.trim() !== "") this.#run(true);
    this.#held = "";
    if (!this.ended) this.#reader.writer.openAnswer();
    return this.#reader.writer.take();
  }

  #run(isWhole: boolean): void {
    let at = 0;
    while (at < this.#held.length && !this.ended) {
      const found = nextMark(this.#held, at);
      if (found === undefined) {
        const keep = isWhole ? 0 : heldForMark(this.#held.slice(at), this.#reader.atLineStart);
        const sure = Math.max(at, this.#held.length - keep);
        this.#reader.text(this.#held.slice(at, sure));
        at = sure;
        break;
      }
      this.#reader.text(this.#held.slice(at, found.at));
      at = found.at;
      const behind = at + found.text.length;
      if (found.mark === undefined) {
        this.#reader.lineEnd(found.text);
        at = behind;
        continue;
      }
      const taken = this.#reader.take(found.mark, {
        text: found.text,
        rest: this.#held.slice(behind),
        isWhole,
      });
      if (taken === undefined) break;
      at = behind + taken;
    }
    this.#held = this.ended ? "" : this.#held.slice(at);
  }
}
