import { columnsOf, indentOf } from "../../text/indentation";
import type { Declaration } from "../declarations";
import type { EditedFile } from "../edited-file";

/** As the file has them behind or before it. */
export function blankLinesAround(file: EditedFile, one: Declaration, isTop: boolean): string[] {
  const depth = columnsOf(indentOf(file.lines[one.head] ?? ""));
  const isSibling = (line: number): boolean => {
    const text = file.lines[line];
    return (
      text !== undefined &&
      text.trim() !== "" &&
      columnsOf(indentOf(text)) === depth &&
      !/^\s*[}\])]/.test(text)
    );
  };
  let behind = one.end;
  while (behind < file.lines.length && (file.lines[behind] ?? "").trim() === "") behind++;
  if (behind > one.end && isSibling(behind)) return blanks(behind - one.end);
  let before = one.start;
  while (before > 0 && (file.lines[before - 1] ?? "").trim() === "") before--;
  const above = file.lines[before - 1];
  if (before < one.start && above !== undefined && columnsOf(indentOf(above)) >= depth)
    return blanks(one.start - before);
  return blanks(isTop && file.facts.blocks === "indent" ? 2 : 1);
}

function blanks(count: number): string[] {
  return Array.from({ length: Math.min(count, 3) }, () => "");
}
