import { thresholds } from "../thresholds";
import { codeEdit, cutOffCode } from "./answer-edit";
import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { fenceOpened } from "./fence-line";
import { markerOf } from "./markers";
import { isMarkdown } from "./own-fences";
import { isWorded, type OwnIndex } from "./own-text";

/** A whole file that stands in the answer without a fence: it begins with the file's first line. */
export const bareTexts: Dialect = {
  opens(line, seen) {
    if ((line.match(/\w/g) ?? []).length < thresholds.few) return undefined;
    const own = seen.own.indexes.find((file) => file.beginsWith(line));
    return own && new TextReader(own, seen);
  },
};

class TextReader implements Reader {
  readonly #own: OwnIndex;
  readonly #seen: Seen;
  readonly #lines: string[] = [];
  readonly #label: string;

  constructor(own: OwnIndex, seen: Seen) {
    this.#own = own;
    this.#seen = seen;
    this.#label = seen.above.label;
  }

  push(line: string): Step {
    this.#lines.push(line);
    return this.#isOtherDialect(line) ? givenBack(this.#lines) : more;
  }

  end(truncated: boolean): Step {
    const end = this.#lines.findLastIndex((line) => this.#own.endsWith(line)) + 1;
    const text = end > 0 ? this.#lines.slice(0, end) : this.#lines;
    if (!this.#isFile(text)) return givenBack(this.#lines);
    const rest = this.#lines.slice(text.length);
    const code = codeEdit(text, { label: this.#label, path: this.#own.file.path });
    return closed([truncated && end === 0 ? cutOffCode(text) : code], rest);
  }

  /** Marks of edits, and code in fences, where the file's own text has none. */
  #isOtherDialect(line: string): boolean {
    const marker = markerOf(line);
    if (marker === "open" || marker === "close") return !this.#seen.own.has(line);
    const fence = fenceOpened(line);
    if (!fence) return false;
    return !isMarkdown(this.#own.file) || /^(?:markdown|md)\b/i.test(fence.info);
  }

  #isFile(text: readonly string[]): boolean {
    const said = text.filter(isWorded);
    const known = said.filter((line) => this.#own.has(line)).length;
    const enough = this.#own.wordedLines * thresholds.half;
    return known >= said.length * thresholds.half && known >= enough;
  }
}
