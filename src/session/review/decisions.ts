import type { Guard } from "../../base/guard/guarded-places";
import { FailureError } from "../../core/failure-error";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState } from "../../protocol/proposal";
import type { RunEvent } from "../../protocol/run-events";
import { isUndecided, type KnownProposal, proposalsIn } from "../../runs/run-lists";
import {
  changesNothing,
  guardOf,
  type KeptPlace,
  type Landing,
  type PlannedLanding,
  planLanding,
  textOf,
} from "./landing";
import {
  filesOf,
  type KnownRuns,
  type ReviewedFile,
  recordedState,
  undecidedProposal,
} from "./proposals";
import { reviewLines, withOnly } from "./review-blocks";
import {
  type BlockLine,
  type BlockNumber,
  type FoundBlocks,
  ReviewTexts,
  wholeState,
} from "./review-texts";

/** How often a file may change between planning and applying before we give up. */
const maxPlans = 5;

/** What a front end brings so that proposals can be decided: the texts as they are now, and hands to change them. */
export interface ReviewFront {
  /** The proposal's text as it stands in the review, the person's own changes to it included. */
  proposedText(reviewed: ReviewedFile): Promise<string>;
  /** Rewrites the review's text. @param text with plain line feeds. */
  rewriteProposed(reviewed: ReviewedFile, text: string): Promise<void>;
  /** Whether the person has the review before them, so that they may have decided something in its text. */
  isOpen(reviewed: ReviewedFile): boolean;
  /** The file as the person sees it now, without opening it; undefined where it is not open. */
  shownText(reviewed: ReviewedFile): string | undefined;
  /**
   * The file as it is now, for a change; undefined for one that is to be created. Throws FailureError for a file that the proposal may
   * not touch, that cannot be written, or that is there although it is to be created.
   */
  textToChange(reviewed: ReviewedFile): Promise<string | undefined>;
  /** Where the file is really kept; undefined for a document that is on no disk. Throws FailureError as `textToChange` does. */
  keptPlace(reviewed: ReviewedFile): Promise<KeptPlace | undefined>;
  /**
   * Asks the person about this one file, by its name, before anything lands. False: it is held back, and stays open. Throws FailureError
   * where nobody can be asked and it was not named before.
   */
  confirmGuarded(guarded: GuardedLanding): Promise<boolean>;
  /**
   * Applies all landings as one step of undo, or none. `moved`: a text changed after its landing was planned. Throws FailureError when
   * it cannot be applied.
   */
  land(landings: readonly Landing[]): Promise<"landed" | "moved">;
  /** The file changed where the proposal does: both versions are shown. */
  showConflict(known: KnownProposal): Promise<void>;
  /** A block was decided and others are open, or none was meant. */
  showNext(known: KnownProposal, missed: boolean): Promise<void>;
  /** Everything is decided and recorded: what landed is shown, the review put away. */
  concluded(known: KnownProposal, landings: readonly Landing[]): Promise<void>;
}

/** A change that is no part of a general accept. */
export interface GuardedLanding {
  readonly landing: Landing;
  readonly guard: Guard;
  readonly kept: KeptPlace | undefined;
}

/** A file of a proposal with what accepting would do to it now. */
interface PlannedFile {
  readonly reviewed: ReviewedFile;
  readonly planned: PlannedLanding;
}

/** What landed, and the files that the person did not confirm. */
interface Landed {
  readonly landings: readonly Landing[];
  readonly files: readonly ReviewedFile[];
  readonly heldBack: boolean;
}

/** Decisions about proposals, wherever they are made: in a review, in the panel, in a palette, on a command line. */
export class Decisions {
  readonly #runs: KnownRuns;
  readonly #front: ReviewFront;
  readonly #record: (runId: string, event: RunEvent) => void;
  readonly #deciding = new Set<string>();

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

  /** Puts what is still open of the proposal, as it stands in the review, into the files as they are now. Throws FailureError when it cannot. */
  async accept(proposalId?: string): Promise<void> {
    const { proposal } = undecidedProposal(this.#runs, proposalId);
    await this.#once(proposal.id, async () => {
      await this.observe();
      const known = undecidedProposal(this.#runs, proposal.id);
      const { landings, files, heldBack } = await this.#land(known, () => this.#planRest(known));
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

  /** Puts one block into its file, as one undo step. A block that is decided already is left alone. Throws FailureError when it cannot. */
  async acceptBlock(place: BlockNumber | BlockLine): Promise<void> {
    await this.#decideBlock(place, async ({ reviewed, changes, blocks }) => {
      const { landings, heldBack } = await this.#land(reviewed.known, async () => {
        const text =
          reviewed.file.change === "create"
            ? await this.#front.proposedText(reviewed)
            : withOnly(reviewLines(reviewed.file.base), changes);
        return [await this.#plan(reviewed, text)];
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

  /** Records what was decided in the texts themselves, such as by the editor's own Revert Block. */
  async observe(): Promise<void> {
    const open = proposalsIn(this.#runs.states)
      .filter(isUndecided)
      .flatMap(filesOf)
      .filter((reviewed) => this.#front.isOpen(reviewed));
    for (const reviewed of open) {
      const { observed } = await this.#texts(reviewed);
      for (const { block, state } of observed) this.#recordBlocks(reviewed, [block], state);
    }
  }

  /** The line of the review at which the next open block of a file stands, from a zero-based line on and round the end. */
  async nextLine(reviewed: ReviewedFile, from: number): Promise<number | undefined> {
    return (await this.#texts(reviewed)).nextLine(from);
  }

  async #decideBlock(
    place: BlockNumber | BlockLine,
    decide: (found: FoundBlocks) => Promise<readonly Landing[] | undefined>,
  ): Promise<void> {
    const { proposal } = undecidedProposal(this.#runs, place.proposalId);
    await this.#once(proposal.id, async () => {
      await this.observe();
      const known = undecidedProposal(this.#runs, proposal.id);
      const found = await this.#find(known, place);
      if (found === undefined) {
        // By its number it is a late click: the block has been decided meanwhile.
        if ("line" in place) await this.#front.showNext(known, true);
        return;
      }
      const landings = await decide(found);
      // The person thought better of it.
      if (landings === undefined) return;
      const after = undecidedProposal(this.#runs, proposal.id);
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
    return new ReviewTexts(reviewed, proposed, this.#front.shownText(reviewed));
  }

  async #plan(reviewed: ReviewedFile, text: string): Promise<PlannedFile> {
    const current = await this.#front.textToChange(reviewed);
    return { reviewed, planned: planLanding(reviewed.file, current, text) };
  }

  /** What was not decided block by block. */
  async #planRest(known: KnownProposal): Promise<readonly PlannedFile[]> {
    const planned: PlannedFile[] = [];
    for (const reviewed of filesOf(known)) {
      const { undecided } = await this.#texts(reviewed);
      if (undecided !== undefined) planned.push(await this.#plan(reviewed, undecided));
    }
    return planned;
  }

  /**
   * The one door through which a proposal reaches files. Lands what is planned, planning anew while the files move: all of it or none,
   * but for guarded places that the person does not confirm.
   */
  async #land(known: KnownProposal, plan: () => Promise<readonly PlannedFile[]>): Promise<Landed> {
    const confirmed = new Map<string, boolean>();
    for (let plans = 0; plans < maxPlans; plans++) {
      const planned = await plan();
      const conflict = planned.find((each) => each.planned.kind === "conflict");
      if (conflict !== undefined) return await this.#conflict(known, conflict.planned.path);
      const landings: Landing[] = [];
      const files: ReviewedFile[] = [];
      for (const { reviewed, planned: landing } of planned) {
        if (landing.kind === "conflict" || !(await this.#mayLand(reviewed, landing, confirmed)))
          continue;
        landings.push(landing);
        files.push(reviewed);
      }
      const landed = { landings, files, heldBack: landings.length < planned.length };
      if (changesNothing(landings) || (await this.#front.land(landings)) === "landed")
        return landed;
    }
    throw new FailureError({ kind: "applyRefused", path: known.proposal.files[0]?.path ?? "" });
  }

  /** @param confirmed what the person said of a file's text: a yes holds for the text that it was said of, and no other. */
  async #mayLand(
    reviewed: ReviewedFile,
    landing: Landing,
    confirmed: Map<string, boolean>,
  ): Promise<boolean> {
    const kept = await this.#front.keptPlace(reviewed);
    const guard = guardOf(landing, kept);
    if (guard === undefined) return true;
    const key = JSON.stringify([landing.uri, kept?.path, textOf(landing)]);
    const may = confirmed.get(key) ?? (await this.#front.confirmGuarded({ landing, guard, kept }));
    confirmed.set(key, may);
    return may;
  }

  /** What landed is decided; the files that were held back wait. */
  async #leaveOpen(known: KnownProposal, landed: readonly ReviewedFile[]): Promise<void> {
    for (const reviewed of landed) {
      const open = blocksOf(reviewed.file.hunks).flatMap((_block, index) =>
        recordedState(reviewed, index) === "open" ? [index] : [],
      );
      this.#recordBlocks(reviewed, open, "accepted");
    }
    await this.#front.showNext(undecidedProposal(this.#runs, known.proposal.id), false);
  }

  async #conflict(known: KnownProposal, path: string): Promise<never> {
    if (known.state !== "conflict")
      this.#decided(known, { kind: "proposalState", state: "conflict" });
    await this.#front.showConflict(known);
    throw new FailureError({ kind: "documentConflict", path });
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
