import { FailureError } from "../../core/failure-error";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState } from "../../protocol/proposal";
import type { RunEvent } from "../../protocol/run-events";
import {
  acceptedIn,
  isOpenBlock,
  isUndecided,
  type KnownProposal,
  proposalsIn,
} from "../../runs/run-lists";
import { changesNothing, type Landing } from "./landing";
import { type Landed, landThrough, type WantedText } from "./landing-door";
import {
  fileKey,
  filesOf,
  findProposal,
  type KnownRuns,
  type ReviewedFile,
  recordedState,
  standingBlocks,
  undecidedProposal,
  urisOf,
  wasTaken,
} from "./proposals";
import { reviewLines, withOnly } from "./review-blocks";
import type { ReviewFront } from "./review-front";
import {
  type BlockLine,
  type BlockNumber,
  type FoundBlocks,
  ReviewTexts,
  wholeState,
} from "./review-texts";
import { turnedRound } from "./turned-round";

/**
 * Decisions about proposals, wherever they are made: in a review, in the panel, in a palette, on a
 * command line.
 */
export class Decisions {
  readonly #runs: KnownRuns;
  readonly #front: ReviewFront;
  readonly #record: (runId: string, event: RunEvent) => void;
  readonly #deciding = new Set<string>();
  /**
   * What was put into files, by proposal and file: the person may have changed it in the review
   * before.
   */
  readonly #taken = new Map<string, string>();
  /** Proposals of which all that is in the files came there in one step. */
  readonly #landedAtOnce = new Set<string>();

  /** @param record takes down a decision as an event of its run; `runs` knows it afterwards. */
  constructor(
    runs: KnownRuns,
    front: ReviewFront,
    record: (runId: string, event: RunEvent) => void,
  ) {
    this.#runs = runs;
    this.#front = front;
    this.#record = record;
  }

  /**
   * Puts what is still open of the proposal, as it stands in the review, into the files as they are
   * now. Throws FailureError when it cannot.
   */
  async accept(proposalId?: string): Promise<void> {
    const { proposal } = undecidedProposal(this.#runs, proposalId);
    await this.#once(proposal.id, async () => {
      await this.observe(urisOf(proposal));
      const known = undecidedProposal(this.#runs, proposal.id);
      const { landings, files, heldBack } = await this.#land(known, () => this.#rest(known));
      if (heldBack) return await this.#leaveOpen(known, files);
      const rejected = changesNothing(landings) && wholeState(known) === "rejected";
      await this.#finish(known, rejected ? "rejected" : "accepted", landings);
    });
  }

  /** Puts the proposal away; no file changes. Throws FailureError when there is none. */
  async reject(proposalId?: string): Promise<void> {
    const known = undecidedProposal(this.#runs, proposalId);
    await this.#once(known.proposal.id, () => this.#finish(known, "rejected", []));
  }

  /**
   * Takes an accepted proposal back, without an id the last one: by the front end's own undo where
   * that takes back just this, else as a change of the files as they are now. Throws FailureError
   * when there is none, or when what was accepted is not there as it was.
   */
  async undo(proposalId?: string): Promise<void> {
    const found = acceptedIn(this.#runs.states, proposalId);
    if (found === undefined) throw new FailureError({ kind: "proposalGone" });
    const { id } = found.proposal;
    await this.#once(id, async () => {
      const uris = urisOf(found.proposal);
      await this.observe(uris);
      const known = findProposal(this.#runs, id) ?? found;
      if (this.#landedAtOnce.has(id) && (await this.#front.takeBack(known)))
        await this.observe(uris);
      else await this.#takeOut(known);
    });
  }

  /**
   * Puts one block into its file, as one undo step. A block that is decided already is left alone.
   * Throws FailureError when it cannot.
   */
  async acceptBlock(place: BlockNumber | BlockLine): Promise<void> {
    await this.#decideBlock(place, async ({ reviewed, changes, blocks }) => {
      const { landings, heldBack } = await this.#land(reviewed.known, async () => {
        const text =
          reviewed.file.change === "create"
            ? await this.#front.proposedText(reviewed)
            : withOnly(reviewLines(reviewed.file.base), changes);
        return [{ reviewed, text }];
      });
      if (heldBack) return undefined;
      this.#recordBlocks(reviewed, blocks, "accepted");
      return landings;
    });
  }

  /** Takes one block out of the review; no file changes. */
  async rejectBlock(place: BlockNumber | BlockLine): Promise<void> {
    await this.#decideBlock(place, async ({ reviewed, changes, blocks }) => {
      const texts = await this.#texts(reviewed);
      await this.#front.rewriteProposed(reviewed, texts.without(changes));
      this.#recordBlocks(reviewed, blocks, "rejected");
      return [];
    });
  }

  /**
   * Records what was decided in the texts themselves: in open reviews, as by the editor's own
   * Revert Block, and in the files in which something was accepted, as by an undo, a redo or
   * another program.
   * @param uris of the files that may have changed.
   */
  async observe(uris: ReadonlySet<string>): Promise<void> {
    for (const known of proposalsIn(this.#runs.states)) {
      for (const reviewed of filesOf(known)) {
        const isReviewOpen = isUndecided(known) && this.#front.isOpen(reviewed);
        if (!isReviewOpen && !(uris.has(reviewed.file.uri) && wasTaken(reviewed))) continue;
        const taken = this.#takenOf(reviewed);
        const proposed = isReviewOpen ? await this.#front.proposedText(reviewed) : taken;
        const texts = new ReviewTexts(reviewed, proposed, await this.#front.textNow(reviewed));
        for (const { block, state } of texts.observed(isReviewOpen, taken))
          this.#recordBlocks(reviewed, [block], state);
      }
    }
  }

  /**
   * The line of the review at which the next open block of a file stands, from a zero-based line on
   * and round the end.
   */
  async nextLine(reviewed: ReviewedFile, from: number): Promise<number | undefined> {
    return (await this.#texts(reviewed)).nextLine(from);
  }

  async #decideBlock(
    place: BlockNumber | BlockLine,
    decide: (found: FoundBlocks) => Promise<readonly Landing[] | undefined>,
  ): Promise<void> {
    const { proposal } = undecidedProposal(this.#runs, place.proposalId);
    await this.#once(proposal.id, async () => {
      await this.observe(urisOf(proposal));
      const known = undecidedProposal(this.#runs, proposal.id);
      const found = await this.#find(known, place);
      if (found === undefined) {
        // Whoever names a block by its number clicked late: it has been decided meanwhile.
        if ("line" in place) await this.#front.showNext(known, true);
        return;
      }
      const landings = await decide(found);
      // The person thought better of it.
      if (landings === undefined) return;
      const after = findProposal(this.#runs, proposal.id) ?? known;
      const state = wholeState(after);
      if (state !== undefined) await this.#finish(after, state, landings);
      else await this.#front.showNext(after, false);
    });
  }

  async #find(
    known: KnownProposal,
    place: BlockNumber | BlockLine,
  ): Promise<FoundBlocks | undefined> {
    const reviewed = filesOf(known)[place.fileIndex];
    if (reviewed === undefined) return undefined;
    const texts = await this.#texts(reviewed);
    return "line" in place ? texts.at(place) : texts.numbered(place.block);
  }

  async #texts(reviewed: ReviewedFile): Promise<ReviewTexts> {
    const proposed = await this.#front.proposedText(reviewed);
    return new ReviewTexts(reviewed, proposed, await this.#front.textNow(reviewed));
  }

  /** What was not decided block by block. */
  async #rest(known: KnownProposal): Promise<readonly WantedText[]> {
    const rest: WantedText[] = [];
    for (const reviewed of filesOf(known)) {
      const { undecided } = await this.#texts(reviewed);
      if (undecided !== undefined) rest.push({ reviewed, text: undecided });
    }
    return rest;
  }

  /** Lands what is wanted, or tells of the conflict and throws FailureError. */
  async #land(
    known: KnownProposal,
    wanted: () => Promise<readonly WantedText[]>,
  ): Promise<Extract<Landed, { kind: "landed" }>> {
    const landed = await landThrough(this.#front, known, wanted);
    if (landed.kind === "landed") {
      const stood = filesOf(known).some((reviewed) => standingBlocks(reviewed).length > 0);
      if (stood) this.#landedAtOnce.delete(known.proposal.id);
      else this.#landedAtOnce.add(known.proposal.id);
      for (const reviewed of landed.files)
        this.#taken.set(fileKey(reviewed), await this.#front.proposedText(reviewed));
      return landed;
    }
    if (known.state !== "conflict")
      this.#decided(known, { kind: "proposalState", state: "conflict" });
    await this.#front.showConflict(known);
    throw new FailureError({ kind: "documentConflict", path: landed.path });
  }

  /** Lands the accepted edit turned round. */
  async #takeOut(known: KnownProposal): Promise<void> {
    const wanted = filesOf(known).flatMap(
      (reviewed) => turnedRound(reviewed, this.#takenOf(reviewed)) ?? [],
    );
    const landed = await landThrough(this.#front, known, async () => wanted);
    if (landed.kind === "conflict") {
      const { path, line } = landed;
      throw new FailureError({ kind: "undoConflict", path, line: line + 1 });
    }
    for (const reviewed of landed.files)
      this.#recordBlocks(reviewed, standingBlocks(reviewed), "undone");
    this.#landedAtOnce.delete(known.proposal.id);
    const after = findProposal(this.#runs, known.proposal.id) ?? known;
    await this.#front.concluded(after, landed.landings);
  }

  /** What was put into a file; of an earlier window it is known without the person's own changes. */
  #takenOf(reviewed: ReviewedFile): string {
    return this.#taken.get(fileKey(reviewed)) ?? reviewed.file.proposed;
  }

  /** What landed is decided; the files that were held back wait. */
  async #leaveOpen(known: KnownProposal, landed: readonly ReviewedFile[]): Promise<void> {
    for (const reviewed of landed) {
      const open = blocksOf(reviewed.file.hunks).flatMap((_block, index) =>
        isOpenBlock(recordedState(reviewed, index)) ? [index] : [],
      );
      this.#recordBlocks(reviewed, open, "accepted");
    }
    await this.#front.showNext(undecidedProposal(this.#runs, known.proposal.id), false);
  }

  async #finish(
    known: KnownProposal,
    state: "accepted" | "rejected",
    landings: readonly Landing[],
  ): Promise<void> {
    this.#decided(known, { kind: "proposalState", state });
    await this.#front.concluded(known, landings);
  }

  /** A second click while the first is being carried out is the same decision. */
  async #once(proposalId: string, decide: () => Promise<void>): Promise<void> {
    if (this.#deciding.has(proposalId)) return;
    this.#deciding.add(proposalId);
    try {
      await decide();
    } finally {
      this.#deciding.delete(proposalId);
    }
  }

  #recordBlocks(
    { known, fileIndex }: ReviewedFile,
    blocks: readonly number[],
    state: BlockState,
  ): void {
    for (const block of blocks)
      this.#decided(known, { kind: "hunkState", fileIndex, block, state });
  }

  #decided({ runId, proposal }: KnownProposal, event: Decision): void {
    this.#record(runId, { ...event, at: Date.now(), proposalId: proposal.id });
  }
}

type WithoutStamp<Event> = Event extends unknown ? Omit<Event, "at" | "proposalId"> : never;
type Decision = WithoutStamp<Extract<RunEvent, { kind: "proposalState" | "hunkState" }>>;
