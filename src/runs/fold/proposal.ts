import type { RunPart, RunState } from "../run-state";

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

/** An edit is placed by the newest proposal behind it; when that was rejected, it can be placed elsewhere. */
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
