import { setTimeout as delay } from "node:timers/promises";
import { commands, type Disposable, Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import { isUndecided, type KnownProposal, proposalsIn } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import type { Decisions } from "../../session/review/decisions";
import type { Landing } from "../../session/review/landing";
import {
  filesOf,
  findProposal,
  undecidedProposal,
  urisOf,
  wasTaken,
} from "../../session/review/proposals";
import type { ReviewFront } from "../../session/review/review-front";
import type { BlockLine, BlockNumber } from "../../session/review/review-texts";
import type { Session } from "../../session/session";
import { LandedProblems } from "../checks/landed-problems";
import { openDocument } from "../documents/file-checks";
import { showDocument } from "../documents/notebook-cells";
import { untilSavedByItself } from "../documents/own-saves";
import { keptPlace } from "../documents/workspace-paths";
import { confirmGuarded } from "./confirm-guarded";
import { land, textNow, textToChange } from "./land-proposal";
import { MadeFolders } from "./made-folders";
import { activeProposalPlace, closeProposalTabs, keepProposalsSaved } from "./proposal-tabs";
import { proposalPlace } from "./proposal-uris";
import { ReviewDocuments } from "./review-documents";
import { ReviewWindows } from "./review-windows";

/**
 * A review that opens under the person's hands would take their next keystrokes for changes of the
 * proposal.
 */
const typingPauseMs = 700;
/** How long the texts must rest before they are looked at for decisions that were made in them. */
const observePauseMs = 150;

/**
 * The editor's side of decisions: proposals shown as diffs, and the cursor in them. Only accepting
 * changes a file.
 */
export class Review {
  readonly #history: RunHistory;
  readonly #documents: ReviewDocuments;
  readonly #windows: ReviewWindows;
  readonly #session: Session;
  #loadedDecisions: Promise<Decisions> | undefined;
  readonly #disposables: readonly Disposable[];
  readonly #landed: LandedProblems;
  readonly #folders = new MadeFolders();
  #typedAt = 0;
  #observing: NodeJS.Timeout | undefined;
  readonly #changed = new Set<string>();

  /** @param loaded resolves when the history of earlier windows is there. */
  constructor(session: Session, history: RunHistory, loaded: Promise<void>) {
    this.#history = history;
    this.#documents = new ReviewDocuments(history, loaded);
    this.#windows = new ReviewWindows(this.#documents);
    this.#landed = new LandedProblems((runId, event) => session.assistant.record(runId, event));
    this.#session = session;
    const saving = keepProposalsSaved();
    const files = workspace.createFileSystemWatcher("**/*");
    const observeSoon = (uri: Uri): void => this.#observeSoon([uri.toString()]);
    this.#disposables = [
      this.#documents,
      this.#landed,
      { dispose: () => saving.dispose() },
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (document === window.activeTextEditor?.document) this.#typedAt = Date.now();
        if (proposalPlace(document.uri) === undefined) observeSoon(document.uri);
        else this.#observeReviewsSoon();
      }),
      // A file outside of the folder may have changed while it was closed.
      workspace.onDidOpenTextDocument(({ uri }) => observeSoon(uri)),
      files,
      files.onDidChange(observeSoon),
      files.onDidCreate(observeSoon),
      files.onDidDelete((uri) => {
        observeSoon(uri);
        this.#folders.fileIsGone(uri.toString()).catch(() => {});
      }),
    ];
  }

  /**
   * Looks whether what was accepted is still in its files, as when runs of earlier windows are
   * shown.
   */
  observe(): void {
    this.#windows.putAwayDecided(this.#history);
    this.#observeSoon(
      proposalsIn(this.#history.states).flatMap(({ proposal }) => [...urisOf(proposal)]),
    );
  }

  /** Opens a proposal that has just come, as soon as the person's hands rest. */
  async openWhenQuiet(proposalId: string): Promise<void> {
    const missingMs = (): number => typingPauseMs - (Date.now() - this.#typedAt);
    for (let ms = missingMs(); ms > 0; ms = missingMs()) await delay(ms);
    const known = findProposal(this.#history, proposalId);
    if (known === undefined || !isUndecided(known)) return;
    await this.#windows.open(known);
    this.#windows.putAwayDecided(this.#history);
  }

  /**
   * Shows every file of a proposal as a diff, the first in front. Without an id: the last undecided
   * one.
   */
  async open(proposalId?: string): Promise<void> {
    await this.#windows.open(undecidedProposal(this.#history, proposalId));
  }

  /** Shows all files of a proposal in one editor. */
  async openAll(proposalId?: string): Promise<void> {
    await this.#windows.openAll(
      undecidedProposal(this.#history, proposalId ?? activeProposalPlace()?.proposalId),
    );
  }

  /**
   * Goes to the next or the previous file of the proposal in front, round the corner at both ends.
   */
  async openNeighbour(step: 1 | -1): Promise<void> {
    const active = activeProposalPlace();
    const known = undecidedProposal(this.#history, active?.proposalId);
    await this.#windows.openNeighbour(known, active?.fileIndex, step);
  }

  /** Without an id: the proposal in front, or the last one. Throws FailureError when it cannot. */
  async accept(proposalId = activeProposalPlace()?.proposalId): Promise<void> {
    await (await this.#decisions()).accept(proposalId);
  }

  /** Without an id: the last one that was accepted. Throws FailureError when there is none. */
  async undo(proposalId?: string): Promise<void> {
    await (await this.#decisions()).undo(proposalId);
  }

  async reject(proposalId = activeProposalPlace()?.proposalId): Promise<void> {
    await (await this.#decisions()).reject(proposalId);
  }

  /**
   * Puts one block into its file, as one undo step. Without a place: the block at the cursor of the
   * review in front.
   */
  async acceptHunk(place?: BlockNumber): Promise<void> {
    const meant = place ?? this.#cursorPlace();
    if (meant === undefined) await this.#showFirst();
    else await (await this.#decisions()).acceptBlock(meant);
  }

  /** Takes one block out of the review; no file changes. */
  async rejectHunk(place?: BlockNumber): Promise<void> {
    const meant = place ?? this.#cursorPlace();
    if (meant === undefined) await this.#showFirst();
    else await (await this.#decisions()).rejectBlock(meant);
  }

  dispose(): void {
    clearTimeout(this.#observing);
    for (const each of this.#disposables) each.dispose();
  }

  #front(): ReviewFront {
    const documents = this.#documents;
    return {
      proposedText: (reviewed) => documents.textOf(reviewed),
      rewriteProposed: (reviewed, text) => documents.write(reviewed, text),
      isOpen: (reviewed) => documents.isOpen(reviewed),
      textNow: ({ file }) => textNow(file),
      textToChange: async (reviewed) =>
        await textToChange(reviewed.file, await documents.confined(reviewed)),
      keptPlace: async (reviewed) => await keptPlace(await documents.confined(reviewed)),
      confirmGuarded,
      land: async (landings) => {
        const keep = this.#landed.look(landings.map(({ uri }) => uri));
        const keepFolders = await this.#folders.look(landings);
        const end = await land(landings);
        if (end !== "landed") return end;
        keep();
        keepFolders();
        return end;
      },
      takeBack: (known) => this.#takeBack(known),
      showConflict: (known) => this.#windows.open(known),
      showNext: (known, missed) => this.#showNext(known, missed),
      concluded: async (known, landings) => {
        if (known.state === "undone") this.#landed.forget(known);
        else void this.#landed.tell(known);
        await this.#conclude(known, landings);
      },
    };
  }

  /** Loaded when there is something to decide, or to observe. */
  #decisions(): Promise<Decisions> {
    this.#loadedDecisions ??= this.#session.decideWith(this.#front());
    return this.#loadedDecisions;
  }

  /** Where the cursor stands in the review in front, on either side of it. */
  #cursorPlace(): BlockLine | undefined {
    const editor = window.activeTextEditor;
    const place = activeProposalPlace();
    if (editor === undefined || place === undefined) return undefined;
    const { proposalId, fileIndex } = place;
    const reviewed = filesOf(undecidedProposal(this.#history, proposalId))[fileIndex];
    if (reviewed === undefined) return undefined;
    const { line } = editor.selection.active;
    const uri = editor.document.uri.toString();
    if (uri === this.#documents.uriOf(reviewed).toString())
      return { proposalId, fileIndex, side: "review", line };
    return uri === reviewed.file.uri ? { proposalId, fileIndex, side: "file", line } : undefined;
  }

  /** No review is in front: the proposal that would be meant is shown where it goes on. */
  async #showFirst(): Promise<void> {
    const known = undecidedProposal(this.#history, activeProposalPlace()?.proposalId);
    await this.#showNext(known, true);
  }

  /**
   * Goes to the next open change from the cursor on, in the file in front or else in the first that
   * has one.
   */
  async #showNext(known: KnownProposal, missed: boolean): Promise<void> {
    const files = filesOf(known);
    const active = files.find(({ fileIndex }) => fileIndex === activeProposalPlace()?.fileIndex);
    for (const reviewed of active === undefined ? files : [active, ...files]) {
      const from = this.#windows.editorOf(reviewed)?.selection.active.line ?? 0;
      const line = await (await this.#decisions()).nextLine(reviewed, from);
      if (line === undefined) continue;
      this.#windows.goTo(reviewed, line);
      if (missed)
        window.setStatusBarMessage(t("No change is at the cursor; this is the next one."), 5_000);
      return;
    }
  }

  async #takeBack({ proposal: { id, files } }: KnownProposal): Promise<boolean> {
    const [file] = files;
    if (file === undefined) return false;
    const document = await openDocument(Uri.parse(file.uri, true), file.path);
    await untilSavedByItself(document);
    const open = workspace.textDocuments.filter(({ uri }) =>
      files.some((each) => each.uri === uri.toString()),
    );
    if (!open.every((each) => this.#landed.isAsLanded(each, id))) return false;
    await showDocument(document);
    await commands.executeCommand("undo");
    return true;
  }

  async #conclude(known: KnownProposal, landings: readonly Landing[]): Promise<void> {
    const [first] = landings;
    // Shown before the review closes, so that undo has an editor to work in and the result is in
    // front.
    if (first !== undefined && first.kind !== "remove") {
      const uri = Uri.parse(first.uri, true);
      if (first.kind === "edit") await showDocument(await openDocument(uri, first.path));
      else await window.showTextDocument(uri, { preview: false });
    }
    await closeProposalTabs(known.proposal.id);
    this.#documents.forget(known);
  }

  /** Where something was accepted in one of the files. */
  #observeSoon(uris: readonly string[]): void {
    const taken = proposalsIn(this.#history.states)
      .flatMap(filesOf)
      .filter((reviewed) => uris.includes(reviewed.file.uri) && wasTaken(reviewed));
    for (const { file } of taken) this.#changed.add(file.uri);
    if (taken.length > 0) this.#observeReviewsSoon();
  }

  #observeReviewsSoon(): void {
    clearTimeout(this.#observing);
    this.#observing = setTimeout(() => {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      this.#decisions()
        .then((decisions) => decisions.observe(changed))
        .catch(() => {});
    }, observePauseMs);
  }
}
