import { cutOff } from "./answer-edit";
import { closed, type Dialect, more, type Reader, type Step } from "./dialect";
import { isPatchEnd, isPatchStart, isUnfinishedPatch, readDiff } from "./read-diff";

/** Patches in the form that starts with `*** Begin Patch`, without a fence. */
export const patches: Dialect = {
  opens: (line) => (isPatchStart(line) ? new DiffReader("patch", [], undefined) : undefined),
};

/** Without a fence: from their head on, a hunk, or a line of the file behind a minus. */
export const bareDiffs: Dialect = {
  opens(line, { above, lastPath, own }) {
    const path = above.path ?? lastPath;
    if (/^\+\+\+ \S/.test(line) && /^--- \S/.test(above.last)) {
      return new DiffReader("diff", [above.last], path);
    }
    if (/^@@ (?:.*@@|-\d|\.\.\.)/.test(line)) return new DiffReader("diff", [], path);
    const isOwn = (text: string): boolean =>
      own.indexes.some((file) => file.hasExactly(text.slice(1)));
    if (!/^-\s*\w/.test(line) || !isOwn(line)) return undefined;
    return new DiffReader("diff", [], path);
  },
};

class DiffReader implements Reader {
  readonly #kind: "diff" | "patch";
  readonly #path: string | undefined;
  readonly #lines: string[];

  constructor(kind: "diff" | "patch", above: readonly string[], path: string | undefined) {
    this.#kind = kind;
    this.#path = path;
    this.#lines = [...above];
  }

  push(line: string): Step {
    const isPatch = this.#kind === "patch";
    const isOwn = isPatch || line === "" || /^(?:[ +\-@\\]|diff |index )/.test(line);
    if (!isOwn) return this.#close(false, [line]);
    this.#lines.push(line);
    return isPatch && isPatchEnd(line) ? this.#close(false, []) : more;
  }

  end(truncated: boolean): Step {
    return this.#close(truncated, []);
  }

  #close(truncated: boolean, rest: readonly string[]): Step {
    const lines = this.#lines;
    if (truncated || (this.#kind === "patch" && isUnfinishedPatch(lines))) {
      return closed([cutOff(lines)], rest);
    }
    return closed(readDiff(lines, this.#path), rest);
  }
}
