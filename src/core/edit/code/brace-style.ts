import { oncePer } from "../../../base/once-per";
import { lastLine, lineAt } from "../../../base/text/lines";
import { indentOf } from "../text/indentation";
import { textsOf } from "../text/lines";

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
