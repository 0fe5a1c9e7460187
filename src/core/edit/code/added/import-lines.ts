import { anyImport } from "../../../../base/languages/import-forms";
import type { LanguageFacts } from "../../../../base/languages/language";
import { lineAt } from "../../../../base/text/lines";
import { limits } from "../../limits";
import type { ScannedLine } from "../../text/scan-line";

export function isImport(line: string, { imports = anyImport }: LanguageFacts): boolean {
  return !/^\s/.test(line) && imports.some((form) => form.line.test(line));
}

export function namesBound(
  line: string,
  { imports = anyImport }: LanguageFacts,
): readonly string[] {
  const text = line.trim().replace(/;$/, "");
  for (const { names } of imports) {
    const found = names?.(text);
    if (found !== undefined) return found;
  }
  return [];
}

/** Behind the last of its shape, else that begins as it does, else the last, else the head. */
export function importPlace(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  facts: LanguageFacts,
  sample = "",
): number {
  let last = -1;
  let lastAlike = -1;
  let lastOfShape = -1;
  const word = /^\s*\S+/.exec(sample)?.[0];
  let opening = 0;
  let sawCode = false;
  for (let at = 0; at < Math.min(lines.length, limits.reach); at++) {
    const line = lineAt(lines, at);
    const scanned = scan[at];
    if (scanned?.kind === "code" && !scanned.inside && isImport(line, facts)) {
      last = at;
      sawCode = true;
      // A list in brackets goes on below.
      while (at + 1 < lines.length && ((scan[at + 1]?.depth ?? 0) > 0 || scan[at + 1]?.inside))
        last = ++at;
      if (/^\s*\S+/.exec(line)?.[0] === word) lastAlike = last;
      if (shapeOf(line) === shapeOf(sample)) lastOfShape = last;
    } else if (last >= 0 && scanned?.kind === "code" && !scanned.inside && opensCode.test(line)) {
      // What is brought in further below comes too late, or for a part alone.
      break;
    } else if (scanned?.kind === "code" && /^(?:package\s|["']use strict["']|#!)/.test(line))
      opening = at + 1;
    else if (scanned?.kind === "code") sawCode = true;
    else if (!sawCode && (scanned?.docstring || /^#!/.test(line))) opening = at + 1;
  }
  const best = [lastOfShape, lastAlike, last].find((line) => line >= 0);
  return best === undefined ? opening : best + 1;
}

const opensCode =
  /^(?:\{|template\b|(?:(?:export|default|async|pub|static|public|abstract|final) )*(?:function|def|class|fn|func|fun|struct|typedef|enum|interface|trait|impl|module|namespace|object|sub)\b(?!\.))/;

/** `import a.b` and `import c` have one, `import a as b` and `import a.*` have others. */
function shapeOf(line: string): string {
  const [word = ""] = /^\s*\S+/.exec(line) ?? [];
  return (
    word +
    line
      .slice(word.length)
      .trimEnd()
      .replace(/[\w$./\\:-]+/g, "_")
      .replace(/_(?:, _)+/g, "_")
  );
}
