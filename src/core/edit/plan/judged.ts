import { compareLines, type Difference } from "../../../base/text/compare-lines";
import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import type { AnswerEdit } from "../answer/answer-edit";
import { betweenElisions, isElision } from "../answer/elision";
import { lastSentence } from "../code/answer-piece";
import { findDeclarations } from "../code/declarations";
import type { EditedFile } from "../code/edited-file";
import { fromOutline } from "../code/edited-file";
import type { EditSyntax } from "../edit-plan";
import { objectionTo } from "../judge/judge";
import type { JudgedText, Objection } from "../judge/judged-case";
import { breaksData, losesBalance } from "../judge/readable";
import { limits } from "../limits";
import { notReadable } from "../locate/placement";
import { textsOf } from "../text/lines";
import { scanOf } from "../text/scan-lines";
import type { PlacedSet } from "./place-set";

type Placed = Extract<PlacedSet, { kind: "placed" }>;

export async function judged(
  file: EditedFile,
  edits: readonly AnswerEdit[],
  { text: { bare: lines }, said }: Placed,
  proposed: string,
  syntax: EditSyntax | undefined,
): Promise<Objection | undefined> {
  const parts = said.flatMap((lines) => partsOf(file, lines));
  const quoted = edits.flatMap((edit) =>
    edit.kind === "replace" ? edit.readings.flatMap(({ search }) => search) : [],
  );
  const written = edits.flatMap((edit) =>
    edit.kind === "replace" ? edit.readings.flatMap(({ replace }) => replace) : edit.lines,
  );
  const toldGone = edits.flatMap(goneBySentence);
  const claims = { said: parts.flat(), parts, written, quoted, toldGone, facts: file.facts };
  const texts = edits.some((edit) => edit.kind === "code")
    ? [await declared(file, lines, proposed, syntax)]
    : windowsOf(file, lines);
  // "Add this dependency": one more, and not another in its place.
  if (edits.length === 1 && lines.length <= file.lines.length && edits.every(isMore))
    return { message: "The answer is to be added, and would only replace something.", line: 0 };
  for (const { before, after, from } of texts) {
    const objection = objectionTo({ ...claims, before, after });
    if (objection) return { ...objection, line: objection.line + from };
  }
  return undefined;
}

const takesOut = /\b(?:remov|delet|drop|get(?:s|ting)? rid of|without)\w*/i;

/** "Remove `@cached` and ...": the code that is named behind such a word. */
function goneBySentence(edit: AnswerEdit): string[] {
  const label = edit.kind === "code" ? edit.label : "";
  const at = label.search(takesOut);
  return at < 0 ? [] : [...label.slice(at).matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

function isMore(edit: AnswerEdit): boolean {
  return (
    edit.kind === "code" &&
    /\b(?:add|append|insert) (?:this|these|the following|another|one more)\b/i.test(
      lastSentence(edit),
    )
  );
}

export function unreadable(
  file: EditedFile,
  edits: readonly AnswerEdit[],
  placed: Placed,
): { readonly why: string; readonly places: readonly LineRange[] } | undefined {
  const unbalanced = unbalancedAt(file, edits, placed);
  if (unbalanced)
    return { why: "A bracket would be left without its other half.", places: [unbalanced] };
  const isBroken = breaksData(file.lines, placed.text.bare, file.facts);
  return isBroken ? { why: notReadable, places: [] } : undefined;
}

function unbalancedAt(
  file: EditedFile,
  edits: readonly AnswerEdit[],
  { text: { bare: lines }, said }: Placed,
): LineRange | undefined {
  // What is only taken out was quoted line by line.
  if (
    edits.every((edit) => edit.kind === "replace") &&
    compareLines(file.lines, lines).every((change) => change.bStart === change.bEnd)
  )
    return undefined;
  for (const { before, after, from } of windowsOf(file, lines)) {
    const near = { before: before.lines, after: after.lines };
    if (losesBalance(near, file.lines, lines, said.flat(), file.facts))
      return { start: from, end: from + before.lines.length };
  }
  return undefined;
}

/** The two texts, or the same part of both, from a line of the file on. */
interface Texts {
  readonly before: JudgedText;
  readonly after: JudgedText;
  readonly from: number;
}

/** The whole texts, with what they declare by the tree where it reads both, else by the text. */
async function declared(
  file: EditedFile,
  lines: readonly string[],
  proposed: string,
  syntax: EditSyntax | undefined,
): Promise<Texts> {
  // The very text that is checked later on: a tree stands for one text.
  const outline =
    file.trees && (await syntax?.outline(file.languageId, proposed).catch(() => undefined));
  const byTree = file.trees && outline;
  return {
    before: {
      lines: file.lines,
      declarations: byTree ? file.trees.file : file.byText.declarations,
    },
    after: {
      lines,
      declarations: byTree
        ? fromOutline(outline)
        : findDeclarations(lines, file.facts, scanOf(lines, file.facts)),
    },
    from: 0,
  };
}

/** Reading all of a long file again would cost more than placing a quotation. */
function windowsOf(file: EditedFile, lines: readonly string[]): Texts[] {
  const windows: Difference[] = [];
  for (const change of compareLines(file.lines, lines)) {
    const last = windows.at(-1);
    if (last && change.aStart - last.aEnd <= 2 * limits.judgedAround)
      windows[windows.length - 1] = { ...last, aEnd: change.aEnd, bEnd: change.bEnd };
    else windows.push(change);
  }
  return windows.map(({ aStart, aEnd, bStart, bEnd }) => {
    const from = beginning(file.lines, aStart);
    const to = Math.min(file.lines.length, aEnd + limits.judgedAround);
    const part = (all: readonly string[], start: number, end: number): JudgedText => {
      const shown = all.slice(start, end);
      return { lines: shown, declarations: findDeclarations(shown, file.facts) };
    };
    return {
      before: part(file.lines, from, to),
      after: part(lines, bStart - (aStart - from), bEnd + (to - aEnd)),
      from,
    };
  });
}

/** The nearest line at the margin above, as far as it is not too far, where reading may begin. */
function beginning(lines: readonly string[], change: number): number {
  const least = Math.max(0, change - limits.judgedAround);
  for (let at = change - 1; at > least; at--)
    if (/^[\p{L}@#]/u.test(lineAt(lines, at)) && lineAt(lines, at - 1).trim() === "") return at;
  return least;
}

function partsOf(file: EditedFile, lines: readonly string[]): (readonly string[])[] {
  if (!lines.some((line) => isElision(line))) return [lines];
  const own = textsOf(file.lines);
  return betweenElisions(lines, (line) => isElision(line) && !own.has(line.trim()));
}
