import type { Check, CheckCase } from "../../../protocol/checks";
import type { FileProposal, Proposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { compareBehaviour } from "../../../runs/compare-behaviour";
import { compareCheck, loadsNoMore, stillFailing } from "../../../runs/compare-checks";
import type { CheckDesk } from "../checks/check-desk";
import { changesTests, sayingTouched } from "../checks/own-tests";

/** What a judge says of an edit. */
export interface Judgement {
  /** The edit, with what was found out about it. */
  readonly proposal: Proposal;
  /** Why the edit will not do, as a sentence; absent: nothing speaks against it. */
  readonly no?: string;
  /** How much speaks against it; only to be compared with the same judge's other words. */
  readonly against: number;
  /** What should pass and does not. */
  readonly failing: readonly CheckCase[];
  /** Something passed before and does no more. */
  readonly isWorse?: boolean;
  /** The edit changes tests by which it is judged. */
  readonly changesTests?: boolean;
}

/** Whoever can say whether an edit is right. */
export interface Judge {
  readonly name: "syntax" | "checks" | "behaviour";
  judge(proposal: Proposal): AsyncGenerator<RunEvent, Judgement, void>;
}

/** An edit and what the judges said of it, in their order, up to the first no. */
export interface Candidate {
  readonly proposal: Proposal;
  readonly judgements: readonly Judgement[];
  /** Whose no it was; absent where all are content. */
  readonly refusedBy?: Judge["name"];
  readonly no?: string;
  readonly failing: readonly CheckCase[];
  readonly isWorse?: boolean;
  readonly changesTests?: boolean;
  /** Set where no answer gave it: what is proposed is told in its place. */
  readonly aside?: true;
}

export const syntaxJudge: Judge = {
  name: "syntax",
  async *judge(proposal) {
    const broken = proposal.files.filter((file) => file.syntax === "broken").length;
    return {
      proposal,
      ...(broken === 0 ? {} : { no: "The edit would break the code's syntax." }),
      against: broken,
      failing: [],
    };
  },
};

/** One case that got worse weighs more than any number that the edit merely leaves as they are. */
const worseWeight = 1_000;

/**
 * @param mustTurn what failed before has to pass, as it was asked for; else nothing must get worse.
 * @param mayChange whether a file's tests may be changed although the edit is judged by them: the
 * person asked for it.
 */
export function checksJudge(
  desk: CheckDesk,
  mustTurn: boolean,
  mayChange: (file: FileProposal) => Promise<boolean>,
): Judge {
  return {
    name: "checks",
    async *judge(edit) {
      const touched = await desk.touched(edit.files);
      const proposal = sayingTouched(edit, touched);
      let isAsked = true;
      for (const file of edit.files) {
        const { uri, path } = file;
        const tests = touched.get(uri);
        if (tests === undefined || (await mayChange(file))) continue;
        isAsked = false;
        if (!tests.isWhole) continue;
        const no = `The edit changes the test \`${path}\`, by which it is judged.`;
        const against = Number.POSITIVE_INFINITY;
        return { proposal, no, against, failing: [], isWorse: true };
      }
      const checks = yield* desk.judge(edit.files, touched, isAsked);
      const worse = checks.flatMap((check) => compareCheck(check).worse);
      const still = mustTurn ? checks.flatMap(stillFailing) : [];
      const failing = [...worse, ...still];
      return {
        proposal: checks.length === 0 ? proposal : { ...proposal, checks },
        ...(failing.length === 0 ? {} : { no: noOf(worse, still, checks) }),
        against: worse.length * worseWeight + still.length,
        failing,
        isWorse: worse.length > 0,
        changesTests: changesTests(edit.files, touched),
      };
    },
  };
}

/**
 * Says no to a fix that does the same as the code before: an equal rewrite, a comment. Only where
 * nothing is known to fail, which tells more; that it does something else speaks neither for it nor
 * against it.
 */
export function behaviourJudge(desk: CheckDesk): Judge {
  return {
    name: "behaviour",
    async *judge(proposal) {
      const content: Judgement = { proposal, against: 0, failing: [] };
      if (desk.failing.length > 0) return content;
      const check = yield* desk.behaviour(proposal.files);
      if (check === undefined) return content;
      const { compared, changed } = compareBehaviour(check);
      if (compared === 0) return content;
      const checks = [...(proposal.checks ?? []), check];
      const told = { ...content, proposal: { ...proposal, checks } };
      return changed.length > 0 ? told : { ...told, against: 1, no: sameAsBefore(compared) };
    },
  };
}

function sameAsBefore(inputs: number): string {
  return inputs === 1
    ? "The edit does the same as before on the one input that was tried."
    : `The edit does the same as before on ${inputs} inputs.`;
}

function noOf(
  worse: readonly CheckCase[],
  still: readonly CheckCase[],
  checks: readonly Check[],
): string {
  if (checks.some(loadsNoMore)) return "With the edit, the file can no longer be loaded.";
  const [first] = worse.length > 0 ? worse : still;
  const more = worse.length + still.length - 1;
  const rest = more > 0 ? ` (and ${more} more)` : "";
  const name = first?.name ?? "";
  const isProblem = checks.some(
    ({ kind, after }) => kind === "problems" && after?.cases.some((each) => each === first),
  );
  if (isProblem)
    return worse.length > 0
      ? `The edit brings the problem \`${name}\`${rest}.`
      : `With the edit, the problem \`${name}\` is still there${rest}.`;
  return worse.length > 0
    ? `With the edit, \`${name}\` no longer passes${rest}.`
    : `With the edit, \`${name}\` still fails${rest}.`;
}

/** Asks one judge after the other; after a no the later ones have nothing to say. */
export async function* judged(
  proposal: Proposal,
  judges: readonly Judge[],
): AsyncGenerator<RunEvent, Candidate, void> {
  const judgements: Judgement[] = [];
  let marked = proposal;
  let last: Candidate = { proposal, judgements, failing: [] };
  for (const judge of judges) {
    const judgement = yield* judge.judge(marked);
    judgements.push(judgement);
    marked = judgement.proposal;
    const { no, failing, isWorse = false, changesTests = false } = judgement;
    const said = { proposal: marked, judgements, failing, isWorse, changesTests };
    if (no !== undefined) return { ...said, refusedBy: judge.name, no };
    last = said;
  }
  return last;
}

/**
 * The best of what was tried: what came furthest, then what has least against it, then the smallest
 * change, then the earliest. Of those that do the same as before the earliest: a comment is smaller
 * than a fix of what no example shows.
 */
export function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort(
    (one, other) =>
      Number(one.no !== undefined) - Number(other.no !== undefined) ||
      other.judgements.length - one.judgements.length ||
      against(one) - against(other) ||
      sizeOf(one) - sizeOf(other),
  )[0];
}

function against({ judgements }: Candidate): number {
  return judgements.at(-1)?.against ?? 0;
}

function sizeOf({ proposal, refusedBy }: Candidate): number {
  if (refusedBy === "behaviour") return 0;
  return proposal.files
    .flatMap((file) => file.hunks.flatMap(({ lines }) => lines))
    .filter((line) => !line.startsWith(" ")).length;
}
