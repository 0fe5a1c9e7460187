import type { AnswerEdit } from "./answer-edit";
import { isPatchEnd, isUnfinishedPatch, readDiff, readPatch } from "./read-diff";

/** Follows a unified diff or a patch that stands without a fence, line by line, until prose goes on. */
export class BareDiff {
  readonly #lines: string[];

  constructor(
    private readonly kind: "diff" | "patch",
    lines: readonly string[],
  ) {
    this.#lines = [...lines];
  }

  /** `prose`: the line is behind it. */
  push(line: string): "open" | "closed" | "prose" {
    const isOwn = this.kind === "patch" || line === "" || /^[ +\-@\\]/.test(line) || /^(?:diff|index) /.test(line);
    if (!isOwn) return "prose";
    this.#lines.push(line);
    return this.kind === "patch" && isPatchEnd(line) ? "closed" : "open";
  }

  /** @param path of the file, where the diff does not say it */
  edits(truncated: boolean, path: string | undefined): AnswerEdit[] {
    if (truncated || (this.kind === "patch" && isUnfinishedPatch(this.#lines)))
      return [{ kind: "broken", code: "truncated", message: "A patch is not finished: its end is missing.", lines: this.#lines }];
    return this.kind === "patch" ? readPatch(this.#lines) : readDiff(this.#lines, path);
  }
}
