import type { Adopted } from "./adopt/adopt-code";
import type { Declaration } from "./declarations";

/** What a person should know of code that was taken from an answer. */
export function adoptedNotices(adopted: Adopted, gone: readonly Declaration[], droppedExample: boolean): string[] {
  const notices: string[] = [];
  if (adopted.elided) notices.push("The answer left code out (`...`); that code stays as it is.");
  if (gone.length > 0) {
    const names = gone.slice(0, 4).map((one) => `\`${one.name}\``);
    notices.push(
      `${names.join(", ")}${gone.length > 4 ? " and others" : ""} ${gone.length === 1 ? "is" : "are"} not in the answer and ${gone.length === 1 ? "stays" : "stay"} as in the file.`,
    );
  }
  if (droppedExample) notices.push("Lines below the code, an example of its use, were left out.");
  return notices;
}
