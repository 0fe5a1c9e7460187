import { setTimeout } from "node:timers/promises";
import { type Disposable, window, workspace } from "vscode";
import { Changes } from "../../base/text/changes";
import { touch } from "../../base/text/line-range";
import { FailureError } from "../../core/failure-error";
import type { Assistant } from "../../core/run/assistant";
import type { RunEvent } from "../../protocol/run-events";
import { isUndecided, type KnownProposal } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import { reviewLines, withOnly } from "../../session/review/review-blocks";
import { showDocument } from "../documents/notebook-cells";
import { type FoundHunk, type HunkPlace, HunkPlaces } from "./hunk-places";
import { type Landing, land, planLanding } from "./land-proposal";
import { activeProposalPlace, closeProposalTabs, keepProposalsSaved } from "./proposal-tabs";
import { ReviewDocuments, type ReviewedFile } from "./review-documents";
import { ReviewWindows } from "./review-windows";

/** A review that opens under the person's hands would take their next keystrokes for changes of the proposal. */
const typingPauseMs = 700;
/** How often a file may change between planning and applying before we give up. */
const maxPlans = 5;
/** How long the texts must rest before they are looked at for decisions that were made in them. */
const observePauseMs = 150;

type SafeLanding = Exclude<Landing, { kind: "conflict" }>;

/** Where proposals are looked at and decided. Only accepting changes a file, and only a command or the panel asks for it. */
export class Review {
  readonly #assistant: Assistant;
  readonly #documents: ReviewDocuments;
  readonly #windows: ReviewWindows;
  readonly #hunks: HunkPlaces;
  readonly #deciding = new Set<string>();
  readonly #disposables: readonly Disposable[];
  #typedAt = 0;
  #observing: NodeJS.Timeout | undefined;

  /** @param loaded resolves when the history of earlier windows is there. */
  constructor(assistant: Assistant, history: RunHistory, loaded: Promise<void>) {
    this.#assistant = assistant;
    this.#documents = new ReviewDocuments(history, loaded);
    this.#windows = new ReviewWindows(this.#documents);
    this.#hunks = new HunkPlaces(this.#documents);
    const saving = keepProposalsSaved();
    this.#disposables = [
      this.#documents,
      { dispose: () => saving.dispose() },
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (document === window.activeTextEditor?.document) this.#typedAt = Date.now();
        this.#observeSoon();
      }),
    ];
  }

  /** Opens a proposal that has just come, as soon as the person's hands rest. */
  async openWhenQuiet(proposalId: string): Promise<void> {
    for (let rest = 0; rest < typingPauseMs; rest = Date.now() - this.#typedAt) {
      if (Date.now() - this.#typedAt >= typingPauseMs) break;
      await setTimeout(typingPauseMs - (Date.now() - this.#typedAt));
    }
    const known = this.#documents.find(proposalId);
    if (known !== undefined && isUndecided(known)) await this.#windows.open(known);
  }

  /** Shows every file of a proposal as a diff, the first in front. Without an id: the last undecided one. */
  async open(proposalId?: string): Promise<void> {
    await this.#windows.open(this.#documents.undecided(proposalId));
  }

  /** Shows all files of a proposal in one editor. */
  async openAll(proposalId?: string): Promise<void> {
    await this.#windows.openAll(
      this.#documents.undecided(proposalId ?? activeProposalPlace()?.proposalId),
    );
  }

  /** Goes to the next or the previous file of the proposal in front. */
  async openNeighbour(step: 1 | -1): Promise<void> {
    await this.#windows.openNeighbour(step);
  }

  /** Puts what is still open of the proposal, as it stands in the review, into the files as they are now. Throws FailureError when it cannot. */
  async accept(proposalId?: string): Promise<void> {
    const { proposal } = this.#documents.undecided(proposalId ?? activeProposalPlace()?.proposalId);
    await this.#once(proposal.id, async () => {
      await this.#observe();
      const known = this.#documents.undecided(proposal.id);
      const landings = await this.#land(known, () => this.#planRest(known));
      const nothing = landings.every((each) => each.kind === "edit" && each.before === each.after);
      const state =
        nothing && this.#hunks.wholeState(known) === "rejected" ? "rejected" : "accepted";
      await this.#finish(known, state, landings);
    });
  }

  /** Puts the proposal away; no file changes. */
  async reject(proposalId?: string): Promise<void> {
    const known = this.#documents.undecided(proposalId ?? activeProposalPlace()?.proposalId);
    await this.#once(known.proposal.id, () => this.#finish(known, "rejected", []));
  }

  /** Puts one block into its file, as one undo step. Without a place: the block at the cursor of the review in front. */
  async acceptHunk(place?: HunkPlace): Promise<void> {
    await this.#decideHunk(place, async ({ reviewed, changes, blocks }) => {
      const landings = await this.#land(reviewed.known, async () => {
        const created = reviewed.file.change === "create";
        const text = created
          ? await this.#documents.textOf(reviewed)
          : withOnly(reviewLines(reviewed.file.base), changes);
        return [await planLanding(reviewed.file, await this.#documents.confined(reviewed), text)];
      });
      for (const block of blocks) this.#recordBlock(reviewed, block, "accepted");
      return landings;
    });
  }

  /** Takes one block out of the review; no file changes. */
  async rejectHunk(place?: HunkPlace): Promise<void> {
    await this.#decideHunk(place, async ({ reviewed, changes, blocks }) => {
      const { base, review } = await this.#hunks.texts(reviewed);
      const rest = Changes.between(base, review).without((change) =>
        changes.some((one) => touch(change, one)),
      );
      await this.#documents.write(reviewed, rest.apply(base).join(""));
      for (const block of blocks) this.#recordBlock(reviewed, block, "rejected");
      return [];
    });
  }

  dispose(): void {
    clearTimeout(this.#observing);
    for (const each of this.#disposables) each.dispose();
  }

  async #decideHunk(
    place: HunkPlace | undefined,
    decide: (found: FoundHunk) => Promise<readonly SafeLanding[]>,
  ): Promise<void> {
    const { proposal } = this.#documents.undecided(
      place?.proposalId ?? activeProposalPlace()?.proposalId,
    );
    await this.#once(proposal.id, async () => {
      await this.#observe();
      const known = this.#documents.undecided(proposal.id);
      const found =
        place === undefined
          ? await this.#hunks.atCursor(known)
          : await this.#hunks.byNumber(known, place);
      if (found === undefined) {
        // From the panel it is a late click: the block has been decided meanwhile.
        if (place === undefined)
          await this.#showNext(known, "No change is at the cursor; this is the next one.");
        return;
      }
      const landings = await decide(found);
      const after = this.#documents.undecided(proposal.id);
      const state = this.#hunks.wholeState(after);
      if (state !== undefined) await this.#finish(after, state, landings);
      else await this.#showNext(after);
    });
  }

  async #showNext(known: KnownProposal, words?: string): Promise<void> {
    const next = await this.#hunks.next(known);
    if (next === undefined) return;
    this.#windows.goTo(next.reviewed, next.line);
    if (words !== undefined) window.setStatusBarMessage(words, 5_000);
  }

  /** What was not decided block by block. */
  async #planRest(known: KnownProposal): Promise<readonly Landing[]> {
    const landings: Landing[] = [];
    for (const reviewed of this.#documents.filesOf(known)) {
      const uri = await this.#documents.confined(reviewed);
      const text = await this.#hunks.undecidedText(reviewed);
      if (text !== undefined) landings.push(await planLanding(reviewed.file, uri, text));
    }
    return landings;
  }

  /** Lands what is planned, planning anew while the files move. */
  async #land(
    known: KnownProposal,
    plan: () => Promise<readonly Landing[]>,
  ): Promise<readonly SafeLanding[]> {
    for (let plans = 0; plans < maxPlans; plans++) {
      const landings = await plan();
      const conflict = landings.find((each) => each.kind === "conflict");
      if (conflict !== undefined) return await this.#conflict(known, conflict.path);
      const safe = landings.filter((each) => each.kind !== "conflict");
      if ((await land(safe)) === "landed") return safe;
    }
    throw new FailureError({ kind: "applyRefused", path: known.proposal.files[0]?.path ?? "" });
  }

  async #conflict(known: KnownProposal, path: string): Promise<never> {
    if (known.state !== "conflict")
      this.#record(known, { kind: "proposalState", state: "conflict" });
    await this.#windows.open(known);
    throw new FailureError({ kind: "documentConflict", path });
  }

  async #finish(
    known: KnownProposal,
    state: "accepted" | "rejected",
    landings: readonly SafeLanding[],
  ): Promise<void> {
    this.#record(known, { kind: "proposalState", state });
    const [first] = landings;
    // Shown before the review closes, so that undo has an editor to work in and the result is in front.
    if (first?.kind === "edit") await showDocument(first.document);
    if (first?.kind === "create") await window.showTextDocument(first.uri, { preview: false });
    await closeProposalTabs(known.proposal.id);
    this.#documents.forget(known);
  }

  #observeSoon(): void {
    clearTimeout(this.#observing);
    this.#observing = globalThis.setTimeout(
      () => void this.#observe().catch(() => {}),
      observePauseMs,
    );
  }

  /** Records what was decided in the texts themselves, such as by the editor's own Revert Block. */
  async #observe(): Promise<void> {
    for (const { reviewed, block, state } of await this.#hunks.observed())
      this.#recordBlock(reviewed, block, state);
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

  #recordBlock(
    { known, fileIndex }: ReviewedFile,
    block: number,
    state: "open" | "accepted" | "rejected",
  ): void {
    this.#record(known, { kind: "hunkState", fileIndex, block, state });
  }

  #record({ runId, proposal }: KnownProposal, event: Decision): void {
    this.#assistant.record(runId, { ...event, at: Date.now(), proposalId: proposal.id });
  }
}

type WithoutStamp<Event> = Event extends unknown ? Omit<Event, "at" | "proposalId"> : never;
type Decision = WithoutStamp<Extract<RunEvent, { kind: "proposalState" | "hunkState" }>>;
