import type { BlockState, Proposal, UnplacedEdit } from "../protocol/proposal";
import { blockKey, type RunPart, type RunState } from "./run-state";

/** A proposal with what was decided about it so far. */
export interface KnownProposal extends Omit<Extract<RunPart, { kind: "proposal" }>, "kind"> {
  readonly runId: string;
}

/** An edit that the person may place by hand. */
export interface KnownUnplaced {
  readonly runId: string;
  readonly edit: UnplacedEdit;
}

/** All proposals of the runs, in their order. */
export function proposalsIn(runs: readonly RunState[]): readonly KnownProposal[] {
  return runs.flatMap(({ runId, parts }) =>
    parts.flatMap((part) => {
      if (part.kind !== "proposal") return [];
      const { kind: _, ...known } = part;
      return [{ runId, ...known }];
    }),
  );
}

/** The files that a run was about, and those that it changes. */
export function urisOfRun(run: RunState): readonly string[] {
  const changed = proposalsIn([run]).flatMap(({ proposal }) => proposal.files);
  const asked = run.started === undefined ? [] : [run.started];
  return [...new Set([...asked, ...changed].map(({ uri }) => uri))];
}

/** All edits that wait to be placed by hand, in their order. */
export function unplacedIn(runs: readonly RunState[]): readonly KnownUnplaced[] {
  return runs.flatMap(({ runId, parts }) =>
    parts.flatMap((part) => {
      return part.kind === "unplaced" && !part.placed ? [{ runId, edit: part.edit }] : [];
    }),
  );
}

/** A change that was tried and given up for another, by its id; undefined where there is none. */
export function triedIn(
  runs: readonly RunState[],
  proposalId: string,
): { readonly runId: string; readonly proposal: Proposal } | undefined {
  for (const { runId, parts } of runs) {
    for (const part of parts)
      if (part.kind === "tried" && part.proposal.id === proposalId)
        return { runId, proposal: part.proposal };
  }
  return undefined;
}

/** An accepted proposal, by its id or else the last one; undefined where there is none. */
export function acceptedIn(
  runs: readonly RunState[],
  proposalId?: string,
): KnownProposal | undefined {
  return proposalsIn(runs).findLast(
    ({ proposal, state }) =>
      state === "accepted" && (proposalId === undefined || proposal.id === proposalId),
  );
}

/** Whether there is something for the person to decide: what was undone can be taken again. */
export function isUndecided({ state, blocks }: KnownProposal): boolean {
  return state === "open" || state === "conflict" || Object.values(blocks).includes("undone");
}

/** Whether a block can be decided. */
export function isOpenBlock(state: BlockState): boolean {
  return state === "open" || state === "undone";
}

/** What was decided about a block of a proposal's file. */
export function blockState(
  { blocks }: KnownProposal,
  fileIndex: number,
  block: number,
): BlockState {
  return blocks[blockKey(fileIndex, block)] ?? "open";
}
