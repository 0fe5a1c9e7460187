import { limits } from "../limits";
import { languagesAgree } from "../text/fence-languages";
import { firstSaid } from "../text/lines";
import { filesNamed } from "./named-path";
import type { OwnFile, OwnText } from "./own-text";

/** Beyond doubt: an empty file, or data with the same keys or root. Marks in it are data, too. */
export function fileGivenWhole(
  lines: readonly string[],
  language: string,
  path: string | undefined,
  own: OwnText,
): OwnFile | undefined {
  const files = path === undefined ? own.files : filesNamed(path, own.files);
  const [only] = files;
  if (only && files.length === 1 && only.text.trim() === "") {
    return languagesAgree(language, only.languageId) ? only : undefined;
  }
  if (!/^[{[<]/.test(firstOf(lines))) return undefined;
  const text = lines.join("\n");
  return files.find((file) => isSameJson(text, file) || isSameMarkup(text, file));
}

export function isJson(file: OwnFile): boolean {
  return jsonShape(file.text.slice(0, limits.shapeOfText)) !== undefined;
}

function isSameJson(text: string, file: OwnFile): boolean {
  const theirs = jsonShape(text.slice(0, limits.shapeOfText));
  const ours = theirs?.isWhole ? jsonShape(file.text.slice(0, limits.shapeOfText)) : undefined;
  if (!theirs || !ours || ours.open !== theirs.open) return false;
  const shared = [...theirs.keys].filter((key) => ours.keys.has(key)).length;
  // A list of lists or of names has no keys to compare.
  if (ours.keys.size + theirs.keys.size === 0) return true;
  return shared * 3 >= Math.max(theirs.keys.size, ours.keys.size) * 2;
}

function isSameMarkup(text: string, file: OwnFile): boolean {
  const root = rootOf(text);
  if (root === undefined || root !== rootOf(file.text)) return false;
  const last = (all: string): string => all.slice(all.lastIndexOf("<")).trim();
  return last(text) === last(file.text);
}

function firstOf(lines: readonly string[]): string {
  return firstSaid(lines).trim();
}

/** Name of the first element of a text that is markup: `rules` of `<?xml ...?><rules>`. */
export function rootOf(text: string): string | undefined {
  let at = 0;
  for (;;) {
    while (at < text.length && /[\s\uFEFF]/.test(text.charAt(at))) at++;
    if (text[at] !== "<") return undefined;
    const next = text[at + 1];
    if (next !== "?" && next !== "!") break;
    const close = text.startsWith("<!--", at) ? "-->" : next === "?" ? "?>" : ">";
    const end = text.indexOf(close, at);
    if (end < 0) return undefined;
    at = end + close.length;
  }
  return /^<([A-Za-z_][\w.:-]*)/.exec(text.slice(at, at + limits.mark))?.[1];
}

/** What JSON is about, whatever comments and damage are in it. */
interface JsonShape {
  readonly open: "{" | "[";
  /** The keys of the outermost object, or of the objects in the outermost list. */
  readonly keys: ReadonlySet<string>;
  /** Everything that was opened is closed, and nothing stands behind. */
  readonly isWhole: boolean;
}

function jsonShape(text: string): JsonShape | undefined {
  const keys = new Set<string>();
  let open: "{" | "[" | undefined;
  let depth = 0;
  let keysAt = 1;
  let isWhole = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (/\s/.test(char) || char === "\uFEFF") continue;
    if (isWhole) return open && { open, keys, isWhole: false };
    if (open === undefined) {
      if (char !== "{" && char !== "[") return undefined;
      open = char;
      keysAt = char === "{" ? 1 : 2;
    }
    if (char === '"' || char === "'") {
      const end = endOfString(text, at);
      if (depth === keysAt && isKey(text, end)) keys.add(text.slice(at + 1, end - 1));
      at = end - 1;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      isWhole = depth === 0;
    }
  }
  return open && { open, keys, isWhole };
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return text[at] === ":";
}
