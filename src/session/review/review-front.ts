import type { Guard } from "../../base/guard/guarded-places";
import type { KnownProposal } from "../../runs/run-lists";
import type { KeptPlace, Landing } from "./landing";
import type { ReviewedFile } from "./proposals";

/**
 * What a front end brings so that proposals can be decided: the texts as they are now, and hands to
 * change them.
 */
export interface ReviewFront {
  /** The proposal's text as it stands in the review, the person's own changes to it included. */
  proposedText(reviewed: ReviewedFile): Promise<string>;
  /** Rewrites the review's text. @param text with plain line feeds. */
  rewriteProposed(reviewed: ReviewedFile, text: string): Promise<void>;
  /**
   * Whether the person has the review before them, so that they may have decided something in its
   * text.
   */
  isOpen(reviewed: ReviewedFile): boolean;
  /**
   * The file as it is now, open or not; empty where the proposal creates it and it is not there.
   * Undefined where nothing is known of it: it is gone, or cannot be read.
   */
  textNow(reviewed: ReviewedFile): Promise<string | undefined>;
  /**
   * The file as it is now, for a change; undefined for one that is to be created. Throws
   * FailureError for a file that the proposal may not touch, that cannot be written, or that is
   * there although it is to be created.
   */
  textToChange(reviewed: ReviewedFile): Promise<string | undefined>;
  /**
   * Where the file is really kept; undefined for a document that is on no disk. Throws FailureError
   * as `textToChange` does.
   */
  keptPlace(reviewed: ReviewedFile): Promise<KeptPlace | undefined>;
  /**
   * Asks the person about this one file, by its name, before anything lands. False: it is held
   * back, and stays open. Throws FailureError where nobody can be asked and it was not named
   * before.
   */
  confirmGuarded(guarded: GuardedLanding): Promise<boolean>;
  /**
   * Applies all landings as one step of undo, or none. `moved`: a text changed after its landing
   * was planned. Throws FailureError when it cannot be applied.
   */
  land(landings: readonly Landing[]): Promise<"landed" | "moved">;
  /**
   * Takes back the one step in which a proposal landed, by the front end's own undo. False: it has
   * none for that, or something came after it, and nothing is done.
   */
  takeBack(known: KnownProposal): Promise<boolean>;
  /** The file changed where the proposal does: both versions are shown. */
  showConflict(known: KnownProposal): Promise<void>;
  /** A block was decided and others are open, or none was meant. */
  showNext(known: KnownProposal, missed: boolean): Promise<void>;
  /**
   * Everything is decided and recorded, or taken back: what landed is shown, the review put away.
   */
  concluded(known: KnownProposal, landings: readonly Landing[]): Promise<void>;
}

/** A change that is no part of a general accept. */
export interface GuardedLanding {
  readonly landing: Landing;
  readonly guard: Guard;
  readonly kept: KeptPlace | undefined;
}
