import { limits } from "../limits";
import { type AnswerEdit, codeEdit, replaceEdit } from "./answer-edit";
import { filesNamed } from "./named-path";
import { isJson } from "./own-content";
import type { OwnText } from "./own-text";

/** In small letters, the surer first: data of any kind may have the plain words. */
const sureOldKey = /^(?:search|old_?(?:string|str|text|code|content))$/;
const oldKeys = [sureOldKey, /^(?:old|find|original|before|from)$/];
const newKeys = [
  /^(?:replace|new_?(?:string|str|text|code|content))$/,
  /^(?:new|modified|updated|replacement|replace_with|after|to)$/,
];
const textKeys = [/^(?:contents?|file_?text|new_?content|code|full_content)$/];
const pathKeys = [/^(?:path|file|file_?path|file_?name|target_file)$/];
const argumentKeys = ["arguments", "input", "parameters", "args"];

/** @param own an object with keys that the files themselves have is data */
export function readJson(text: string, path: string | undefined, own: OwnText): AnswerEdit[] {
  const edits: AnswerEdit[] = [];
  walk(parseLoosely(text), path, { edits, own, isNamed: false }, 0);
  return edits;
}

interface Walk {
  readonly edits: AnswerEdit[];
  readonly own: OwnText;
  readonly isNamed: boolean;
}

function walk(value: unknown, path: string | undefined, walked: Walk, depth: number): void {
  const { edits, own } = walked;
  if (depth > limits.places || typeof value !== "object" || value === null) return;
  if (edits.length > limits.entries) return;
  const object = value as Record<string, unknown>;
  const named = textOf(object, pathKeys);
  const isNamed = walked.isNamed || named !== undefined;
  const file = named?.text ?? path;
  const before = textOf(object, oldKeys);
  const after = textOf(object, newKeys);
  if (before && after) {
    const search = linesOf(before.text);
    const isSure = isNamed || sureOldKey.test(before.key.toLowerCase());
    const isEdit = areOwnKeys([before.key, after.key], own) ? namesCode(file, own) : isSure;
    if (!isEdit && own.files.length > 0 && !own.hasAll(search)) return;
    edits.push(replaceEdit("json", { search, replace: linesOf(after.text) }, file));
    return;
  }
  const whole = textOf(object, textKeys);
  if (named && whole) {
    if (areOwnKeys([named.key, whole.key], own) && !namesCode(file, own)) return;
    edits.push(codeEdit(linesOf(whole.text), { path: named.text, marked: true }));
    return;
  }
  for (const [key, item] of Object.entries(object)) {
    // A tool's arguments often come as JSON in a string.
    const isText = typeof item === "string" && argumentKeys.includes(key);
    walk(isText ? parseLoosely(item) : item, file, { ...walked, isNamed }, depth + 1);
  }
}

function areOwnKeys(keys: readonly string[], own: OwnText): boolean {
  return keys.every((key) => own.mentions(`"${key}"`));
}

function namesCode(path: string | undefined, own: OwnText): boolean {
  return path !== undefined && filesNamed(path, own.files).some((file) => !isJson(file));
}

function textOf(
  object: Record<string, unknown>,
  keys: readonly RegExp[],
): { key: string; text: string } | undefined {
  const entries = Object.entries(object);
  for (const [key, value] of keys.flatMap((named) =>
    entries.filter(([own]) => named.test(own.toLowerCase())),
  )) {
    if (typeof value === "string") return { key, text: value };
    if (Array.isArray(value) && value.every((item) => typeof item === "string"))
      return { key, text: value.join("\n") };
  }
  return undefined;
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === "") lines.pop();
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
      // The next form.
    }
  }
  return undefined;
}

/** Line breaks inside strings and commas before a closing bracket. */
function mended(text: string): string {
  const parts: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (inString && char === "\\") {
      parts.push(char, text.charAt(at + 1));
      at++;
    } else if (char === '"') {
      inString = !inString;
      parts.push(char);
    } else if (inString && char === "\n") parts.push("\\n");
    else if (inString && char === "\t") parts.push("\\t");
    else if (!inString && char === "," && /^,\s*[}\]]/.test(text.slice(at, at + 200)))
      parts.push("");
    else if (!(inString && char === "\r")) parts.push(char);
  }
  return parts.join("");
}
