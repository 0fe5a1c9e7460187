import { defined } from "../base/defined";
import { gistOf } from "../base/thoughts/steps";
import type { RunSummary } from "../protocol/history";
import { lastAnswer } from "./last-answer";
import { endingOf } from "./run-ending";
import type { RunState } from "./run-state";

/** How much of a subject a list shows. */
const subjectCharacters = 300;
const excerptCharacters = 160;
/** So much stands before the word that was found: a narrow list shows the beginning alone. */
const leadCharacters = 20;

/** What a list shows of a run; undefined for one that never started. */
export function summaryOf(run: RunState): RunSummary | undefined {
  const { runId, startedAt, action, path, end } = run;
  if (startedAt === undefined) return undefined;
  const proposal = run.parts.findLast((part) => part.kind === "proposal");
  const outcome = end?.kind === "finished" ? endingOf(end) : end?.kind;
  const asked = inOneLine((run.question ?? run.subject).slice(0, subjectCharacters));
  const subject = asked === "" ? saidIn(lastAnswer(run) ?? "") : asked;
  return {
    runId,
    at: startedAt,
    action,
    path,
    subject,
    ...defined({ model: run.model?.name, outcome, decision: proposal?.state }),
  };
}

/** Without the marks of a quotation, which only say something at the beginning of a line. */
function inOneLine(text: string): string {
  return text
    .replace(/^[ \t]*(?:>[ \t]*)+/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * What an answer says in words, in one line, so that two runs without a question do not look alike
 * in a list; empty where it is code alone.
 */
function saidIn(answer: string): string {
  const prose = answer
    .replace(/^<{5,} [\s\S]*?^>{5,}.*$/gm, "")
    .split(/^\s*(?:`{3,}|~{3,}).*$/m)
    .filter((_, index) => index % 2 === 0);
  return gistOf(prose.find((each) => /\S\s+\S+\s+\S/.test(each)) ?? "");
}

/**
 * Everything of a run that a person may look for, in the order in which it came: question, file,
 * thoughts, answers, changes.
 */
export function searchableText(run: RunState): string {
  const parts = run.parts.flatMap((part) => {
    switch (part.kind) {
      case "thought":
        return [part.text, ...(part.hints ?? []).map(({ hint }) => hint.text)];
      case "answer":
      case "notice":
        return [part.text];
      case "attempt":
        return [part.reason];
      case "tried":
      case "proposal":
        return [
          ...(part.proposal.checks ?? []).map(({ label }) => label),
          ...part.proposal.files.flatMap((file) => [
            file.path,
            ...file.hunks.flatMap((hunk) => hunk.lines.filter((line) => !line.startsWith(" "))),
          ]),
        ];
      case "thoughtEnded":
        return [];
      case "unplaced":
        return [part.edit.replace];
      default:
        return part satisfies never;
    }
  });
  const end = run.end?.kind === "failed" ? [run.end.report.title] : [];
  return [run.path, run.question ?? run.subject, run.model?.name ?? "", ...parts, ...end].join(
    "\n",
  );
}

/**
 * Text as a search compares it: without case, accents and other forms of the same letter. `Fenêtre`
 * is `fenetre`.
 */
export function foldedText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a search, folded; all of them have to be there. */
export function searchWords(query: string): readonly string[] {
  return [...new Set(foldedText(query).split(/\s+/u))].filter((word) => word !== "");
}

/** The first line that holds one of the folded words, from shortly before that word on. */
export function excerptOf(text: string, words: readonly string[]): string | undefined {
  for (const line of text.split("\n")) {
    const folded = foldedText(line);
    const at = words.map((word) => folded.indexOf(word)).find((found) => found >= 0);
    if (at === undefined) continue;
    const from = at <= leadCharacters ? 0 : wordBegin(line, at - leadCharacters, at);
    const cut = line.slice(from, from + excerptCharacters).trim();
    return `${from > 0 ? "…" : ""}${cut}${from + excerptCharacters < line.length ? "…" : ""}`;
  }
  return undefined;
}

/** Where the first whole word behind a place begins; the place itself where none does before `to`. */
function wordBegin(line: string, from: number, to: number): number {
  const space = line.indexOf(" ", from);
  return space < 0 || space >= to ? from : space + 1;
}
