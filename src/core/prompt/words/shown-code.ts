import type { Target } from "../../../protocol/document";
import type { CodeContext } from "../code-context";
import { codeTitle } from "./code-titles";
import { type FileForm, fenced, fileInMarks } from "./fence";

/**
 * The code in question as the model reads it, and the line that says where it is from, which in
 * R1's form of a file is the first of the code.
 */
export function shownCode(
  { path, languageId }: Pick<Target, "path" | "languageId">,
  context: CodeContext,
  form: FileForm | undefined,
): { readonly head: string; readonly code: string } {
  const marked =
    form === "r1" && context.scope === "file" ? fileInMarks(path, context.code) : undefined;
  return marked === undefined
    ? { head: codeTitle(path, context), code: fenced(languageId, context.code) }
    : { head: marked.slice(0, marked.indexOf("\n")), code: marked };
}
