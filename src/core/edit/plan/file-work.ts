import { fromOutline } from "../code/declarations";
import { EditedFile } from "../code/edited-file";
import type { EditableFile, EditSyntax } from "../edit-plan";
import type { LineRange } from "../locate/placement";
import { indexText } from "../text/indexed-text";
import type { SourceLines } from "../text/source-lines";

/** A file of the request, ready for placing edits in it. */
export interface FileWork {
  readonly file: EditableFile;
  readonly source: SourceLines;
  readonly edited: EditedFile;
}

/** @param needsOutline whether the file's declarations will be asked for, so that the syntax tree is worth its time */
export async function workOn(file: EditableFile, syntax: EditSyntax | undefined, needsOutline: boolean): Promise<FileWork> {
  const { source, snapshot } = indexText(file.text, file.languageId);
  const outline = file.outline ?? (needsOutline ? await syntax?.outline(file.languageId, file.text).catch(() => undefined) : undefined);
  const target = file.targetRange && targetLines(file.targetRange);
  return { file, source, edited: new EditedFile(snapshot, file.languageId, target, outline && fromOutline(outline)) };
}

function targetLines({ start, end }: NonNullable<EditableFile["targetRange"]>): LineRange {
  return { start: start.line, end: Math.max(start.line + 1, end.character === 0 ? end.line : end.line + 1) };
}
