import type { Replacement } from "../../../../base/text/changes";
import { range } from "../../text/lines";
import { writeElided } from "./elided-gap";
import { writeMerged } from "./merged-gap";
import { type LineWriter, MovedText, type Versions } from "./moved-text";
import { writeReplaced } from "./replaced-gap";
import type { Gap } from "./steps";

/**
 * The one mover of text: where each line of an answer goes in a place of the file, and which lines
 * of the file stay among them. How the lines of the two belong together, and with which characters
 * a line is written, is found out before: from code that is given as it is to be (`fit-code.ts`),
 * or from a quotation and what is to stand for it (`locate/transfer.ts`).
 * @param keepsBlanks the answer has the file's blank lines where nothing changes
 * @returns one operation a step, also where it changes nothing
 */
export function moveLines(
  versions: Versions,
  writer: LineWriter,
  keepsBlanks: boolean,
): readonly Replacement[] {
  const text = new MovedText(versions, writer);
  return versions.steps.map((step): Replacement => {
    const from = text.lines.length;
    if (step.kind === "pair") text.repeated(step.file, step.answer);
    else writeGap(text, step, keepsBlanks);
    const { start, end } =
      step.kind === "pair" ? { start: step.file, end: step.file + 1 } : step.file;
    return { start, end, lines: text.lines.slice(from) };
  });
}

function writeGap(text: MovedText, gap: Gap, keepsBlanks: boolean): void {
  const { file, answer, silence } = text.versions;
  const own = range(gap.file.start, gap.file.end).filter((line) => file.roles[line] !== "blank");
  const fresh = range(gap.answer.start, gap.answer.end).filter(
    (line) => answer.roles[line] !== "blank" && !silence.dropped.has(line),
  );
  if (fresh.length === 0 && own.every((line) => silence.kept.has(line)))
    text.own(range(gap.file.start, gap.file.end));
  else if (fresh.some((line) => answer.roles[line] === "elision")) writeElided(text, gap, own);
  else if (own.some((line) => silence.kept.has(line))) writeMerged(text, gap, own);
  else writeReplaced(text, gap, keepsBlanks);
}
