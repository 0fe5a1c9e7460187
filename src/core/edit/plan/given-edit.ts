import { type AnswerEdit, codeEdit, replaceEdit } from "../answer/answer-edit";
import type { GivenEdit } from "../edit-plan";

export function givenEdit({ path, search, replace }: GivenEdit): AnswerEdit {
  if (search === undefined) return codeEdit(replace.split("\n"), { path });
  const reading = { search: linesIn(search), replace: linesIn(replace), escaped: true as const };
  return replaceEdit("searchReplace", reading, path);
}

/** No text is no line, not an empty one. */
function linesIn(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}
