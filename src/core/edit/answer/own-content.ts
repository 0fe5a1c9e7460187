import { limits } from "../limits";
import { languagesAgree } from "../text/fence-languages";
import { firstSaid } from "../text/lines";
import { jsonShape } from "./json-shape";
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
