import { defined } from "../base/defined";
import { count, plural, t } from "../base/l10n";
import { fileNameOf } from "../base/text/file-name";
import { firstLine } from "../base/text/lines";
import { shortened } from "../base/text/shortened";
import { inWords } from "../base/told-words";
import type { Check } from "../protocol/checks";
import { bySmallChanges, type Proposal } from "../protocol/proposal";
import { checkWords } from "./compare-checks";
import { lastAnswer } from "./last-answer";
import type { RunPart, RunState } from "./run-state";

type ProposalPart = Extract<RunPart, { kind: "proposal" }>;

/** How an edit came about, for whoever reads it later. All of it is told by the run's events. */
export interface LedgerEntry {
  readonly paths: readonly string[];
  /** What was checked before it was shown, and what the editor said once it was in the files. */
  readonly checks: readonly Check[];
  /** Answers of the model, up to the one that it is made of. */
  readonly tries: number;
  /** From the click to the proposal. */
  readonly seconds: number;
  /** Absent where the run knows none, and where none wrote the edit. */
  readonly model?: string;
  /** Set where it was found by trying small changes. */
  readonly smallChanges?: true;
  /** In the model's own words. */
  readonly doubts: readonly string[];
}

/** The entry of an edit that a run proposed; undefined where the run proposed no such edit. */
export function ledgerEntry(run: RunState, proposalId: string): LedgerEntry | undefined {
  const found = run.parts.find(
    (part) => part.kind === "proposal" && part.proposal.id === proposalId,
  );
  if (found?.kind !== "proposal") return undefined;
  const { proposal, landed } = found;
  const { model, startedAt = 0, end } = run;
  const isSmallChange = proposal.files.every(
    ({ by = [] }) => by.length > 0 && by.every((way) => way === bySmallChanges),
  );
  return {
    paths: takenPaths(found),
    checks: [...(proposal.checks ?? []), ...(landed === undefined ? [] : [landed])],
    tries: run.attempt - run.parts.filter((part) => part.kind === "attempt" && part.aside).length,
    seconds: Math.max(0, Math.round(((end?.at ?? startedAt) - startedAt) / 1_000)),
    ...(isSmallChange ? { smallChanges: true } : defined({ model: model?.name })),
    doubts: isSmallChange ? [] : doubtsIn(run),
  };
}

/** Of an edit that was accepted in part, the files in which something of it is; else all. */
function takenPaths({ proposal, blocks }: ProposalPart): readonly string[] {
  const accepted = Object.keys(blocks).filter((key) => blocks[key] === "accepted");
  const taken = proposal.files.filter((_file, index) =>
    accepted.some((key) => key.startsWith(`${index}/`)),
  );
  return (taken.length === 0 ? proposal.files : taken).map(({ path }) => path);
}

/** A line for each thing that an entry tells. */
export function ledgerLines(entry: LedgerEntry): string[] {
  const { checks, tries, seconds, model, doubts, smallChanges } = entry;
  const checked = checks.map((check) =>
    t("Checked: {0}: {1}", inWords(check.label), checkWords(check)),
  );
  const times = plural(tries, t("{0} answer", count(tries)), t("{0} answers", count(tries)));
  return [
    ...(checked.length > 0 ? checked : [t("Checked: nothing was run")]),
    smallChanges
      ? t("Found among small changes, by no model, in {0} s, reviewed as a diff", count(seconds))
      : t("Written by {0}: {1} in {2} s, reviewed as a diff", model ?? "?", times, count(seconds)),
    ...doubts.map((doubt) => t("The model’s own doubt: {0}", doubt)),
  ];
}

const titleCharacters = 72;
const reasonCharacters = 300;

/** A commit's message for an edit: what was done, the model's own reason, and the ledger. */
export function commitMessage(run: RunState, proposal: Proposal): string {
  const entry = ledgerEntry(run, proposal.id);
  const reason = reasonIn(run);
  const body = [
    ...(reason === "" ? [] : [reason]),
    ...(entry === undefined ? [] : [ledgerLines(entry).join("\n")]),
  ];
  return `${[titleOf(run, entry?.paths ?? []), ...body].join("\n\n")}\n`;
}

/** What somebody has written of a commit, with a message below it, once. */
export function withMessage(written: string, message: string): string {
  if (written.includes(message.trim())) return written;
  return [written.trimEnd(), message].filter((each) => each !== "").join("\n\n");
}

function titleOf(run: RunState, paths: readonly string[]): string {
  const [path = run.path] = paths;
  const name = fileNameOf(path);
  const where = paths.length > 1 ? t("{0} and {1} more", name, count(paths.length - 1)) : name;
  const subject = firstLine((run.question ?? run.subject).trim());
  const title = subject === "" ? t("Fix {0}", where) : `${where}: ${subject}`;
  return shortened(title, titleCharacters - 1);
}

/** What the model said beside the code of its last answer. */
function proseOf(run: RunState): string {
  return (lastAnswer(run) ?? "")
    .replace(/^( {0,3})(`{3,}|~{3,}).*\n[\s\S]*?(?:^ {0,3}\2[`~]*\s*$|$(?![\s\S]))/gm, "")
    .replace(/^.*\n<{5,} ?SEARCH[\s\S]*?^>{5,} ?REPLACE.*$/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The last words are about the change, the first ones lead to it. */
function reasonIn(run: RunState): string {
  const sentences = sentencesOf(proseOf(run));
  let reason = "";
  for (const sentence of sentences.toReversed()) {
    if (reason.length + sentence.length > reasonCharacters) break;
    reason = reason === "" ? sentence : `${sentence} ${reason}`;
  }
  return reason;
}

const doubt =
  /\bI(?:['’]m| am) (?:not (?:\w+ )?(?:sure|certain)|unsure|uncertain|assuming|guessing)\b|\bI (?:assume|guess|suspect)\b|\bI (?:do not|don['’]t) know\b|\bI (?:could not|couldn['’]t|cannot|can['’]t|have not|haven['’]t) (?:verif|check|test|run|tried)|\bnot (?:\w+ )?sure (?:if|whether|that|about)\b|\b(?:this|it|that) assumes\b|\bmight (?:not|break|still)\b|\b(?:should|must|needs? to) be (?:verified|double-checked|tested)\b|\buntested\b|\bje (?:ne )?suis pas (?:\p{L}+ )?(?:sûre?|certaine?)|\bje suppose\b|\bnon testée?s?\b/iu;
const mostDoubts = 3;
const doubtCharacters = 200;
/** What a thought doubts early it mostly comes to know. */
const thoughtEnd = 600;

/**
 * Sentences in which the model says that it is not sure: of its answer, and of the end of its last
 * thought.
 */
export function doubtsIn(run: RunState): readonly string[] {
  const thought = run.parts.findLast((part) => part.kind === "thought");
  const end = thought?.kind === "thought" ? thought.text.slice(-thoughtEnd) : "";
  // The first sentence of a piece has lost its beginning.
  const ofThought = sentencesOf(end.replace(/\s+/g, " ")).slice(end.length < thoughtEnd ? 0 : 1);
  const found = [...sentencesOf(proseOf(run)), ...ofThought].filter((each) => doubt.test(each));
  return [...new Set(found)].slice(0, mostDoubts).map((each) => shortened(each, doubtCharacters));
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+(?=[\p{Lu}`"“«])/u).filter((each) => each.trim() !== "");
}
