import { limits } from "../limits";
import type { Change } from "./judged-case";

/** What is put in may begin as the lines below it do: each way to see it. */
export function slides(change: Change, lines: readonly string[]): Change[] {
  const ways = [change];
  if (change.aStart < change.aEnd) return ways;
  for (
    let { bStart, bEnd } = change;
    bStart > 0 && ways.length < limits.slides && lines[bStart - 1] === lines[bEnd - 1];
    bStart--, bEnd--
  )
    ways.push({ ...change, bStart: bStart - 1, bEnd: bEnd - 1 });
  return ways;
}
