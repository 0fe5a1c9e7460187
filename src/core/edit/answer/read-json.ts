import type { AnswerEdit } from "./answer-edit";

const oldKeys = [
  "search",
  "old_string",
  "oldString",
  "old_str",
  "oldText",
  "old_text",
  "old_code",
  "oldCode",
  "old",
  "find",
  "original",
  "before",
  "from",
];
const newKeys = [
  "replace",
  "new_string",
  "newString",
  "new_str",
  "newText",
  "new_text",
  "new_code",
  "newCode",
  "new",
  "replacement",
  "updated",
  "after",
  "to",
  "replace_with",
];
const textKeys = ["content", "contents", "file_text", "fileText", "new_content", "newContent", "code", "full_content"];
const argumentKeys = ["arguments", "input", "parameters", "args"];
const pathKeys = ["path", "file", "file_path", "filePath", "filename", "fileName", "target_file"];

/** Edits written as JSON: any object that holds an old and a new text, however deep. Damaged JSON is mended where that is safe. */
export function readJson(text: string, path: string | undefined): AnswerEdit[] {
  const value = parseLoosely(text);
  const edits: AnswerEdit[] = [];
  walk(value, path, edits, 0);
  return edits;
}

function walk(value: unknown, path: string | undefined, edits: AnswerEdit[], depth: number): void {
  if (depth > 12 || typeof value !== "object" || value === null || edits.length > 1_000) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, path, edits, depth + 1);
    return;
  }
  const object = value as Record<string, unknown>;
  const own = firstText(object, pathKeys) ?? path;
  const before = firstText(object, oldKeys);
  const after = firstText(object, newKeys);
  if (before !== undefined && after !== undefined) {
    edits.push({
      kind: "replace",
      form: "json",
      readings: [{ search: linesOf(before), replace: linesOf(after) }],
      notices: [],
      ...(own === undefined ? {} : { path: own }),
    });
    return;
  }
  const whole = firstText(object, textKeys);
  if (own !== undefined && whole !== undefined && own === firstText(object, pathKeys)) {
    edits.push({ kind: "code", path: own, language: "", lines: linesOf(whole), label: "", pathIsSure: true, marked: true });
    return;
  }
  for (const [key, item] of Object.entries(object)) {
    // A tool's arguments often come as JSON in a string.
    const inner = typeof item === "string" && argumentKeys.includes(key) ? parseLoosely(item) : item;
    walk(inner, own, edits, depth + 1);
  }
}

function firstText(object: Record<string, unknown>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "string") return value;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join("\n");
  }
  return undefined;
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split(/\r\n|\n/);
  if (lines[lines.length - 1] === "") lines.pop();
  return lines;
}

function parseLoosely(text: string): unknown {
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (start < 0 || end <= start) return undefined;
  const whole = text.slice(start, end + 1);
  for (const candidate of [whole, mended(whole)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next form, or no JSON at all.
    }
  }
  return undefined;
}

/** Line breaks inside strings and commas before a closing bracket: the two faults that leave no doubt about what was meant. */
function mended(text: string): string {
  const parts: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (inString && char === "\\") {
      parts.push(char, text[at + 1] ?? "");
      at++;
    } else if (char === '"') {
      inString = !inString;
      parts.push(char);
    } else if (inString && char === "\n") parts.push("\\n");
    else if (inString && char === "\t") parts.push("\\t");
    else if (!inString && char === "," && /^,\s*[}\]]/.test(text.slice(at, at + 200))) parts.push("");
    else if (!(inString && char === "\r")) parts.push(char);
  }
  return parts.join("");
}
