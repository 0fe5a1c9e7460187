import { elidedStays } from "../locate/placement";
import type { Fitted } from "./fit/fit-code";

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
