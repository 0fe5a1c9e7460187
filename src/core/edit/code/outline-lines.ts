import type { LanguageFacts } from "../../../base/languages/language";
import { textsOf } from "../text/texts-of";
import { bareHead } from "./declarations";
import type { EditedFile } from "./edited-file";

/**
 * The model's lines without heads that it copied from a list of what the file has (`class Stock`, `Stock: def take(self)`): they say
 * that something is there and are no code. A head that lost only its colon, with a body below it, gets the file's.
 */
export function withoutOutline(
  file: EditedFile,
  lines: readonly string[],
  facts: LanguageFacts,
): readonly string[] {
  if (facts.blocks === "none") return lines;
  const heads = new Map<string, string>();
  for (const one of file.declarations) {
    const head = file.lines[one.head] ?? "";
    const text =
      facts.blocks === "brace"
        ? head.slice(0, head.indexOf("{") < 0 ? undefined : head.indexOf("{"))
        : head;
    const said = bareHead(text);
    if (said.length > 3) heads.set(said, head);
  }
  // A line that the file has as it is is code, such as the first of a head that goes on below.
  const known = textsOf(file.lines);
  const result: string[] = [];
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    const listed = /^[A-Z]\w*:\s+(\S.*)$/.exec(text)?.[1];
    const head = heads.get(bareHead(listed ?? text)) ?? heads.get(bareHead(text));
    const isHead = head !== undefined && !/[:{;},(]$/.test(text) && !known.has(text);
    if (!isHead) {
      result.push(line);
      continue;
    }
    const next = lines.slice(at + 1).find((other) => other.trim() !== "");
    const hasBody = next !== undefined && indentWidth(next) > indentWidth(line);
    if (listed === undefined && facts.blocks === "brace" && next?.trim().startsWith("{"))
      result.push(line);
    else if (facts.blocks === "indent" && hasBody)
      result.push(`${line.slice(0, indentWidth(line))}${(listed ?? text).trim()}:`);
    else if (facts.blocks === "end" && hasBody) result.push(line);
    else while (/^\s*@\w/.test(result[result.length - 1] ?? "")) result.pop();
  }
  return result;
}

function indentWidth(line: string): number {
  return line.length - line.trimStart().length;
}
