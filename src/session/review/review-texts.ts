import { type Change, Changes } from "../../base/text/changes";
import { touch } from "../../base/text/line-range";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState } from "../../protocol/proposal";
import { isOpenBlock, type KnownProposal } from "../../runs/run-lists";
import { filesOf, type ReviewedFile, recordedState } from "./proposals";
import {
  changeInFile,
  changeInReview,
  nextChange,
  observedState,
  reviewLines,
  withOnly,
} from "./review-blocks";

/** Names one block of a proposal. */
export interface BlockNumber {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly block: number;
}

/** Names the block that stands at a zero-based line, on either side of a review. */
export interface BlockLine {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly side: "review" | "file";
  readonly line: number;
}

/**
 * Changes of a file's review that are decided together, and the numbers of the blocks that they
 * are.
 */
export interface FoundBlocks {
  readonly reviewed: ReviewedFile;
  readonly changes: readonly Change[];
  readonly blocks: readonly number[];
}

/** A block that the texts say something else of than what is recorded. */
export interface ObservedBlock {
  readonly block: number;
  readonly state: BlockState;
}

/**
 * A file of a proposal with its texts, as {@link reviewLines} cuts them. Everything is counted in
 * lines of the base, which never changes.
 */
export class ReviewTexts {
  readonly base: readonly string[];
  readonly review: readonly string[];
  readonly #current: readonly string[] | undefined;

  /**
   * @param proposed the proposal's text as it stands in the review.
   * @param current the file as it is now; undefined where nothing is known of it.
   */
  constructor(
    readonly reviewed: ReviewedFile,
    readonly proposed: string,
    current: string | undefined,
  ) {
    this.base = reviewLines(reviewed.file.base);
    this.review = reviewLines(proposed);
    this.#current = current === undefined ? undefined : reviewLines(current);
  }

  /** The block with a number. Undefined when it has been decided, or is gone from the review. */
  numbered(block: number): FoundBlocks | undefined {
    const place = blocksOf(this.reviewed.file.hunks)[block];
    if (place === undefined || !isOpenBlock(recordedState(this.reviewed, block))) return undefined;
    return this.#found(this.#changes.list.filter((change) => touch(change, place)));
  }

  /** The open block at a line. */
  at({ side, line }: BlockLine): FoundBlocks | undefined {
    const change =
      side === "review"
        ? changeInReview(this.openChanges, line)
        : changeInFile(
            this.openChanges,
            line,
            Changes.between(this.#current ?? this.base, this.base),
          );
    return this.#found(change === undefined ? [] : [change]);
  }

  /**
   * The line of the review at which the next open block stands, from a line on and from the top
   * again.
   */
  nextLine(from: number): number | undefined {
    return nextChange(this.openChanges, from)?.newStart;
  }

  /** The review's text without these changes, with plain line feeds. */
  without(changes: readonly Change[]): string {
    return this.#changes
      .without((change) => changes.some((one) => touch(change, one)))
      .apply(this.base)
      .join("");
  }

  /** The proposal's text without what was accepted already; undefined where nothing is left. */
  get undecided(): string | undefined {
    const accepted = this.#acceptedBlocks;
    if (this.reviewed.file.change === "create")
      return accepted.length > 0 || this.proposed === "" ? undefined : this.proposed;
    if (accepted.length === 0) return this.proposed;
    const rest = this.openChanges;
    return rest.length === 0 ? undefined : withOnly(this.base, rest);
  }

  /** Changes of the review that are not in the file already by an accepted block. */
  get openChanges(): readonly Change[] {
    const accepted = this.#acceptedBlocks;
    return this.#changes.list.filter((change) => !accepted.some((block) => touch(change, block)));
  }

  /**
   * Blocks whose state in the texts differs from the recorded one, as after the editor's own Revert
   * Block or an undo.
   */
  observed(isReviewOpen: boolean, taken: string): readonly ObservedBlock[] {
    const current = this.#current;
    const texts = {
      review: isReviewOpen ? this.#changes : undefined,
      file: current === undefined ? undefined : Changes.between(this.base, current),
      taken: Changes.between(this.base, reviewLines(taken)),
    };
    return blocksOf(this.reviewed.file.hunks).flatMap((place, block) => {
      const recorded = recordedState(this.reviewed, block);
      const state = observedState(recorded, place, texts);
      return state === recorded ? [] : [{ block, state }];
    });
  }

  get #changes(): Changes {
    return Changes.between(this.base, this.review);
  }

  get #acceptedBlocks() {
    return blocksOf(this.reviewed.file.hunks).filter(
      (_block, index) => recordedState(this.reviewed, index) === "accepted",
    );
  }

  #found(changes: readonly Change[]): FoundBlocks | undefined {
    if (changes.length === 0) return undefined;
    const { reviewed } = this;
    const blocks = blocksOf(reviewed.file.hunks).flatMap((block, index) =>
      changes.some((change) => touch(change, block)) ? [index] : [],
    );
    return { reviewed, changes, blocks };
  }
}

/** What the proposal came to once every block is decided; undefined while one can be. */
export function wholeState(known: KnownProposal): "accepted" | "rejected" | undefined {
  const states = filesOf(known).flatMap((reviewed) =>
    blocksOf(reviewed.file.hunks).map((_block, index) => recordedState(reviewed, index)),
  );
  if (states.some(isOpenBlock)) return undefined;
  return states.includes("accepted") ? "accepted" : "rejected";
}
