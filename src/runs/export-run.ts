import type { Hunk, Proposal } from "../protocol/proposal";
import type { RunEvent } from "../protocol/run-events";
import { checkWords } from "./compare-checks";
import { joinText } from "./join-text";
import { phaseWords } from "./phase-words";
import { type RunPart, type RunState, timeIn } from "./run-state";
import { thoughtEndWords } from "./thought-words";

/** A run as a page of Markdown: what was asked, sent, thought, answered and decided. */
export function runAsMarkdown(run: RunState): string {
  const { path, line, action, startedAt, model } = run;
  const head = [
    `# ${action} ${path}${path === "" ? "" : `:${line + 1}`}`,
    run.question === undefined ? run.subject : quoted(run.question),
    [
      startedAt === undefined ? "" : `- Asked: ${new Date(startedAt).toISOString()}`,
      model === undefined ? "" : `- Model: ${model.name} at ${model.endpoint}`,
      ...timesOf(run),
      endWords(run),
    ]
      .filter((each) => each !== "")
      .join("\n"),
    sentWords(run),
  ];
  return `${[...head, ...run.parts.map(partWords)].filter((each) => each !== "").join("\n\n")}\n`;
}

/** A run as one JSON value: its id and its events, with neighbouring pieces of text joined. */
export function runAsJson(runId: string, events: readonly RunEvent[]): string {
  return JSON.stringify({ runId, events: joinText(events) }, undefined, 2);
}

function timesOf(run: RunState): string[] {
  const end = run.end?.at ?? run.startedAt ?? 0;
  return (["reading", "thinking", "answering"] as const).flatMap((phase) => {
    const ms = timeIn(run, phase, end);
    return ms === undefined ? [] : [`- ${phaseWords[phase]}: ${(ms / 1000).toFixed(1)} s`];
  });
}

function endWords({ end }: RunState): string {
  if (end === undefined) return "";
  if (end.kind === "failed") return `- Failed: ${end.report.title} ${end.report.remedy}`;
  return `- Ended: ${end.outcome}${end.detail === undefined ? "" : `. ${end.detail}`}`;
}

function sentWords({ sent }: RunState): string {
  if (sent === undefined) return "";
  const pieces = sent.pieces.map(({ label, tokens }) => `- ${label}: ${tokens} tokens`);
  const leftOut = sent.leftOut.map((label) => `- ${label}: left out`);
  return [`## Sent: ${sent.tokens} of ${sent.contextTokens} tokens\n`, ...pieces, ...leftOut].join(
    "\n",
  );
}

function partWords(part: RunPart): string {
  switch (part.kind) {
    case "thought":
      return [
        `## Thought\n\n${quoted(part.text)}`,
        ...(part.hints ?? []).map(({ hint }) => `- Hint: ${hint.text}`),
      ].join("\n\n");
    case "answer":
      return `## Answer\n\n${part.text.trim()}`;
    case "attempt":
      return `## Attempt ${part.number}\n\n${part.reason}`;
    case "notice":
      return `*${part.text}*`;
    case "tried":
      return [
        "## A change that was tried",
        ...checkLines(part.proposal),
        ...part.proposal.files.map(
          ({ path, hunks }) => `${path}\n\n${fenced(diffLines(hunks), "diff")}`,
        ),
      ].join("\n\n");
    case "proposal":
      return part.proposal.files
        .map((file, fileIndex) => {
          const blocks = Object.entries(part.blocks)
            .filter(([key]) => key.startsWith(`${fileIndex}/`))
            .map(([key, state]) => `- change ${Number(key.split("/")[1]) + 1}: ${state}`);
          const facts = [`- match: ${file.match}`, `- syntax: ${file.syntax}`, ...blocks];
          const notices = file.notices.map((notice) => `- ${notice}`);
          return [
            `## Edit of ${file.path}: ${part.state}\n`,
            ...facts,
            ...(fileIndex === 0 ? checkLines(part.proposal) : []),
            ...notices,
            "",
            fenced(diffLines(file.hunks), "diff"),
          ].join("\n");
        })
        .join("\n\n");
    case "thoughtEnded":
      return `*${thoughtEndWords[part.by]}*`;
    case "unplaced":
      return `## An edit of ${part.edit.path} without a sure place\n\n${part.edit.reason}\n\n${fenced(part.edit.replace, "")}`;
    default:
      return part satisfies never;
  }
}

function checkLines({ checks = [] }: Proposal): readonly string[] {
  return checks.map((check) => `- ${check.label}: ${checkWords(check)}`);
}

function diffLines(hunks: readonly Hunk[]): string {
  return hunks
    .flatMap((hunk) => [
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      ...hunk.lines,
    ])
    .join("\n");
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
