import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import { lastLine, lineAt } from "../../../base/text/lines";
import { depthOf, indentOf } from "../text/indentation";
import { textsOf } from "../text/lines";
import { bareHead } from "./declaration-head";
import type { EditedFile } from "./edited-file";

/** Stands for what follows where the model shows only the beginning of something. */
export const restUnchanged = "// ... rest of the code unchanged ...";

const bodyOfDots = /^(\s*)((?:async\s+)?def\s.*:)\s*(?:\.{3}|…)\s*$/;
const bodyLeftOut = /^(\s*)(\S.*\{)\s*(?:\/[/*]\s*)?(?:\.{3}|…)(?=[\s*}])[^{}]*(\}[\s;,)]*)$/;

/** Stands for a body, a step deeper than its head. */
const leftOut = { brace: "  // ...", indent: "    # ..." };

/**
 * A body that is left out within its line, on lines of its own, where a mark is seen.
 *
 *     static from(jobs) { ... }     static from(jobs) {
 *                                     // ...
 *                                   }
 */
export function withBodiesOpened(
  lines: readonly string[],
  own: ReadonlyMap<string, unknown>,
  { blocks }: LanguageFacts,
): readonly string[] {
  const pattern = blocks === "brace" ? bodyLeftOut : blocks === "indent" ? bodyOfDots : undefined;
  if (pattern === undefined) return lines;
  return lines.flatMap((line, at) => {
    const found = /\.{3}|…/.test(line) && !own.has(line.trim()) ? pattern.exec(line) : null;
    const [, indent = "", head = "", end] = found ?? [];
    if (found === null) return [line];
    if (end !== undefined) return [indent + head, indent + leftOut.brace, indent + end.trimEnd()];
    // A decorator above, such as `@overload`, or a new head: there is no more of it.
    const isStub = /^\s*@/.test(lineAt(lines, at - 1)) || !own.has(head);
    return isStub ? [line] : [indent + head, indent + leftOut.indent];
  });
}

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

const bare = (line: string): string => line.replace(/\s+/g, "");
const opensBehind = (line: string): boolean => line.trimEnd().endsWith("{") && line.trim() !== "{";

/** What has its opening brace behind it, and what has it on the line below. */
const bracesOf = oncePer((file: readonly string[]) => {
  const behind = new Set<string>();
  const below = new Set<string>();
  for (const [at, line] of file.entries()) {
    if (line.trim() === "{") below.add(bare(lineAt(file, at - 1)));
    else if (opensBehind(line)) behind.add(bare(line).slice(0, -1));
  }
  return { behind, below };
});

/** Where a brace stands is layout: left as the model has it, the lines beside it would change. */
export function withBracesOf(file: readonly string[], model: readonly string[]): readonly string[] {
  const own = textsOf(file);
  const mayDiffer = (line: string): boolean =>
    line.trim() === "{" || (opensBehind(line) && !own.has(line.trim()));
  if (!model.some(mayDiffer)) return model;
  const { behind, below } = bracesOf(file);
  const result: string[] = [];
  for (const line of model) {
    const above = lastLine(result);
    const head = bare(line).slice(0, -1);
    if (
      line.trim() === "{" &&
      above.trim() !== "" &&
      behind.has(bare(above)) &&
      !below.has(bare(above)) &&
      !/[{};,([=]\s*$/.test(above)
    ) {
      result[result.length - 1] = `${above.trimEnd()} {`;
    } else if (opensBehind(line) && below.has(head) && !behind.has(head)) {
      result.push(line.replace(/(?<!\s)\s*\{\s*$/, ""), `${indentOf(line)}{`);
    } else result.push(line);
  }
  return result;
}
