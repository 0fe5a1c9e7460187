import type { LanguageFacts } from "../../../base/languages/language";
import { lastLine, lineAt } from "../../../base/text/lines";
import { depthOf, indentOf } from "../text/indentation";
import { textsOf } from "../text/lines";
import { bareHead } from "./declaration-head";
import type { EditedFile } from "./edited-file";

/** `Stock: def take(self)` says that something is there; with a body below it lost its colon. */
export function withoutOutline(
  file: EditedFile,
  lines: readonly string[],
  facts: LanguageFacts,
): readonly string[] {
  if (facts.blocks === "none") return lines;
  // Most answers have no such line.
  let heads: ReadonlyMap<string, string> | undefined;
  // A line that the file has as it is is code, such as the first of a head that goes on below.
  const known = textsOf(file.lines);
  const result: string[] = [];
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    const listed = /^[A-Z]\w*:\s+(\S.*)$/.exec(text)?.[1];
    const isCode = text === "" || /[:{;},(]$/.test(text) || known.has(text);
    heads ??= isCode ? undefined : headsOf(file);
    const head = heads?.get(bareHead(listed ?? text)) ?? heads?.get(bareHead(text));
    if (isCode || head === undefined) {
      result.push(line);
      continue;
    }
    const next = lines.slice(at + 1).find((other) => other.trim() !== "");
    const hasBody = next !== undefined && depthOf(next) > depthOf(line);
    if (listed === undefined && facts.blocks === "brace" && next?.trim().startsWith("{"))
      result.push(line);
    else if (facts.blocks === "indent" && hasBody)
      result.push(`${indentOf(line)}${(listed ?? text).trim()}:`);
    else if (facts.blocks === "end" && hasBody) result.push(line);
    else while (/^\s*@\w/.test(lastLine(result))) result.pop();
  }
  return result;
}

function headsOf({ declarations, lines, facts }: EditedFile): ReadonlyMap<string, string> {
  const heads = new Map<string, string>();
  for (const one of declarations) {
    const head = lineAt(lines, one.head);
    const brace = facts.blocks === "brace" ? head.indexOf("{") : -1;
    const said = bareHead(brace < 0 ? head : head.slice(0, brace));
    if (said.length > 3) heads.set(said, head);
  }
  return heads;
}
