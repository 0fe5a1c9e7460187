import type { WrittenEdit } from "../edit/edit-plan";
import { fenced } from "../prompt/fence";
import { editBlock } from "../prompt/repair-text";

/** An edit as an answer would give it, to be planned together with others. @param path "" for an edit that need not name its file. */
export function writeEdit(
  edit: Pick<WrittenEdit, "search" | "replace">,
  path: string,
  languageId: string,
): string {
  if (edit.search !== undefined) return editBlock(path, edit.search, edit.replace);
  const code = fenced(languageId, edit.replace);
  return path === "" ? code : `${path}\n${code}`;
}
