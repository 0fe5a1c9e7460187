import { escapeRegExp } from "../../../base/escape-reg-exp";
import { isKnownName } from "../../../base/languages/language-of-file";
import { languages, wordsOf } from "../../../base/languages/languages";
import { limits } from "../limits";
import { says } from "../text/lines";

const fileName = /^[\w@.+~ ()[\]-]*\w\.[A-Za-z][\w+]{0,9}$/;

/** Of a line that is nothing but a path: bold, a heading, in backticks, with `File:` before it. */
export function pathOnLine(line: string): string | undefined {
  let text = line.trim();
  if (text === "" || text.length > limits.mark) return undefined;
  if (text.startsWith("<")) return pathInTag(text);
  text = text.replace(/^(?:#{1,6}\s+|[-*]\s+|>\s+|\d+\.\s+)/, "");
  text = withoutSigns(text);
  text = withoutSigns(
    text
      .replace(r1Name, "")
      .replace(/^(?:file(?:\s*name|\s*path)?|path|in|filename|update|edit)\s*[:=]?\s+/i, ""),
  );
  return isPath(text) ? text : undefined;
}

function withoutSigns(text: string): string {
  return text.replace(/^[*_`"']+/, "").replace(/(?<![*_`"':])[*_`"':]+$/, "");
}

const r1Name = /^\[file name\]:\s*/;

/** A line that begins or ends a file as R1 is handed files: it may give one back like that. */
export function r1Mark(line: string): "begin" | "end" | undefined {
  const [, mark] = /^\s*\[file content (begin|end)\]\s*$/.exec(line) ?? [];
  return mark === "begin" || mark === "end" ? mark : undefined;
}

/** The path that a tag holds or names: `<path>src/a.py</path>`, `<file path="src/a.py">`. */
function pathInTag(text: string): string | undefined {
  const inner = /^<[\w:.-]+(?:[\s=][^<>]*)?>([^<>]+)<\/[\w:.-]+>$/.exec(text)?.[1]?.trim();
  const [, last = ""] = text.split(/[<>]/).reverse();
  const named = text.endsWith(">")
    ? /\s\w*(?:path|file|file_?name)\s?=\s?["']([^"'<>]+)["']/i.exec(last)?.[1]
    : undefined;
  return [inner, named].find((path) => path !== undefined && isPath(path));
}

const usualEndings = new Set(languages.flatMap(({ endings }) => wordsOf(endings)));

/** Some models write it so above the fence with the edit. `order.total` is code. */
export function loneFileName(lines: readonly string[]): string | undefined {
  const [said = "", ...more] = lines.filter(says);
  const path = more.length === 0 ? pathOnLine(said) : undefined;
  return path !== undefined && usualEndings.has(endingOf(path)) ? path : undefined;
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".")).toLowerCase();
}

export function isPath(text: string): boolean {
  if (text === "" || text.length > limits.mark || /[<>|"*?\n]/.test(text)) return false;
  const name = text.replace(/^.*[\\/]/, "");
  // Other whole names are words of prose too: `Appraisals`.
  const isNamed = /^[A-Z]+[a-z]*file$/.test(name) && isKnownName(name);
  if (isNamed || /^\.\w[\w.-]*$/.test(name)) return !/\s/.test(text);
  return fileName.test(name) && !/\s/.test(text);
}

/** In a fence's opening line: `python src/a.py`, `python:src/a.py`, `title="src/a.py"`. */
export function fenceInfo(info: string): { language: string; path?: string } {
  const text = info.slice(0, limits.mark).trim();
  const attribute = /(?:title|file(?:name)?|path)\s*=\s*["']?([^"'\s}]+)["']?/i.exec(text)?.[1];
  const words = text.split(/\s+/).filter((word) => word !== "");
  const [first = "", second] = words;
  const [name, behind] = splitAtColon(first);
  if (attribute !== undefined) return { language: cleanName(name), path: attribute };
  if (behind !== undefined && isPath(behind)) return { language: cleanName(name), path: behind };
  if (isPath(first) && !/^\{/.test(first)) return { language: "", path: first };
  const path = second?.replace(/^[([`]+|(?<![)\]`])[)\]`]+$/g, "");
  if (path !== undefined && isPath(path)) return { language: cleanName(name), path };
  return { language: cleanName(name) };
}

function splitAtColon(word: string): [string, string | undefined] {
  const colon = word.indexOf(":");
  // A drive letter is no language.
  return colon > 1 || (colon === 1 && !/[\\/]/.test(word[2] ?? "/"))
    ? [word.slice(0, colon), word.slice(colon + 1)]
    : [word, undefined];
}

function cleanName(name: string): string {
  return /^\{?\.?([\w+#-]+)/.exec(name)?.[1]?.toLowerCase() ?? "";
}

const commentMarks = new RegExp(
  `^(?:${[
    // The longer first: `--` begins `--[[` too.
    ...new Set(
      languages.flatMap(({ facts }) => [
        ...(facts?.lineComments ?? []),
        ...(facts?.blockComment?.slice(0, 1) ?? []),
      ]),
    ),
  ]
    .sort((one, other) => other.length - one.length)
    .map(escapeRegExp)
    .join("|")})`,
);

/** A path in a comment on the first line of code: `# src/a.py`, `// file: a.ts`. */
export function pathInComment(line: string): string | undefined {
  const text = line.trim();
  const open = r1Name.test(text) ? "" : commentMarks.exec(text)?.[0];
  if (open === undefined || text.length > limits.mark + 20) return undefined;
  return pathOnLine(text.slice(open.length).replace(/(?:-->|\*\/)$/, ""));
}

/** Exactly, else by its end. */
export function filesNamed<F extends { readonly path: string; readonly absolutePath?: string }>(
  path: string,
  files: readonly F[],
): F[] {
  const wanted = normalPath(path);
  if (wanted.split("/").includes("..") || wanted.split("/").includes(".git")) return [];
  const exact = files.filter((file) => normalPath(file.path) === wanted);
  if (exact.length > 0) return exact;
  const isAbsolute = /^(?:\/|[A-Za-z]:\/)/.test(wanted);
  if (isAbsolute && files.some((file) => file.absolutePath !== undefined)) {
    const same = (file: F): boolean =>
      wanted === `/${normalPath(file.path)}` || sameOnDisk(wanted, file.absolutePath);
    return files.filter(same);
  }
  const bare = wanted.replace(/^[ab]\//, "");
  const stripped = files.filter((file) => normalPath(file.path) === bare);
  if (stripped.length > 0) return stripped;
  return files.filter((file) => {
    const own = normalPath(file.path);
    return (
      own.endsWith(`/${bare}`) ||
      (bare.endsWith(`/${own}`) && (own.includes("/") || !isAbsolute || bare === `/${own}`))
    );
  });
}

export function normalPath(path: string): string {
  return path
    .replace(/\\/g, "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/{2,}/g, "/");
}

function sameOnDisk(wanted: string, absolutePath: string | undefined): boolean {
  if (absolutePath === undefined) return false;
  const own = normalPath(absolutePath);
  // Drives are the mark of a system on which capitals do not count.
  return /^[A-Za-z]:/.test(own) ? own.toLowerCase() === wanted.toLowerCase() : own === wanted;
}
