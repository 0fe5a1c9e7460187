import { says } from "../text/lines";
import {
  type AnswerEdit,
  codeEdit,
  malformed,
  type Reading,
  type ReplaceEdit,
} from "./answer-edit";
import { isElision } from "./elision";

export function looksLikeDiff(language: string, lines: readonly string[]): boolean {
  if (language === "diff" || language === "patch" || language === "udiff") return true;
  if (lines.some((line) => /^@@ .*@@/.test(line)) && lines.some((line) => /^[+-]/.test(line)))
    return true;
  const said = lines.filter(says);
  const minus = said.some((line) => /^-(?!-\s*$)/.test(line));
  const plus = said.some((line) => /^\+/.test(line));
  return minus && plus && said.every((line) => /^[ \t+-]/.test(line));
}

/** Placed by their lines: the numbers in a model's diff are a guess. */
export function readDiff(lines: readonly string[], path: string | undefined): AnswerEdit[] {
  const edits: AnswerEdit[] = [];
  let current = path;
  let before: string | undefined;
  let hunk: string[] = [];
  let lineHint: number | undefined;
  const flush = (): void => {
    const edit = hunkEdit(hunk, current, "unifiedDiff", []);
    const oldPath = before === current ? undefined : before;
    if (edit) edits.push({ ...edit, oldPath, lineHint });
    hunk = [];
    lineHint = undefined;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^--- \S/.test(line) && /^\+\+\+ \S/.test(lines[at + 1] ?? "")) {
      flush();
      const name = (text: string): string => text.slice(4).replace(/\t.*/s, "").trim();
      const fresh = name(lines[at + 1] ?? "");
      const old = name(line);
      current = fresh === "/dev/null" ? old : fresh;
      before = old;
      at++;
    } else if (
      /^(?:diff --git|index [0-9a-f]+\.\.|new file|deleted file|similarity|rename )/.test(line)
    )
      flush();
    else if (line.startsWith("@@")) {
      flush();
      const start = /^@@\s*-(\d+)/.exec(line)?.[1];
      lineHint = start === undefined ? undefined : Number(start);
    } else if (!/^[+-]/.test(line) && isElision(line)) flush();
    else hunk.push(line);
  }
  flush();
  return edits;
}

function hunkEdit(
  lines: readonly string[],
  path: string | undefined,
  form: "unifiedDiff" | "patch",
  below: readonly string[],
): ReplaceEdit | undefined {
  if (!lines.some((line) => /^[+-]/.test(line))) return undefined;
  let end = lines.length;
  let start = 0;
  while (end > start && (lines[end - 1] ?? "").trim() === "") end--;
  while (start < end && (lines[start] ?? "") === "") start++;
  const said = lines.slice(start, end).filter((line) => !line.startsWith("\\"));
  // Without the blank before unchanged lines nothing is cut off them.
  const context = said.filter((line) => !/^[+-]/.test(line) && line.trim() !== "");
  const cut = context.every((line) => line.startsWith(" "));
  const behindSign = isSetOff(said, context) ? 2 : 1;
  const reading = (
    cutBlank: boolean,
    isAdded = (at: number): boolean => (said[at] ?? "").startsWith("+"),
  ): Reading => {
    const search: string[] = [];
    const replace: string[] = [];
    for (const [at, line] of said.entries()) {
      const isCut = cutBlank && line.startsWith(" ");
      const text = line.slice(/^[+-]/.test(line) ? behindSign : isCut ? 1 : 0);
      if (!isAdded(at)) search.push(text);
      if (!line.startsWith("-")) replace.push(text);
    }
    return { search, replace };
  };
  const forgotten = forgottenPlus(said);
  return {
    kind: "replace",
    form,
    readings: [
      ...(cut ? [reading(true), reading(false)] : [reading(false)]),
      ...(forgotten.size > 0
        ? [reading(true, (at) => said[at]?.startsWith("+") || forgotten.has(at))]
        : []),
    ],
    path,
    below,
    notices: [],
  };
}

/** `+ b();` beside `a();` */
function isSetOff(said: readonly string[], context: readonly string[]): boolean {
  const isEven = (text: string): boolean => /^(?: {2})*(?=\S)/.test(text);
  const signed = said.filter((line) => /^[+-]/.test(line) && line.trim().length > 1);
  return (
    context.length > 0 &&
    context.every((line) => isEven(line)) &&
    signed.every((line) => line.startsWith(" ", 1) && isEven(line.slice(2)))
  );
}

/** Lines without any sign between two that are added: the model forgot their plus. */
function forgottenPlus(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1] ?? "";
    if (/^[^+\- ]/.test(line) && (before.startsWith("+") || found.has(at - 1))) found.add(at);
  }
  for (let at = lines.length - 1; at >= 0; at--)
    if (found.has(at) && !(lines[at + 1] ?? "").startsWith("+") && !found.has(at + 1))
      found.delete(at);
  return found;
}

export function isPatchStart(line: string): boolean {
  return /^\s*\*\*\* (?:Begin Patch|(?:Update|Add) File:)/.test(line);
}

export function isPatchEnd(line: string): boolean {
  return /^\s*\*\*\* End Patch/.test(line);
}

export function isUnfinishedPatch(lines: readonly string[]): boolean {
  const last = lines.findLast(says) ?? "";
  return /Begin Patch/.test(lines[0] ?? "") && !lines.some(isPatchEnd) && !last.startsWith(" ");
}

function newFile(lines: readonly string[], path: string | undefined): AnswerEdit {
  const said = lines.filter(says);
  const signed = said.filter((line) => line.startsWith("+")).length;
  if (signed > 0 && signed < said.length)
    return malformed("A patch that adds a file has lines without a plus.", lines, path);
  const text = lines.map((line) => (line.startsWith("+") ? line.slice(1) : line));
  return codeEdit(text, { path, pathIsSure: true, adds: true });
}

export function readPatch(lines: readonly string[]): AnswerEdit[] {
  const edits: AnswerEdit[] = [];
  let path: string | undefined;
  let hunk: string[] = [];
  let below: string[] = [];
  let added: string[] | undefined;
  const flush = (): void => {
    if (added) edits.push(newFile(added, path));
    else {
      const edit = hunkEdit(hunk, path, "patch", below);
      if (edit) edits.push(edit);
    }
    hunk = [];
    added = undefined;
    below = [];
  };
  for (const line of lines) {
    const head =
      /^\s*\*\*\* (Begin Patch|End Patch|End of File|Update File:|Add File:|Delete File:|Move to:)(.*)$/.exec(
        line,
      );
    if (head) {
      const [, what, rest] = head;
      if (what === "End of File") continue;
      flush();
      if (what === "Update File:" || what === "Add File:") path = (rest ?? "").trim();
      if (what === "Add File:") added = [];
      if (what === "Delete File:" || what === "Move to:") {
        const message = "The patch deletes or renames a file, which is not done here.";
        edits.push(malformed(message, [line], (rest ?? "").trim()));
      }
    } else if (added) added.push(line);
    else if (line.startsWith("@@")) {
      if (hunk.length > 0) flush();
      const anchor = line.replace(/^@@\s?/, "").replace(/(?<!\s)\s*@@\s*$/, "");
      if (anchor.trim() !== "" && !/^-\d/.test(anchor)) below.push(anchor);
    } else hunk.push(line);
  }
  flush();
  return edits;
}
