import { EndOfLine, languages, type TextDocument, Uri, WorkspaceEdit, workspace } from "vscode";
import { lineEndIn, withLineEnds } from "../../base/text/line-ends";
import { FailureError } from "../../core/failure-error";
import type { FileProposal } from "../../protocol/proposal";
import type { KnownProposal } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import { quietLanguage } from "../../session/review/proposal-language";
import {
  filesOf,
  findProposal,
  type ReviewedFile,
  unrejectedText,
} from "../../session/review/proposals";
import { mayEdit } from "../documents/workspace-paths";
import { addTextEdits } from "./land-proposal";
import { ProposalFileSystem } from "./proposal-file-system";
import { openProposalText } from "./proposal-tabs";
import { proposalPlace, proposalScheme, proposalUri } from "./proposal-uris";

/** The texts of the reviews of proposals. Changes no file of the person's. */
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
      (uri) => this.#fileOf(uri)?.languageId,
    );
    this.#registrations = [
      workspace.registerFileSystemProvider(proposalScheme, this.#files, { isCaseSensitive: true }),
      workspace.onDidOpenTextDocument(
        (document) => void this.#keepLanguage(document).catch(() => {}),
      ),
    ];
  }

  /** Whether the review of the file has been opened. */
  isOpen(reviewed: ReviewedFile): boolean {
    return openProposalText(this.uriOf(reviewed)) !== undefined;
  }

  /**
   * The file that the proposal may change. Throws FailureError for one outside of where it belongs.
   */
  async confined({ known, file }: ReviewedFile): Promise<Uri> {
    const target = this.#history.stateOf(known.runId).started?.uri;
    const uri = Uri.parse(file.uri, true);
    if (target === undefined || !(await mayEdit(uri, Uri.parse(target, true)))) {
      throw new FailureError({ kind: "applyRefused", path: file.path });
    }
    return uri;
  }

  /**
   * The writable right side of a review, or the empty left side of a file that is to be created.
   */
  uriOf({ known, fileIndex }: ReviewedFile, side: "proposed" | "base" = "proposed"): Uri {
    return proposalUri({ proposalId: known.proposal.id, fileIndex, side }, known.proposal);
  }

  /** The proposal's text as it stands in the review, the person's own changes to it included. */
  async textOf(reviewed: ReviewedFile): Promise<string> {
    const uri = this.uriOf(reviewed);
    return openProposalText(uri) ?? (await this.#files.textOf(uri));
  }

  /**
   * Rewrites the review's text, as one step of its own undo where it is open. @param text with
   * plain line feeds.
   */
  async write(reviewed: ReviewedFile, text: string): Promise<void> {
    const uri = this.uriOf(reviewed);
    const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (open !== undefined && (await rewrite(open, text))) return;
    const lineEnd = lineEndIn(await this.#files.textOf(uri));
    await this.#files.writeFile(uri, Buffer.from(withLineEnds(text, lineEnd)));
  }

  forget(known: KnownProposal): void {
    for (const reviewed of filesOf(known)) this.#files.forget(this.uriOf(reviewed));
  }

  dispose(): void {
    for (const each of this.#registrations) each.dispose();
  }

  /**
   * By its path alone a text that was never saved, a cell, or what the person called something else
   * would have no colours.
   */
  async #keepLanguage(document: TextDocument): Promise<void> {
    if (document.uri.scheme !== proposalScheme) return;
    await this.#loaded;
    const file = this.#fileOf(document.uri);
    const languageId = file === undefined ? undefined : (quietLanguage(file) ?? file.languageId);
    if (languageId === undefined || languageId === document.languageId || document.isClosed) return;
    await languages.setTextDocumentLanguage(document, languageId);
  }

  #fileOf(uri: Uri): FileProposal | undefined {
    const place = proposalPlace(uri);
    return place && findProposal(this.#history, place.proposalId)?.proposal.files[place.fileIndex];
  }

  async #originalText(uri: Uri): Promise<string | undefined> {
    const place = proposalPlace(uri);
    if (place === undefined) return undefined;
    // After a reload the editor asks for its open diffs before the history is there.
    await this.#loaded;
    const known = findProposal(this.#history, place.proposalId);
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

async function rewrite(document: TextDocument, text: string): Promise<boolean> {
  const before = document.getText();
  const after = withLineEnds(text, document.eol === EndOfLine.CRLF ? "\r\n" : "\n");
  const edit = new WorkspaceEdit();
  addTextEdits(edit, document, before, after);
  return await workspace.applyEdit(edit);
}
