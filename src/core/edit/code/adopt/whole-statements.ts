import { columnsOf, indentOf } from "../../text/indentation";
import { type CodeSide, lineOf } from "./code-side";

const opens = "([{";
const closes = ")]}";

/** Whether lines that stand one after the other are whole statements, so that they can stay where what was around them is gone. */
export function isWholeStatements(side: CodeSide, ordinals: readonly number[]): boolean {
  const [first] = ordinals;
  if (first === undefined) return true;
  let depth = 0;
  for (const ordinal of ordinals) {
    for (const char of maskOf(side, ordinal)) {
      if (opens.includes(char)) depth++;
      else if (closes.includes(char) && --depth < 0) return false;
    }
  }
  if (depth !== 0) return false;
  if (/^\s*(?:end|else|elif|elsif|except|rescue|ensure|finally|catch)\b/.test(maskOf(side, first))) return false;
  // What is deeper than the first line and follows the last belongs to them.
  const last = ordinals[ordinals.length - 1] ?? first;
  const own = columnsOf(indentOf(lineOf(side, first)));
  return last + 1 >= side.code.length || columnsOf(indentOf(lineOf(side, last + 1))) <= own;
}

function maskOf(side: CodeSide, ordinal: number): string {
  return side.scan[side.code[ordinal] ?? -1]?.mask ?? "";
}
