import { lineAt } from "../../../../base/text/lines";
import { usesName } from "../../text/whole-word";
import { importsIn } from "../added/go-imports";
import { namesBound } from "../added/import-lines";
import { type Side, saidIn } from "./side";
import type { Gap } from "./steps";

/** Says what the file is: it goes for another one alone. */
const clause = /^(?:package|namespace)\s[^{]*$/;

/** An import that the new text still needs was not taken out. */
export function keepUsedImports(
  file: Side,
  answer: Side,
  gaps: readonly Gap[],
  kept: Set<number>,
  changed: ReadonlyMap<number, number>,
): void {
  const listed = importsIn(file.lines, file.scan, file.facts);
  const text = answer.lines.filter((_, line) => answer.roles[line] === "code");
  for (const gap of gaps)
    for (const line of saidIn(file, gap.file)) {
      const isClause = clause.test(lineAt(file.lines, line)) && !changed.has(line);
      if (isClause && !answer.lines.some((one) => clause.test(one))) kept.add(line);
      if (file.roles[line] !== "import" || changed.has(line) || kept.has(line)) continue;
      const names = listed.get(line) ?? namesBound(lineAt(file.lines, line), file.facts);
      if (
        names.length > 0 &&
        names.some((name) => usesName(text, name)) &&
        !bindsElsewhere(answer, names)
      )
        kept.add(line);
    }
}

function bindsElsewhere(answer: Side, names: readonly string[]): boolean {
  const listed = importsIn(answer.lines, answer.scan, answer.facts);
  return answer.lines.some(
    (line, at) =>
      answer.roles[at] === "import" &&
      (listed.get(at) ?? namesBound(line, answer.facts)).some((name) => names.includes(name)),
  );
}
