import type { LineRange } from "../../../base/text/line-range";
import type { AnswerEdit } from "../answer/answer-edit";
import type { Declaration } from "../code/declarations";
import { EditedFile, fromOutline, type Trees } from "../code/edited-file";
import type { EditableFile, EditSyntax } from "../edit-plan";
import { limits } from "../limits";
import { indexText } from "../text/indexed-text";
import { trimmed } from "../text/lines";

export interface FileWork {
  readonly file: EditableFile;
  readonly edited: EditedFile;
}

/** A tree is worth its time for code without quotation marks, or where there is no edit. */
export async function workOn(
  file: EditableFile,
  syntax: EditSyntax | undefined,
  edits: readonly AnswerEdit[],
): Promise<FileWork> {
  const snapshot = indexText(file.text, file.languageId);
  const needsTrees = edits.length === 0 || edits.some((edit) => edit.kind === "code");
  const trees = needsTrees && syntax ? await treesOf(file, syntax, edits) : undefined;
  const target = file.targetRange && targetLines(file.targetRange);
  return { file, edited: new EditedFile(snapshot, file.languageId, target, trees) };
}

async function treesOf(
  file: EditableFile,
  syntax: EditSyntax,
  edits: readonly AnswerEdit[],
): Promise<Trees | undefined> {
  const outline =
    file.outline ?? (await syntax.outline(file.languageId, file.text).catch(() => undefined));
  if (outline === undefined) return undefined;
  const pieces = new Map<string, readonly Declaration[]>();
  for (const edit of edits) {
    // What stands in a longer line is not looked at, and takes a grammar half a second.
    if (edit.kind !== "code" || edit.lines.some((line) => line.length > limits.line)) continue;
    const text = trimmed(edit.lines).join("\n");
    const found = await outlineOfPiece(file.languageId, text, syntax);
    // PHP without its opening mark is text without an error, in which the grammar sees nothing.
    if (found && found.length > 0) pieces.set(text, found);
  }
  return { file: fromOutline(outline), of: (lines) => pieces.get(lines.join("\n")) };
}

/** Undefined for a piece that is no whole program, such as a method by itself. */
async function outlineOfPiece(
  languageId: string,
  text: string,
  syntax: EditSyntax,
): Promise<readonly Declaration[] | undefined> {
  try {
    const check = await syntax.check(languageId, text);
    const outline = check?.errors.length === 0 ? await syntax.outline(languageId, text) : undefined;
    return outline && fromOutline(outline);
  } catch {
    return undefined;
  }
}

function targetLines({ start, end }: NonNullable<EditableFile["targetRange"]>): LineRange {
  return {
    start: start.line,
    end: Math.max(start.line + 1, end.character === 0 ? end.line : end.line + 1),
  };
}
