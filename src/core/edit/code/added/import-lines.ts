import type { ScannedLine } from "../../text/scan-line";

/** One pattern per way to bring names in: the languages share them. */
const importForms: readonly RegExp[] = [
  /^(?:import|@import|@use|@forward)\s+\S/,
  /^from\s+\S+\s+import\s/,
  /^(?:const|let|var|local)\s[^=;]+=\s*require\b/,
  /^(?:pub(?:\([^)]*\))?\s+)?use\s+(?:function\s+|const\s+)?[\w:\\{*][^()=]*;?$/,
  /^(?:global\s+)?using\s[\w.=\s:<>]+;$/,
  /^#\s*(?:include|import)\s*[<"]/,
  /^(?:require|require_relative|require_once|include_once|load|source)\b\s*(?:\(\s*)?["'\w/]/,
  /^export\s+(?:\*|\{[^}]*\})\s+from\s/,
];

export function isImport(line: string): boolean {
  return indentless(line) && importForms.some((form) => form.test(line));
}

function indentless(line: string): boolean {
  return !/^\s/.test(line);
}

/** The names that an import line binds, for knowing whether new code needs it. */
export function namesBound(line: string): string[] {
  const text = line.trim().replace(/;$/, "");
  const python = /^from\s+\S+\s+import\s+(\S.*)$/.exec(text)?.[1];
  if (python !== undefined) return words(python.replace(/[()]/g, ""));
  const plain = /^import\s([\w.,\s]+)$/.exec(text)?.[1];
  // Java imports bind the last part, Python's the first.
  if (plain !== undefined)
    return words(plain).flatMap((name) => [name.split(".")[0] ?? "", name.split(".").pop() ?? ""]);
  const script =
    /^import\s+(?:type\s+)?(\S.*?)(?<!\s)\s+from\b/.exec(text)?.[1] ??
    /^(?:const|let|var)\s+([^\s=][^=]*)=/.exec(text)?.[1];
  if (script !== undefined) return words(script.replace(/[{}*]/g, ""));
  const used = /^(?:pub\s+)?use\s+(\S.*)$/.exec(text)?.[1];
  if (used !== undefined) return used.split(/[^\w]+/).filter((name) => name !== "");
  const local = /^local\s+(\w+)/.exec(text)?.[1];
  return local === undefined ? [] : [local];
}

function words(list: string): string[] {
  return list
    .split(",")
    .map((part) => (/\bas\s+(\w+)/.exec(part)?.[1] ?? part.trim()).trim())
    .filter((name) => name !== "");
}

/** The line before which an import goes: behind the last one at the top of its shape, behind the last that begins as it does, behind the last of all, else behind the opening comments. */
export function importPlace(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  sample = "",
): number {
  let last = -1;
  let lastAlike = -1;
  let lastOfShape = -1;
  const word = /^\s*\S+/.exec(sample)?.[0];
  let opening = 0;
  let sawCode = false;
  for (let at = 0; at < lines.length && at < 400; at++) {
    const line = lines[at] ?? "";
    const scanned = scan[at];
    if (scanned?.kind === "code" && !scanned.inside && isImport(line)) {
      last = at;
      sawCode = true;
      // A list in brackets goes on below.
      while (at + 1 < lines.length && ((scan[at + 1]?.depth ?? 0) > 0 || scan[at + 1]?.inside))
        last = ++at;
      if (/^\s*\S+/.exec(line)?.[0] === word) lastAlike = last;
      if (shapeOf(line) === shapeOf(sample)) lastOfShape = last;
    } else if (scanned?.kind === "code" && /^(?:package\s|["']use strict["']|#!)/.test(line))
      opening = at + 1;
    else if (scanned?.kind === "code") sawCode = true;
    else if (!sawCode && (scanned?.docstring || /^#!/.test(line))) opening = at + 1;
  }
  const best = [lastOfShape, lastAlike, last].find((line) => line >= 0);
  return best === undefined ? opening : best + 1;
}

/** An import without its names: `import a.b` and `import c` have one shape, `import a as b` and `import a.*` have others. */
function shapeOf(line: string): string {
  const word = /^\s*\S+/.exec(line)?.[0] ?? "";
  return (
    word +
    line
      .slice(word.length)
      .trimEnd()
      .replace(/[\w$./\\:-]+/g, "_")
      .replace(/_(?:, _)+/g, "_")
  );
}
