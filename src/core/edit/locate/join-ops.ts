import { inOrder } from "../../../base/text/changes";
import type { LineOp } from "../text/source-lines";
import { tightOp } from "./placement";

/** In order, each place once; what touches is one operation. */
export function joinOps(ops: readonly LineOp[], lines: readonly string[]): LineOp[] {
  const result: LineOp[] = [];
  for (const op of inOrder(ops)) {
    const last = result.at(-1);
    if (last && last.end === op.start)
      result[result.length - 1] = {
        start: last.start,
        end: op.end,
        lines: [...last.lines, ...op.lines],
      };
    else result.push(op);
  }
  return result.flatMap((op) => tightOp(lines, op) ?? []);
}
