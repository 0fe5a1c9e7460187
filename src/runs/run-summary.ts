import { defined } from "../base/defined";
import type { RunSummary } from "../protocol/history";
import type { RunState } from "./run-state";

/** How much of a subject a list shows. */
const subjectCharacters = 300;
const excerptCharacters = 160;

/** What a list shows of a run; undefined for one that never started. */
export function summaryOf(run: RunState): RunSummary | undefined {
  const { runId, startedAt, action, path, end } = run;
  if (startedAt === undefined) return undefined;
  const proposal = run.parts.findLast((part) => part.kind === "proposal");
  const outcome = end?.kind === "finished" ? end.outcome : end?.kind;
  const subject = (run.question ?? run.subject).slice(0, subjectCharacters);
  return {
    runId,
    at: startedAt,
    action,
    path,
    subject,
    ...defined({ model: run.model?.name, outcome, decision: proposal?.state }),
  };
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

/** The first line that holds one of the folded words, cut to what a list shows. */
export function excerptOf(text: string, words: readonly string[]): string | undefined {
  for (const line of text.split("\n")) {
    const folded = foldedText(line);
    const at = words.map((word) => folded.indexOf(word)).find((found) => found >= 0);
    if (at === undefined) continue;
    const from = Math.max(0, Math.min(at - excerptCharacters / 4, line.length - excerptCharacters));
    const cut = line.slice(from, from + excerptCharacters).trim();
    return `${from > 0 ? "…" : ""}${cut}${from + excerptCharacters < line.length ? "…" : ""}`;
  }
  return undefined;
}
