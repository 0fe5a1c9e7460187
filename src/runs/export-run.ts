import { count, decimal, t } from "../base/l10n";
import { inWords } from "../base/told-words";
import type { BlockState, Proposal } from "../protocol/proposal";
import type { RunEvent } from "../protocol/run-events";
import { checkWords } from "./compare-checks";
import { leftOutLines } from "./contract";
import { joinText } from "./join-text";
import { ledgerEntry, ledgerLines } from "./ledger";
import { timeIn } from "./phase-times";
import { endingOf } from "./run-ending";
import type { RunPart, RunState } from "./run-state";
import { actionName } from "./words/action-words";
import { decisionWords } from "./words/decision-words";
import { phaseWords } from "./words/phase-words";
import { thoughtEndWords } from "./words/thought-words";

/** A run as a page of Markdown: what was asked, sent, thought, answered and decided. */
export function runAsMarkdown(run: RunState): string {
  const { path, line, action, startedAt, model } = run;
  const head = [
    `# ${actionName(action)} ${path}${path === "" ? "" : `:${line + 1}`}`,
    run.question === undefined ? run.subject : quoted(run.question),
    [
      startedAt === undefined ? "" : `- ${t("Asked: {0}", new Date(startedAt).toISOString())}`,
      model === undefined ? "" : `- ${t("Model: {0} at {1}", model.name, model.endpoint)}`,
      ...timesOf(run),
      endWords(run),
    ]
      .filter((each) => each !== "")
      .join("\n"),
    sentWords(run),
  ];
  return `${[...head, ...run.parts.map(partWords), ...ledgerWords(run)].filter((each) => each !== "").join("\n\n")}\n`;
}

/** A run as one JSON value: its id and its events, with neighbouring pieces of text joined. */
export function runAsJson(runId: string, events: readonly RunEvent[]): string {
  return JSON.stringify({ runId, events: joinText(events) }, undefined, 2);
}

/** How the accepted edits came about. */
function ledgerWords(run: RunState): string[] {
  return run.parts.flatMap((part) => {
    if (part.kind !== "proposal" || part.state !== "accepted") return [];
    const entry = ledgerEntry(run, part.proposal.id);
    if (entry === undefined) return [];
    const lines = ledgerLines(entry).map((line) => `- ${line}`);
    return [`## ${t("Ledger of {0}", entry.paths.join(", "))}\n\n${lines.join("\n")}`];
  });
}

function timesOf(run: RunState): string[] {
  const end = run.end?.at ?? run.startedAt ?? 0;
  return (["reading", "thinking", "answering"] as const).flatMap((phase) => {
    const ms = timeIn(run, phase, end);
    return ms === undefined
      ? []
      : [`- ${t("{0}: {1} s", phaseWords(phase), decimal(ms / 1000, 1))}`];
  });
}

function endWords({ end }: RunState): string {
  if (end === undefined) return "";
  if (end.kind === "failed")
    return `- ${t("Failed: {0}. {1}", end.report.title, end.report.remedy)}`;
  const detail = end.detail === undefined ? "" : `. ${inWords(end.detail)}`;
  return `- ${t("Ended: {0}", end.outcome === "proposed" ? t("a change is proposed") : decisionWords(endingOf(end)))}${detail}`;
}

function sentWords({ sent }: RunState): string {
  if (sent === undefined) return "";
  const pieces = sent.pieces.map(
    ({ label, tokens, reason }) =>
      `- ${t("{0}: {1} tokens", label, count(tokens))}${reason === undefined ? "" : `. ${reason}`}`,
  );
  const leftOut = leftOutLines(sent);
  return [
    `## ${t("Sent: {0} of {1} tokens", count(sent.tokens), count(sent.contextTokens))}\n`,
    ...pieces,
    ...leftOut,
  ].join("\n");
}

function partWords(part: RunPart): string {
  switch (part.kind) {
    case "thought":
      return [
        `## ${t("Thought")}\n\n${quoted(part.text)}`,
        ...(part.hints ?? []).map(({ hint }) => `- ${t("Hint: {0}", hint.text)}`),
      ].join("\n\n");
    case "answer":
      return `## ${t("Answer")}\n\n${part.text.trim()}`;
    case "attempt":
      return `## ${t("Attempt {0}", part.number)}\n\n${inWords(part.reason)}`;
    case "notice":
      return `*${inWords(part.text)}*`;
    case "tried":
      return editWords(part.proposal, t("tried, and not good enough"), {});
    case "proposal":
      return editWords(part.proposal, decisionWords(part.state), part.blocks);
    case "thoughtEnded":
      return `*${thoughtEndWords(part.by)}*`;
    case "unplaced":
      return `## ${t("An edit of {0} without a sure place", part.edit.path)}\n\n${inWords(part.edit.reason)}\n\n${fenced(part.edit.replace, "")}`;
    default:
      return part satisfies never;
  }
}

function editWords(
  { files, checks = [] }: Proposal,
  state: string,
  decided: Readonly<Record<string, BlockState>>,
): string {
  const checked = checks.map((check) => {
    return `- ${t("{0}: {1}", inWords(check.label), checkWords(check))}`;
  });
  return files
    .map((file, fileIndex) => {
      const diff = file.hunks.flatMap((hunk) => [
        `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
        ...hunk.lines,
      ]);
      // Where all came to the same, the heading says it.
      const isMixed = new Set(Object.values(decided)).size > 1;
      const blocks = Object.entries(isMixed ? decided : {})
        .filter(([key]) => key.startsWith(`${fileIndex}/`))
        .map(
          ([key, blockState]) =>
            `- ${t("change {0}: {1}", Number(key.split("/")[1]) + 1, decisionWords(blockState))}`,
        );
      return [
        `## ${t("Edit of {0}: {1}", file.path, state)}\n`,
        `- ${t("match: {0}", [file.match, ...(file.by ?? [])].join(", "))}`,
        `- ${t("syntax: {0}", file.syntax)}`,
        ...(fileIndex === 0 ? checked : []),
        ...blocks,
        ...file.notices.map((notice) => `- ${inWords(notice)}`),
        "",
        fenced(diff.join("\n"), "diff"),
      ].join("\n");
    })
    .join("\n\n");
}

function quoted(text: string): string {
  return text
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

/** A fence that no run of backticks in the text can close. */
function fenced(text: string, tag: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${tag}\n${text}\n${fence}`;
}
