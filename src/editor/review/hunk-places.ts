import { type TextEditor, window, workspace } from "vscode";
import { type Change, Changes } from "../../base/text/changes";
import { touch } from "../../base/text/line-range";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState } from "../../protocol/proposal";
import type { KnownProposal } from "../../runs/run-lists";
import {
  changeInFile,
  changeInReview,
  nextChange,
  observedState,
  reviewLines,
  withOnly,
} from "../../session/review/review-blocks";
import { activeProposalPlace } from "./proposal-tabs";
import { type ReviewDocuments, type ReviewedFile, recordedState } from "./review-documents";

/** Names one block of a proposal. */
export interface HunkPlace {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly block: number;
}

/** Changes of a file's review that are decided together, and the numbers of the blocks that they are. */
export interface FoundHunk {
  readonly reviewed: ReviewedFile;
  readonly changes: readonly Change[];
  readonly blocks: readonly number[];
}

interface ReviewTexts {
  readonly base: readonly string[];
  readonly review: readonly string[];
  /** The file as it is now; undefined where it is not open or does not exist. */
  readonly current: readonly string[] | undefined;
}

/** Finds the blocks of proposals in the texts of their reviews. Everything is counted in lines of the base, which never changes. */
export class HunkPlaces {
  readonly #documents: ReviewDocuments;

  constructor(documents: ReviewDocuments) {
    this.#documents = documents;
  }

  async texts(reviewed: ReviewedFile): Promise<ReviewTexts> {
    const open = workspace.textDocuments.find((each) => each.uri.toString() === reviewed.file.uri);
    return {
      base: reviewLines(reviewed.file.base),
      review: reviewLines(await this.#documents.textOf(reviewed)),
      current: open === undefined ? undefined : reviewLines(open.getText()),
    };
  }

  async byNumber(
    known: KnownProposal,
    { fileIndex, block }: HunkPlace,
  ): Promise<FoundHunk | undefined> {
    const reviewed = this.#documents.filesOf(known)[fileIndex];
    const place = reviewed && blocksOf(reviewed.file.hunks)[block];
    if (reviewed === undefined || place === undefined || recordedState(reviewed, block) !== "open")
      return undefined;
    const { base, review } = await this.texts(reviewed);
    const changes = Changes.between(base, review).list.filter((change) => touch(change, place));
    return changes.length === 0
      ? undefined
      : { reviewed, changes, blocks: blocksIn(reviewed, changes) };
  }

  /** The block at the cursor, on either side of the review in front. */
  async atCursor(known: KnownProposal): Promise<FoundHunk | undefined> {
    const editor = window.activeTextEditor;
    const reviewed = editor && this.#reviewedIn(editor, known);
    if (editor === undefined || reviewed === undefined) return undefined;
    const { base, review, current } = await this.texts(reviewed);
    const onRight = editor.document.uri.toString() === this.#documents.uriOf(reviewed).toString();
    const changes = openChanges(reviewed, Changes.between(base, review));
    const { line } = editor.selection.active;
    const change = onRight
      ? changeInReview(changes, line)
      : changeInFile(changes, line, Changes.between(current ?? base, base));
    return change && { reviewed, changes: [change], blocks: blocksIn(reviewed, [change]) };
  }

  /** The next open change from the cursor on, in the file in front or else in the first that has one. */
  async next(
    known: KnownProposal,
  ): Promise<{ readonly reviewed: ReviewedFile; readonly line: number } | undefined> {
    const files = this.#documents.filesOf(known);
    const active = files.find(({ fileIndex }) => fileIndex === activeProposalPlace()?.fileIndex);
    for (const reviewed of active === undefined ? files : [active, ...files]) {
      const { base, review } = await this.texts(reviewed);
      const uri = this.#documents.uriOf(reviewed).toString();
      const editor = window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === uri,
      );
      const change = nextChange(
        openChanges(reviewed, Changes.between(base, review)),
        editor?.selection.active.line ?? 0,
      );
      if (change !== undefined) return { reviewed, line: change.newStart };
    }
    return undefined;
  }

  /** The proposal's text without what was accepted already; undefined where nothing is left. */
  async undecidedText(reviewed: ReviewedFile): Promise<string | undefined> {
    const text = await this.#documents.textOf(reviewed);
    const accepted = blocksOf(reviewed.file.hunks).filter(
      (_block, index) => recordedState(reviewed, index) === "accepted",
    );
    if (reviewed.file.change === "create")
      return accepted.length > 0 || text === "" ? undefined : text;
    if (accepted.length === 0) return text;
    const base = reviewLines(reviewed.file.base);
    const rest = openChanges(reviewed, Changes.between(base, reviewLines(text)));
    return rest.length === 0 ? undefined : withOnly(base, rest);
  }

  /** What the proposal came to once every block is decided; undefined while one is open. */
  wholeState(known: KnownProposal): "accepted" | "rejected" | undefined {
    const states = this.#documents
      .filesOf(known)
      .flatMap((reviewed) =>
        blocksOf(reviewed.file.hunks).map((_block, index) => recordedState(reviewed, index)),
      );
    if (states.includes("open")) return undefined;
    return states.includes("accepted") ? "accepted" : "rejected";
  }

  /** Blocks whose state in the texts differs from the recorded one. */
  async observed(): Promise<
    readonly {
      readonly reviewed: ReviewedFile;
      readonly block: number;
      readonly state: BlockState;
    }[]
  > {
    const found: { reviewed: ReviewedFile; block: number; state: BlockState }[] = [];
    for (const reviewed of this.#documents.openFiles()) {
      const { base, review, current } = await this.texts(reviewed);
      const proposed = Changes.between(base, review);
      const landed = current === undefined ? undefined : Changes.between(base, current);
      for (const [block, place] of blocksOf(reviewed.file.hunks).entries()) {
        const recorded = recordedState(reviewed, block);
        // A file that is not open tells nothing of what was undone in it.
        if (recorded === "accepted" && landed === undefined) continue;
        const state = observedState(recorded, place, proposed, landed ?? Changes.none(base.length));
        if (state !== recorded) found.push({ reviewed, block, state });
      }
    }
    return found;
  }

  #reviewedIn(editor: TextEditor, known: KnownProposal): ReviewedFile | undefined {
    const place = activeProposalPlace();
    if (place?.proposalId !== known.proposal.id) return undefined;
    const reviewed = this.#documents.filesOf(known)[place.fileIndex];
    const uri = editor.document.uri.toString();
    return reviewed !== undefined &&
      [reviewed.file.uri, this.#documents.uriOf(reviewed).toString()].includes(uri)
      ? reviewed
      : undefined;
  }
}

/** Changes of the review that are not in the file already by an accepted block. */
function openChanges(reviewed: ReviewedFile, changes: Changes): readonly Change[] {
  const accepted = blocksOf(reviewed.file.hunks).filter(
    (_block, index) => recordedState(reviewed, index) === "accepted",
  );
  return changes.list.filter((change) => !accepted.some((block) => touch(change, block)));
}

function blocksIn(reviewed: ReviewedFile, changes: readonly Change[]): readonly number[] {
  return blocksOf(reviewed.file.hunks).flatMap((block, index) =>
    changes.some((change) => touch(change, block)) ? [index] : [],
  );
}
