import type { LineRange } from "../locate/placement";
import type { EditedFile } from "./edited-file";
import { type Fitted, fitCode } from "./fit/fit-code";
import type { FitRequest } from "./fit/fitting";

/** @param known what is declared in the two, where that matters */
export function fitPlace(
  file: EditedFile,
  { start, end }: LineRange,
  answer: readonly string[],
  known: Partial<Pick<FitRequest, "fileDeclarations" | "answerDeclarations" | "heads">> = {},
): Fitted {
  return fitCode({
    file: file.lines.slice(start, end),
    answer,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    fileDeclarations: [],
    answerDeclarations: [],
    ...known,
  });
}
