import type { BlockState, Proposal, ProposalState, UnplacedEdit } from "../protocol/proposal";
import type { RunEvent } from "../protocol/run-events";

type Started = Extract<RunEvent, { kind: "started" }>;
type Failed = Extract<RunEvent, { kind: "failed" }>;

/** A proposal as its run's events tell it. */
export interface KnownProposal {
  readonly runId: string;
  readonly proposal: Proposal;
  readonly state: ProposalState;
  /** What was decided of single blocks, by {@link blockKey}; a block that is missing is open. */
  readonly blocks: ReadonlyMap<string, BlockState>;
}

/** An edit that the person may place by hand. */
export interface KnownUnplaced {
  readonly runId: string;
  readonly edit: UnplacedEdit;
}

/** Names a block within its proposal. */
export function blockKey(fileIndex: number, block: number): string {
  return `${fileIndex}/${block}`;
}

interface ListedRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}

export function isOver(events: readonly RunEvent[]): boolean {
  return events.some((event) => event.kind === "finished" || event.kind === "failed");
}

export function startedEvent(events: readonly RunEvent[]): Started | undefined {
  return events.find((event) => event.kind === "started");
}

export function failedEvent(events: readonly RunEvent[]): Failed | undefined {
  return events.findLast((event) => event.kind === "failed");
}

/** All proposals of the runs, oldest first, each in the state that was recorded last. */
export function proposalsIn(runs: readonly ListedRun[]): readonly KnownProposal[] {
  const found = new Map<string, KnownProposal>();
  for (const { runId, events } of runs) {
    for (const event of events) {
      if (event.kind === "proposal")
        found.set(event.proposal.id, {
          runId,
          proposal: event.proposal,
          state: "open",
          blocks: new Map(),
        });
      if (event.kind === "proposalState") {
        const known = found.get(event.proposalId);
        if (known !== undefined) found.set(event.proposalId, { ...known, state: event.state });
      }
      if (event.kind === "hunkState") {
        const known = found.get(event.proposalId);
        const key = blockKey(event.fileIndex, event.block);
        if (known !== undefined)
          found.set(event.proposalId, {
            ...known,
            blocks: new Map(known.blocks).set(key, event.state),
          });
      }
    }
  }
  return [...found.values()];
}

/** All edits that wait to be placed by hand, oldest first: not those that were placed since, unless that placing was rejected. */
export function unplacedIn(runs: readonly ListedRun[]): readonly KnownUnplaced[] {
  return runs.flatMap(({ runId, events }) => {
    const at = events.findLastIndex((event) => event.kind === "unplaced");
    const found = events[at];
    if (found?.kind !== "unplaced") return [];
    const placed = proposalsIn([{ runId, events: events.slice(at) }]).at(-1);
    return placed === undefined || placed.state === "rejected" ? [{ runId, edit: found.edit }] : [];
  });
}

/** Whether the person has still to decide. */
export function isUndecided({ state }: KnownProposal): boolean {
  return state === "open" || state === "conflict";
}

/** The same list with neighbouring pieces of one text joined: tokens matter while they come, not afterwards. */
export function joinText(events: readonly RunEvent[]): RunEvent[] {
  const joined: RunEvent[] = [];
  for (let index = 0; index < events.length; ) {
    const event = events[index];
    if (event === undefined) break;
    index++;
    if (event.kind !== "thought" && event.kind !== "answer") {
      joined.push(event);
      continue;
    }
    let text = event.text;
    for (let next = events[index]; next?.kind === event.kind; next = events[++index])
      text += next.text;
    joined.push({ ...event, text });
  }
  return joined;
}
