import type { AnswerEdit } from "../../../../src/core/edit/answer/answer-edit";
import { AnswerParser, parseAnswer } from "../../../../src/core/edit/answer/answer-parser";
import { type OwnFile, OwnText } from "../../../../src/core/edit/answer/own-text";
import { planEdits } from "../../../../src/core/edit/plan-edits";
import { outcomeOf } from "./outcome";

/** A file of a request; its language as the editor calls it. */
export function file(path: string, languageId: string, text: string): OwnFile {
  return { path, languageId, text };
}

/** The edits of an answer about the file. */
export function edits(own: OwnFile, answer: string, truncated = false): AnswerEdit[] {
  return parseAnswer(answer, truncated, new OwnText([own]));
}

/** The pieces of code in an answer about the file, as text; any other edit by its kind and form. */
export function pieces(own: OwnFile, answer: string, truncated = false): string[] {
  return edits(own, answer, truncated).map((edit) => {
    if (edit.kind === "code") return edit.lines.join("\n");
    return edit.kind === "replace" ? `${edit.kind}: ${edit.form}` : `${edit.kind}: ${edit.code}`;
  });
}

/** Old and new text of an answer's edits in the first reading, and how many readings there are. */
export function halves(
  own: OwnFile,
  answer: string,
): [search: string, replace: string, of: number][] {
  return edits(own, answer).map((edit) => {
    const [reading] = edit.kind === "replace" ? edit.readings : [];
    const of = edit.kind === "replace" ? edit.readings.length : 0;
    return [reading?.search.join("\n") ?? "", reading?.replace.join("\n") ?? "", of];
  });
}

/** What the answer makes of the file. */
export async function outcome(own: OwnFile, answer: string): Promise<string> {
  return outcomeOf(await planEdits({ answer, truncated: false, files: [own] }));
}

/** The edits as they come out when the answer streams in, one line after the other. */
export function streamed(own: OwnFile, answer: string): AnswerEdit[][] {
  const parser = new AnswerParser(new OwnText([own]));
  const steps = answer.split(/(?<=\n)/).map((line) => parser.push(line));
  return [...steps, parser.end(false)];
}
