import { fileNameOf } from "../../../base/text/file-name";
import type { ShownFile } from "../../../protocol/document";
import { parseAnswer } from "../../edit/answer/answer-parser";
import { normalPath } from "../../edit/answer/named-path";
import { OwnText } from "../../edit/answer/own-text";
import type { PlannedFile } from "../../edit/edit-plan";

/**
 * Whether new files beside no edit are meant to be files: the answer gives them in the form of
 * edits, or the question names them. Else they are examples: "How is it used?" -> `usage.py`.
 * @param files that the model was shown.
 */
export function areMeantAsFiles(
  created: readonly PlannedFile[],
  answer: string,
  files: readonly ShownFile[],
  question: string,
): boolean {
  const marked = new Set(pathsOfEdits(answer, new OwnText(files)));
  const named = new Set(question.split(/[^\p{L}\p{N}_.+-]+/u).map(withoutStop));
  return created.every(({ path }) => marked.has(path) || named.has(fileNameOf(path)));
}

/** The paths that an answer gives in the form of edits: a block without old lines, a diff. */
function pathsOfEdits(answer: string, own: OwnText): readonly string[] {
  return parseAnswer(answer, false, own).flatMap((edit) => {
    const isMarked =
      edit.kind === "replace" || (edit.kind === "code" && (edit.marked || edit.adds));
    return isMarked && edit.path !== undefined ? normalPath(edit.path.replace(/^[ab]\//, "")) : [];
  });
}

/** At the end of a sentence: `Write main.py.` */
function withoutStop(word: string): string {
  return word.replace(/\.+$/, "");
}
