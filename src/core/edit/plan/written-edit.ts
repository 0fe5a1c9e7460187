import type { AnswerEdit } from "../answer/answer-edit";
import type { WrittenEdit } from "../edit-plan";

/** In the words of the model. @param path of the file that it turned out to be for */
export function writtenEdit(
  edit: AnswerEdit,
  all: readonly AnswerEdit[],
  path: string | undefined,
): WrittenEdit {
  const number = Math.max(1, all.indexOf(edit) + 1);
  const named = path ?? edit.path;
  const file = named === undefined ? {} : { path: named };
  switch (edit.kind) {
    case "replace": {
      const [first] = edit.readings;
      return {
        number,
        form: edit.form,
        ...file,
        search: text(first?.search ?? []),
        replace: text(first?.replace ?? []),
      };
    }
    case "code":
      return { number, form: "code", ...file, replace: text(edit.lines) };
    case "broken":
      return { number, form: "searchReplace", ...file, search: text(edit.lines), replace: "" };
    default: {
      const never: never = edit;
      return never;
    }
  }
}

function text(lines: readonly string[]): string {
  return lines.join("\n");
}
