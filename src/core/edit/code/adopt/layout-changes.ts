import { range } from "../../text/range";
import { type CodeSide, signsOf } from "./code-side";
import type { LinePair } from "./match-sides";

/** Between two equal lines both sides may say the same with other breaks (a brace on a line of its own): then no line there changed. */
export function withoutLayoutChanges(file: CodeSide, model: CodeSide, pairs: readonly LinePair[]): LinePair[] {
  const result: LinePair[] = [];
  let changed: LinePair[] = [];
  let last: LinePair = { file: -1, model: -1, equal: true };
  for (const pair of [...pairs, { file: file.code.length, model: model.code.length, equal: true }]) {
    if (!pair.equal) {
      changed.push(pair);
      continue;
    }
    const ours = range(last.file + 1, pair.file);
    const theirs = range(last.model + 1, pair.model);
    if (changed.length > 0 && signsOf(file, ours) !== signsOf(model, theirs)) result.push(...changed);
    changed = [];
    if (pair.file < file.code.length || pair.model < model.code.length) result.push(pair);
    last = pair;
  }
  return result;
}
