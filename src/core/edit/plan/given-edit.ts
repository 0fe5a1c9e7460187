import type { AnswerEdit } from "../answer/answer-edit";
import type { GivenEdit } from "../edit-plan";

/** An edit that was read before, as it came out of its answer. */
export function givenEdit({ path, search, replace }: GivenEdit): AnswerEdit {
  const named = path === undefined ? {} : { path };
  if (search === undefined) {
    const lines = replace.split("\n");
    return {
      kind: "code",
      language: "",
      lines,
      label: "",
      pathIsSure: path !== undefined,
      ...named,
    };
  }
  const reading = { search: linesIn(search), replace: linesIn(replace), escaped: true as const };
  return { kind: "replace", form: "searchReplace", readings: [reading], notices: [], ...named };
}

/** No text is no line, not an empty one. */
function linesIn(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}
