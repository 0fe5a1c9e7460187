import { usesName } from "../../text/whole-word";
import { namesBound } from "../added/import-lines";
import { type Side, saidIn } from "./side";
import type { Gap } from "./steps";

/** An import that the new text still needs was not taken out. */
export function keepUsedImports(
  file: Side,
  answer: Side,
  gaps: readonly Gap[],
  kept: Set<number>,
  changed: ReadonlyMap<number, number>,
): void {
  const text = answer.lines.filter((_, line) => answer.roles[line] === "code");
  for (const gap of gaps)
    for (const line of saidIn(file, gap.file)) {
      if (file.roles[line] !== "import" || changed.has(line) || kept.has(line)) continue;
      const names = namesBound(file.lines[line] ?? "", file.facts);
      if (
        names.length > 0 &&
        names.some((name) => usesName(text, name)) &&
        !bindsElsewhere(answer, names)
      )
        kept.add(line);
    }
}

function bindsElsewhere(answer: Side, names: readonly string[]): boolean {
  return answer.lines.some(
    (line, at) =>
      answer.roles[at] === "import" &&
      namesBound(line, answer.facts).some((name) => names.includes(name)),
  );
}
