import { isCode, type Side } from "./side";
import type { Step } from "./steps";

/**
 * Whether each part of an answer with left-out code that changes anything holds a line that the place has once, or begins or ends with
 * the place: else nothing tells where between the left-out lines it belongs.
 */
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
  const counts = new Map<string, number>();
  for (const [line, key] of file.keys.entries())
    if (isCode(file.roles[line])) counts.set(key, (counts.get(key) ?? 0) + 1);
  return partsOf(answer).every((part, index, all) => {
    const code = part.filter((line) => isCode(answer.roles[line]));
    // A lone bracket closes what is left out.
    if (code.every((line) => own.has(line) || !/\w/.test(answer.keys[line] ?? ""))) return true;
    if (code.some((line) => heads.has(line) || became.has(line))) return true;
    const isEdge = index === 0 || index === all.length - 1;
    return code.some((line) => {
      const key = answer.keys[line] ?? "";
      return own.has(line) && (isEdge || (/\w/.test(key) && counts.get(key) === 1));
    });
  });
}

/** The lines between the marks for what is left out. */
function partsOf(answer: Side): number[][] {
  const parts: number[][] = [[]];
  for (const line of answer.lines.keys()) {
    if (answer.roles[line] === "elision") parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}
