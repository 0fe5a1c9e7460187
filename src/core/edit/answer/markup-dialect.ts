import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { opensLeft, rootOf } from "./markup-root";
import { fileGivenWhole } from "./own-content";

/** A file of markup that stands in the answer without a fence, from its first line to its last. */
export const bareMarkup: Dialect = {
  opens(line, seen) {
    if (!/^\s*<[\w!?]/.test(line)) return undefined;
    const file = seen.own.files.find(({ text }) => rootOf(text) !== undefined);
    const root = file && rootOf(file.text);
    if (root === undefined || !(seen.own.beginsWith(line) || opensLeft(line, root) > 0)) return;
    return new MarkupReader(root, seen);
  },
};

class MarkupReader implements Reader {
  readonly #lines: string[] = [];
  readonly #path: string | undefined;
  readonly #label: string;
  #depth = 0;

  constructor(
    private readonly root: string,
    private readonly seen: Seen,
  ) {
    this.#path = seen.above.path;
    this.#label = seen.above.label;
  }

  push(line: string): Step {
    this.#lines.push(line);
    const had = this.#depth;
    this.#depth += opensLeft(line, this.root);
    if (this.#depth > 0 || had === 0) return more;
    const whole = fileGivenWhole(this.#lines, "", this.#path, this.seen.own);
    if (!whole) return givenBack(this.#lines);
    const { path } = whole;
    const claims = { label: this.#label, pathIsSure: true, whole: true } as const;
    return closed([{ kind: "code", language: "", lines: this.#lines, path, ...claims }]);
  }

  end(): Step {
    return givenBack(this.#lines);
  }
}
