import { Changes } from "../../base/text/changes";
import { lineEndIn, withLineEnds } from "../../base/text/line-ends";
import { touch } from "../../base/text/line-range";
import { FailureError } from "../../core/failure-error";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState, FileProposal, Proposal } from "../../protocol/proposal";
import { blockState, isUndecided, type KnownProposal, proposalsIn } from "../../runs/run-lists";
import type { RunState } from "../../runs/run-state";
import { reviewLines } from "./review-blocks";

/** A file of a proposal. */
export interface ReviewedFile {
  readonly known: KnownProposal;
  readonly file: FileProposal;
  readonly fileIndex: number;
}

/** By which a file of a proposal is told from every other. */
export function fileKey({ known, fileIndex }: ReviewedFile): string {
  return `${known.proposal.id}.${fileIndex}`;
}

/** Where the proposals are looked up: the history of runs. */
export interface KnownRuns {
  readonly states: readonly RunState[];
}

export function findProposal(runs: KnownRuns, proposalId: string): KnownProposal | undefined {
  return proposalsIn(runs.states).find(({ proposal }) => proposal.id === proposalId);
}

/** Without an id: the last one. Throws FailureError when there is none to decide. */
export function undecidedProposal(runs: KnownRuns, proposalId: string | undefined): KnownProposal {
  const all = proposalsIn(runs.states).filter(isUndecided);
  const known =
    proposalId === undefined ? all.at(-1) : all.find(({ proposal }) => proposal.id === proposalId);
  if (known === undefined) throw new FailureError({ kind: "proposalGone" });
  return known;
}

export function filesOf(known: KnownProposal): readonly ReviewedFile[] {
  return known.proposal.files.map((file, fileIndex) => ({ known, file, fileIndex }));
}

/** What was decided about a block of a file. */
export function recordedState({ known, fileIndex }: ReviewedFile, block: number): BlockState {
  return blockState(known, fileIndex, block);
}

/** Whether anything of the file was accepted, be it undone since or not. */
export function wasTaken(reviewed: ReviewedFile): boolean {
  return blocksOf(reviewed.file.hunks).some((_block, index) =>
    ["accepted", "undone"].includes(recordedState(reviewed, index)),
  );
}

/** The blocks of a file that are accepted and stand in it. */
export function standingBlocks(reviewed: ReviewedFile): readonly number[] {
  return blocksOf(reviewed.file.hunks).flatMap((_block, index) =>
    recordedState(reviewed, index) === "accepted" ? [index] : [],
  );
}

export function urisOf({ files }: Proposal): ReadonlySet<string> {
  return new Set(files.map(({ uri }) => uri));
}

/** The proposed text without the blocks that were rejected. */
export function unrejectedText(reviewed: ReviewedFile): string {
  const { file } = reviewed;
  const rejected = blocksOf(file.hunks).filter(
    (_block, index) => recordedState(reviewed, index) === "rejected",
  );
  if (rejected.length === 0) return file.proposed;
  const base = reviewLines(file.base);
  const text = Changes.between(base, reviewLines(file.proposed))
    .without((change) => rejected.some((block) => touch(change, block)))
    .apply(base)
    .join("");
  return withLineEnds(text, lineEndIn(file.proposed));
}
