import { type IndentMap, indentOf } from "../../text/indentation";
import type { ScannedLine } from "../../text/scan-line";

/** A string stays as it is; what is inside of a comment keeps its place below what opens it. */
export function reindented(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  map: IndentMap,
): string[] {
  let opener = "";
  return lines.map((text, at) => {
    const line = scan[at];
    const indent = indentOf(text);
    if (text.trim() === "") return "";
    if (line?.inside && line.kind === "code") return text;
    if (line?.inside && line.kind === "comment" && !line.docstring && text.startsWith(opener))
      return map.map(opener) + text.slice(opener.length);
    opener = indent;
    return map.map(indent) + text.slice(indent.length);
  });
}
