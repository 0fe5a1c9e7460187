import {
  commands,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  type Uri,
  window,
} from "vscode";
import { t } from "../../base/l10n";
import { fileNameOf } from "../../base/text/file-name";
import { isUndecided, type KnownProposal } from "../../runs/run-lists";
import {
  filesOf,
  findProposal,
  type KnownRuns,
  type ReviewedFile,
} from "../../session/review/proposals";
import { openDocument } from "../documents/file-checks";
import { changesTitle, closeProposalTabs, shownProposals } from "./proposal-tabs";
import type { ReviewDocuments } from "./review-documents";

/** Shows proposals as diffs and moves about in them. */
export class ReviewWindows {
  readonly #documents: ReviewDocuments;

  constructor(documents: ReviewDocuments) {
    this.#documents = documents;
  }

  /** Shows every file of a proposal as a diff, the first in front. */
  async open(known: KnownProposal): Promise<void> {
    for (const reviewed of [...filesOf(known)].reverse()) await this.openFile(reviewed);
  }

  async openFile(reviewed: ReviewedFile): Promise<void> {
    const { file, known, fileIndex } = reviewed;
    const [left, right] = await this.#sides(reviewed);
    const name = fileNameOf(file.path);
    const files = known.proposal.files.length;
    const title =
      files > 1
        ? t("{0} (Thinkaloud's proposal, file {1} of {2})", name, fileIndex + 1, files)
        : t("{0} (Thinkaloud's proposal)", name);
    await commands.executeCommand("vscode.diff", left, right, title, { preview: false });
  }

  /** Shows all files of a proposal below one another in one editor. */
  async openAll(known: KnownProposal): Promise<void> {
    const resources: [Uri, Uri, Uri][] = [];
    for (const reviewed of filesOf(known)) {
      const [left, right] = await this.#sides(reviewed);
      resources.push([await this.#documents.confined(reviewed), left, right]);
    }
    await commands.executeCommand("vscode.changes", changesTitle(), resources);
  }

  /**
   * Goes to another file of a proposal, round the corner at both ends. @param active the one in
   * front.
   */
  async openNeighbour(
    known: KnownProposal,
    active: number | undefined,
    step: 1 | -1,
  ): Promise<void> {
    const files = filesOf(known);
    const from = active ?? (step === 1 ? -1 : 0);
    const next = files[(from + step + files.length) % files.length];
    if (next !== undefined) await this.openFile(next);
  }

  /**
   * Closes reviews of what was decided while they opened, or just before a reload, after which the
   * editor brings its tabs back.
   */
  putAwayDecided(runs: KnownRuns): void {
    for (const id of shownProposals()) {
      const known = findProposal(runs, id);
      if (known !== undefined && !isUndecided(known)) closeProposalTabs(id).catch(() => {});
    }
  }

  /** The editor that shows the review of a file, where one does. */
  editorOf(reviewed: ReviewedFile): TextEditor | undefined {
    const uri = this.#documents.uriOf(reviewed).toString();
    return window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  }

  /** Puts the cursor of the review on a zero-based line. */
  goTo(reviewed: ReviewedFile, line: number): void {
    const editor = this.editorOf(reviewed);
    if (editor === undefined) return;
    const { range } = editor.document.lineAt(
      Math.max(0, Math.min(line, editor.document.lineCount - 1)),
    );
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async #sides(reviewed: ReviewedFile): Promise<readonly [Uri, Uri]> {
    const { file } = reviewed;
    const uri = await this.#documents.confined(reviewed);
    const left =
      file.change === "create"
        ? this.#documents.uriOf(reviewed, "base")
        : (await openDocument(uri, file.path)).uri;
    return [left, this.#documents.uriOf(reviewed)];
  }
}
