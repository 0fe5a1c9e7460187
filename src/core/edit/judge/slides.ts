import { limits } from "../limits";
import type { Change } from "./judged-case";

/**
 * Lines that were put in may be taken for others that begin as those below them do: each way to see
 * it.
 */
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
