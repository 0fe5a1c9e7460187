import { lineAt } from "../../../base/text/lines";
import { lastSaid, says } from "../text/lines";
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

const patchHead =
  /^\s*\*\*\* (Begin Patch|End Patch|End of File|Update File:|Add File:|Delete File:|Move to:)(.*)$/;
const gitHead = /^(?:diff --git|index [0-9a-f]+\.\.|new file|deleted file|similarity|rename )/;

/** A unified diff, or a patch: placed by their lines, as the numbers in a model's diff are a guess. */
export function readDiff(lines: readonly string[], path: string | undefined): AnswerEdit[] {
  const edits: AnswerEdit[] = [];
  let form: "unifiedDiff" | "patch" = "unifiedDiff";
  let current = path;
  let hunk: string[] = [];
  let added: string[] | undefined;
  let lineHint: number | undefined;
  const flush = (): void => {
    const edit = added ? newFile(added, current) : hunkEdit(hunk, current, form);
    if (edit) edits.push(edit.kind === "replace" ? { ...edit, lineHint } : edit);
    hunk = [];
    added = undefined;
    lineHint = undefined;
  };
  for (const [at, line] of lines.entries()) {
    const next = lineAt(lines, at + 1);
    const [, head, rest = ""] = patchHead.exec(line) ?? [];
    if (head === "End of File") continue;
    if (head !== undefined) {
      flush();
      form = "patch";
      if (head === "Update File:" || head === "Add File:") current = rest.trim();
      if (head === "Add File:") added = [];
      if (head === "Delete File:" || head === "Move to:") {
        const message = "The patch deletes or renames a file, which is not done here.";
        edits.push(malformed(message, [line], rest.trim()));
      }
    } else if (added) added.push(line);
    else if (/^--- \S/.test(line) && /^\+\+\+ \S/.test(next)) {
      flush();
      current = nameIn(next) === "/dev/null" ? nameIn(line) : nameIn(next);
    } else if (/^\+\+\+ \S/.test(line) && /^--- \S/.test(lineAt(lines, at - 1))) continue;
    else if (line.startsWith("@@")) {
      flush();
      const start = /^@@\s*-(\d+)/.exec(line)?.[1];
      lineHint = start === undefined ? undefined : Number(start);
    } else if (gitHead.test(line) || (!/^[+-]/.test(line) && isElision(line))) flush();
    else hunk.push(line);
  }
  flush();
  return edits;
}

/** The path behind `--- ` or `+++ `, without the date behind it. */
function nameIn(line: string): string {
  return line.slice(4).replace(/\t.*/s, "").trim();
}

function hunkEdit(
  lines: readonly string[],
  path: string | undefined,
  form: "unifiedDiff" | "patch",
): ReplaceEdit | undefined {
  if (!lines.some((line) => /^[+-]/.test(line))) return undefined;
  let end = lines.length;
  let start = 0;
  while (end > start && lineAt(lines, end - 1).trim() === "") end--;
  while (start < end && lineAt(lines, start) === "") start++;
  const said = lines.slice(start, end).filter((line) => !line.startsWith("\\"));
  // Without the blank before unchanged lines nothing is cut off them.
  const context = said.filter((line) => !/^[+-]/.test(line) && line.trim() !== "");
  const cut = context.every((line) => line.startsWith(" "));
  const reading = (cutBlank: boolean): Reading => {
    const search: string[] = [];
    const replace: string[] = [];
    for (const line of said) {
      const isCut = cutBlank && line.startsWith(" ");
      const text = line.slice(/^[+-]/.test(line) || isCut ? 1 : 0);
      if (!line.startsWith("+")) search.push(text);
      if (!line.startsWith("-")) replace.push(text);
    }
    return { search, replace };
  };
  return {
    kind: "replace",
    form,
    readings: cut ? [reading(true), reading(false)] : [reading(false)],
    path,
    notices: [],
  };
}

export function isPatchStart(line: string): boolean {
  return /^\s*\*\*\* (?:Begin Patch|(?:Update|Add) File:)/.test(line);
}

export function isPatchEnd(line: string): boolean {
  return /^\s*\*\*\* End Patch/.test(line);
}

export function isUnfinishedPatch(lines: readonly string[]): boolean {
  const last = lastSaid(lines);
  return /Begin Patch/.test(lineAt(lines, 0)) && !lines.some(isPatchEnd) && !last.startsWith(" ");
}

function newFile(lines: readonly string[], path: string | undefined): AnswerEdit {
  const said = lines.filter(says);
  const signed = said.filter((line) => line.startsWith("+")).length;
  if (signed > 0 && signed < said.length)
    return malformed("A patch that adds a file has lines without a plus.", lines, path);
  const text = lines.map((line) => (line.startsWith("+") ? line.slice(1) : line));
  return codeEdit(text, { path, pathIsSure: true, adds: true });
}
