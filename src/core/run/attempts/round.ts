import type { CheckCase } from "../../../protocol/checks";
import type { FileProposal, Proposal } from "../../../protocol/proposal";
import { hunksOf } from "../../edit/hunks";

/** What earlier rounds of a run came to. */
export interface Round {
  /** All files that they changed, from what the person has to what they are now. */
  readonly made: readonly FileProposal[];
  /** What fails with these changes. */
  readonly failing: readonly CheckCase[];
  /** How often the model was asked about this place as it is. */
  readonly asked: number;
}

/** An edit of what earlier rounds made, as an edit of what the person has. */
export function withRounds(proposal: Proposal, round: Round | undefined): Proposal {
  if (round === undefined || round.made.length === 0) return proposal;
  const files = proposal.files.map((file): FileProposal => {
    const earlier = round.made.find(({ uri }) => uri === file.uri);
    if (earlier === undefined) return file;
    const { base, change } = earlier;
    const by = [...new Set([...(earlier.by ?? []), ...(file.by ?? [])])];
    const notices = [...new Set([...earlier.notices, ...file.notices])];
    return { ...file, base, change, by, notices, hunks: hunksOf(base, file.proposed) };
  });
  const others = round.made.filter(({ uri }) => files.every((file) => file.uri !== uri));
  return { ...proposal, files: [...others, ...files] };
}
