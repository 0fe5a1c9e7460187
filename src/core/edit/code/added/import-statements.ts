import { lastLine, lineAt } from "../../../../base/text/lines";
import { limits } from "../../limits";
import { indentOf } from "../../text/indentation";
import type { ScannedLine } from "../../text/scan-line";

/** An import that lists names of one module, in lines `[start, end)`. */
export interface ImportStatement {
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly names: readonly string[];
  /** The whole module's name, beside or instead of the list. */
  readonly whole?: string;
}

const starts = /^(?:import|from|use|pub\s+use|const|let|var)\b/;

/** The imports of a text that list names; others are whole lines. */
export function importStatements(
  lines: readonly string[],
  scan: readonly ScannedLine[],
): ImportStatement[] {
  const found: ImportStatement[] = [];
  for (const [start, line] of lines.entries()) {
    if (scan[start]?.kind !== "code" || scan[start]?.inside || !starts.test(line)) continue;
    const end = endOf(lines, start);
    const text = lines.slice(start, end).join(" ").replace(/\s+/g, " ").trim();
    const read = readScript(text) ?? readRequire(text) ?? readPython(text) ?? readRust(text);
    if (read) found.push({ start, end, ...read });
  }
  return found;
}

function endOf(lines: readonly string[], start: number): number {
  let open = 0;
  for (let at = start; at < Math.min(lines.length, start + limits.piece); at++) {
    for (const char of lineAt(lines, at)) {
      if (char === "(" || char === "{") open++;
      else if (char === ")" || char === "}") open--;
    }
    if (open <= 0) return at + 1;
  }
  return start + 1;
}

type Read = Pick<ImportStatement, "key" | "names" | "whole">;

function readScript(text: string): Read | undefined {
  const match =
    /^import (type )?(?:([\w$]+) ?,? ?)?(?:\{([^{}]*)\} ?)?from ?["']([^"']+)["'] ?;?$/.exec(text);
  const [, kind = "", whole, list, from] = match ?? [];
  if (whole === undefined && list === undefined) return undefined;
  return { key: `import ${kind}${from}`, names: listed(list), ...(whole ? { whole } : {}) };
}

function readRequire(text: string): Read | undefined {
  const match = /^(?:const|let|var) \{([^{}]*)\} ?= ?require\(["']([^"']+)["']\) ?;?$/.exec(text);
  return match ? { key: `require ${match[2]}`, names: listed(match[1]) } : undefined;
}

function readPython(text: string): Read | undefined {
  const match = /^from (\S+) import (?:\(([^()#]*)\)|([^()#*]+))$/.exec(text);
  return match ? { key: `from ${match[1]}`, names: listed(match[2] ?? match[3]) } : undefined;
}

function readRust(text: string): Read | undefined {
  const match = /^((?:pub )?use) ([\w:]+)::(?:\{([\w\s,]*)\}|([\w]+)) ?;$/.exec(text);
  return match
    ? { key: `${match[1]} ${match[2]}`, names: listed(match[3] ?? match[4]) }
    : undefined;
}

function listed(list = ""): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

export function boundName(item: string): string {
  return /(?:\bas |: ?)([\w$]+)$/.exec(item)?.[1] ?? item.replace(/^type /, "");
}

function inPlaceOf(old: string, text: string): string {
  const rest = old.trimStart();
  return old.slice(0, old.length - rest.length) + text + rest.slice(rest.trimEnd().length);
}

/** In its own layout; undefined where that is not told by its lines. */
export function withNames(
  lines: readonly string[],
  own: ImportStatement,
  names: readonly string[],
  whole?: string,
): string[] | undefined {
  const [line = ""] = lines;
  const fresh = names.filter((name) => !own.names.includes(name));
  if (lines.length === 1) {
    const listedNow = names.join(", ");
    if (/\{[^{}]*\}/.test(line)) {
      const list = line.replace(
        /\{[^{}]*\}/,
        (group) => `{${inPlaceOf(group.slice(1, -1), listedNow)}}`,
      );
      return [
        whole === undefined
          ? list
          : list.replace(/^import\s+(type\s+)?/, (head) => `${head}${whole}, `),
      ];
    }
    if (line.startsWith("from"))
      return [
        line.replace(
          /^(\S+\s+\S+\s+import(?:\s*\()?)([^()]*)(?=\)\s*$|$)/,
          (_, head: string, list: string) => head + inPlaceOf(list, listedNow),
        ),
      ];
    if (/^(?:pub\s+)?use\b/.test(line)) return [line.replace(/::\w+\s*;\s*$/, `::{${listedNow}};`)];
    return [line.replace(/^(import\s+(?:type\s+)?[\w$]+)/, (head) => `${head}, { ${listedNow} }`)];
  }
  const last = lineAt(lines, lines.length - 2);
  if (
    whole !== undefined ||
    lines.length < 3 ||
    !/^\s*[})]/.test(lastLine(lines)) ||
    /#|\/\//.test(last)
  )
    return undefined;
  const indent = indentOf(last);
  const comma = /,\s*$/.test(last);
  const added = fresh.map(
    (name, at) => `${indent}${name}${comma || at < fresh.length - 1 ? "," : ""}`,
  );
  return [...lines.slice(0, -2), comma ? last : `${last.trimEnd()},`, ...added, lastLine(lines)];
}
