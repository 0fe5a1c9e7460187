import {
  EndOfLine,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { Changes } from "../../base/text/changes";
import { lineEdits } from "../../base/text/line-edits";
import { touch } from "../../base/text/line-range";
import { FailureError } from "../../core/failure-error";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { BlockState, FileProposal } from "../../protocol/proposal";
import { blockState, isUndecided, type KnownProposal, proposalsIn } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import { reviewLines } from "../../session/review/review-blocks";
import { mayEdit } from "../documents/workspace-paths";
import { ProposalFileSystem } from "./proposal-file-system";
import { openProposalText } from "./proposal-tabs";
import { proposalPlace, proposalScheme, proposalUri } from "./proposal-uris";

/** A file of a proposal. */
export interface ReviewedFile {
  readonly known: KnownProposal;
  readonly file: FileProposal;
  readonly fileIndex: number;
}

/** The proposals that are known and the texts of their reviews. Changes no file of the person's. */
export class ReviewDocuments {
  readonly #history: RunHistory;
  readonly #loaded: Promise<void>;
  readonly #files: ProposalFileSystem;
  readonly #registrations: readonly { dispose(): void }[];

  /** @param loaded resolves when the history of earlier windows is there. */
  constructor(history: RunHistory, loaded: Promise<void>) {
    this.#history = history;
    this.#loaded = loaded;
    this.#files = new ProposalFileSystem(
      (uri) => this.#originalText(uri),
      (uri) => this.#languageOf(uri),
    );
    this.#registrations = [
      workspace.registerFileSystemProvider(proposalScheme, this.#files, { isCaseSensitive: true }),
      workspace.onDidOpenTextDocument(
        (document) => void this.#keepLanguage(document).catch(() => {}),
      ),
    ];
  }

  find(proposalId: string): KnownProposal | undefined {
    return proposalsIn(this.#history.states).find((each) => each.proposal.id === proposalId);
  }

  /** Without an id: the last one. Throws FailureError when there is none to decide. */
  undecided(proposalId: string | undefined): KnownProposal {
    const all = proposalsIn(this.#history.states).filter(isUndecided);
    const known =
      proposalId === undefined ? all.at(-1) : all.find((each) => each.proposal.id === proposalId);
    if (known === undefined) throw new FailureError({ kind: "proposalGone" });
    return known;
  }

  filesOf(known: KnownProposal): readonly ReviewedFile[] {
    return known.proposal.files.map((file, fileIndex) => ({ known, file, fileIndex }));
  }

  /** The files of undecided proposals whose review has been opened. */
  openFiles(): readonly ReviewedFile[] {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    return proposalsIn(this.#history.states)
      .filter(isUndecided)
      .flatMap((known) => this.filesOf(known))
      .filter((reviewed) => open.has(this.uriOf(reviewed).toString()));
  }

  /** The file that the proposal may change. Throws FailureError for one outside of where it belongs. */
  async confined({ known, file }: ReviewedFile): Promise<Uri> {
    const target = this.#history.stateOf(known.runId).started?.uri;
    const uri = Uri.parse(file.uri, true);
    if (target === undefined || !(await mayEdit(uri, Uri.parse(target, true)))) {
      throw new FailureError({ kind: "applyRefused", path: file.path });
    }
    return uri;
  }

  /** The writable right side of a review, or the empty left side of a file that is to be created. */
  uriOf({ known, fileIndex }: ReviewedFile, side: "proposed" | "base" = "proposed"): Uri {
    return proposalUri({ proposalId: known.proposal.id, fileIndex, side }, known.proposal);
  }

  /** The proposal's text as it stands in the review, the person's own changes to it included. */
  async textOf(reviewed: ReviewedFile): Promise<string> {
    const uri = this.uriOf(reviewed);
    return openProposalText(uri) ?? (await this.#files.textOf(uri));
  }

  /** Rewrites the review's text, as one step of its own undo where it is open. @param text with plain line feeds. */
  async write(reviewed: ReviewedFile, text: string): Promise<void> {
    const uri = this.uriOf(reviewed);
    const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (open !== undefined && (await rewrite(open, text))) return;
    const crlf = (await this.#files.textOf(uri)).includes("\r\n");
    await this.#files.writeFile(uri, Buffer.from(crlf ? text.replaceAll("\n", "\r\n") : text));
  }

  forget(known: KnownProposal): void {
    for (const reviewed of this.filesOf(known)) this.#files.forget(this.uriOf(reviewed));
  }

  dispose(): void {
    for (const each of this.#registrations) each.dispose();
  }

  /** By its path alone a text that was never saved, a cell, or what the person called something else would have no colours. */
  async #keepLanguage(document: TextDocument): Promise<void> {
    if (document.uri.scheme !== proposalScheme) return;
    await this.#loaded;
    const languageId = this.#languageOf(document.uri);
    if (languageId === undefined || languageId === document.languageId || document.isClosed) return;
    await languages.setTextDocumentLanguage(document, languageId);
  }

  #languageOf(uri: Uri): string | undefined {
    const place = proposalPlace(uri);
    return place && this.find(place.proposalId)?.proposal.files[place.fileIndex]?.languageId;
  }

  async #originalText(uri: Uri): Promise<string | undefined> {
    const place = proposalPlace(uri);
    if (place === undefined) return undefined;
    // After a reload the editor asks for its open diffs before the history is there.
    await this.#loaded;
    const known = this.find(place.proposalId);
    const file = known?.proposal.files[place.fileIndex];
    if (
      known === undefined ||
      file === undefined ||
      proposalUri(place, known.proposal).toString() !== uri.toString()
    )
      return undefined;
    return place.side === "base" ? "" : unrejectedText({ known, file, fileIndex: place.fileIndex });
  }
}

/** What was decided about a block of a file. */
export function recordedState({ known, fileIndex }: ReviewedFile, block: number): BlockState {
  return blockState(known, fileIndex, block);
}

/** The proposed text without the blocks that were rejected before the window was reloaded. */
function unrejectedText(reviewed: ReviewedFile): string {
  const { file } = reviewed;
  const rejected = blocksOf(file.hunks).filter(
    (_block, index) => recordedState(reviewed, index) === "rejected",
  );
  if (rejected.length === 0) return file.proposed;
  const base = reviewLines(file.base);
  const text = Changes.between(base, reviewLines(file.proposed))
    .without((change) => rejected.some((block) => touch(change, block)))
    .apply(base)
    .join("");
  return file.proposed.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

async function rewrite(document: TextDocument, text: string): Promise<boolean> {
  const before = document.getText();
  const after = document.eol === EndOfLine.CRLF ? text.replaceAll("\n", "\r\n") : text;
  const edit = new WorkspaceEdit();
  for (const { start, end, text: fresh } of lineEdits(before, after)) {
    edit.replace(
      document.uri,
      new Range(document.positionAt(start), document.positionAt(end)),
      fresh,
    );
  }
  return await workspace.applyEdit(edit);
}
