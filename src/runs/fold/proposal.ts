import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState, ProposalState } from "../../protocol/proposal";
import { blockKey, type RunPart, type RunState } from "../run-state";

type ProposalPart = Extract<RunPart, { kind: "proposal" }>;

/** Something became of a proposal. */
export function withProposal(
  run: RunState,
  proposalId: string,
  change: (part: ProposalPart) => Partial<ProposalPart>,
): RunState {
  const parts = run.parts.map((part) =>
    part.kind === "proposal" && part.proposal.id === proposalId
      ? { ...part, ...change(part) }
      : part,
  );
  return { ...run, parts };
}

/** With the whole of a proposal, what was still open in it is decided too. */
export function withState(
  { proposal, blocks }: ProposalPart,
  state: ProposalState,
): Partial<ProposalPart> {
  if (state === "open") return { state, blocks: {} };
  if (state !== "accepted" && state !== "rejected") return { state };
  const decided = { ...blocks };
  for (const [fileIndex, { hunks }] of proposal.files.entries()) {
    for (const block of blocksOf(hunks).keys()) {
      const key = blockKey(fileIndex, block);
      if (decided[key] !== "accepted" && decided[key] !== "rejected") decided[key] = state;
    }
  }
  return { blocks: decided, state: Object.keys(decided).length === 0 ? state : wholeOf(decided) };
}

/**
 * What is decided as a whole changes with its blocks, as when the editor's undo takes one of them
 * out of its file.
 */
export function withBlock(
  { blocks, state }: ProposalPart,
  key: string,
  block: BlockState,
): Partial<ProposalPart> {
  const next = { ...blocks, [key]: block };
  const isDecided = state === "accepted" || state === "undone";
  return { blocks: next, ...(isDecided ? { state: wholeOf(next) } : {}) };
}

/** What a proposal comes to of which every block was decided. */
function wholeOf(blocks: Readonly<Record<string, BlockState>>): ProposalState {
  const states = new Set(Object.values(blocks));
  if (states.has("accepted")) return "accepted";
  return states.has("undone") ? "undone" : "rejected";
}

/**
 * An edit is placed by the newest proposal behind it; when that was rejected, it can be placed
 * elsewhere.
 */
export function withPlacings(run: RunState): RunState {
  const newest = run.parts.findLastIndex((part) => part.kind === "proposal");
  const proposal = run.parts[newest];
  const stands = proposal?.kind === "proposal" && proposal.state !== "rejected";
  const parts = run.parts.map((part, index) => {
    const placed = stands && index < newest;
    return part.kind === "unplaced" && part.placed !== placed ? { ...part, placed } : part;
  });
  return parts.every((part, index) => part === run.parts[index]) ? run : { ...run, parts };
}
