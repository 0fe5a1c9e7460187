import { lineAt } from "../../../../base/text/lines";
import { betweenElisions } from "../../answer/elision";
import { timesOf } from "../../text/lines";
import { newBlocksOf } from "./closing-lines";
import { isCode, type Side } from "./side";
import type { Step } from "./steps";

/** Each part that changes anything has a line that the place has once, or is at its edge. */
export function areAnchored(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  changed: ReadonlyMap<number, number>,
): boolean {
  const own = new Map<number, number>();
  const heads = new Set<number>();
  for (const step of steps) {
    if (step.kind !== "pair") continue;
    own.set(step.answer, step.file);
    if (step.isHead) heads.add(step.answer);
  }
  const became = new Set(changed.values());
  const counts = timesOf(file.keys.filter((_, line) => isCode(file.roles[line])));
  const isTold = (line: number): boolean => counts.get(lineAt(answer.keys, line)) === 1;
  const fresh = newBlocksOf(file, answer);
  const isMark = (line: number): boolean => answer.roles[line] === "elision";
  return betweenElisions(answer.lines.keys(), isMark).every((part, index, all) => {
    const code = part.filter((line) => isCode(answer.roles[line]));
    // A lone bracket closes what is left out.
    if (code.every((line) => own.has(line) || !/\w/.test(lineAt(answer.keys, line)))) return true;
    if (code.some((line) => heads.has(line) || became.has(line))) return true;
    // New blocks below the last mark end the place.
    if (index > 0 && index === all.length - 1 && code.every((line) => fresh.has(line))) return true;
    const isEdge = index === 0 || index === all.length - 1;
    return code.some(
      (line) => own.has(line) && (isEdge || (/\w/.test(lineAt(answer.keys, line)) && isTold(line))),
    );
  });
}
