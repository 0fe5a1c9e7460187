import type { LineRange } from "../../../base/text/line-range";
import { elidedStays } from "../locate/placement";
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

export function fittedNotices({
  elided,
  forgotten,
}: Pick<Fitted, "elided" | "forgotten">): string[] {
  const notices: string[] = [];
  if (elided) notices.push(elidedStays);
  if (forgotten.length > 0 && !elided) {
    const names = forgotten.slice(0, 4).map((one) => `\`${one.name}\``);
    const are = forgotten.length === 1 ? ["is", "stays"] : ["are", "stay"];
    notices.push(
      `${names.join(", ")}${forgotten.length > 4 ? " and others" : ""} ${are[0]} not in the answer and ${are[1]} as in the file.`,
    );
  }
  return notices;
}
