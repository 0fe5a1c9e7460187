import { setTimeout } from "node:timers/promises";
import { commands, type Disposable, Uri, window, workspace } from "vscode";
import { FailureError } from "../core/failure-error";
import type { Assistant } from "../core/run/assistant";
import type { FileProposal, ProposalState } from "../protocol/proposal";
import { openDocument } from "./file-checks";
import { type Landing, land, planLanding } from "./land-proposal";
import { ProposalFileSystem } from "./proposal-file-system";
import { activeProposalId, closeProposalTabs, keepProposalsSaved, openProposalText } from "./proposal-tabs";
import { proposalPlace, proposalScheme, proposalUri } from "./proposal-uris";
import type { RunHistory } from "./run-history";
import { isUndecided, type KnownProposal, proposalsIn, startedEvent } from "./run-lists";
import { mayEdit } from "./workspace-paths";

/** A review that opens under the person's hands would take their next keystrokes for changes of the proposal. */
const typingPauseMs = 700;
/** How often a file may change between planning and applying before we give up. */
const maxPlans = 5;

/** Where proposals are looked at and decided. Only {@link accept} changes a file, and only a command or the panel calls it. */
export class Review {
  readonly #assistant: Assistant;
  readonly #history: RunHistory;
  readonly #loaded: Promise<void>;
  readonly #files: ProposalFileSystem;
  readonly #deciding = new Set<string>();
  readonly #disposables: readonly Disposable[];
  #typedAt = 0;

  /** @param loaded resolves when the history of earlier windows is there. */
  constructor(assistant: Assistant, history: RunHistory, loaded: Promise<void>) {
    this.#assistant = assistant;
    this.#history = history;
    this.#loaded = loaded;
    this.#files = new ProposalFileSystem((uri) => this.#originalText(uri));
    const saving = keepProposalsSaved();
    this.#disposables = [
      workspace.registerFileSystemProvider(proposalScheme, this.#files, { isCaseSensitive: true }),
      { dispose: () => saving.dispose() },
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === window.activeTextEditor?.document) this.#typedAt = Date.now();
      }),
    ];
  }

  /** Opens a proposal that has just come, as soon as the person's hands rest. */
  async openWhenQuiet(proposalId: string): Promise<void> {
    for (let rest = 0; rest < typingPauseMs; rest = Date.now() - this.#typedAt) {
      if (Date.now() - this.#typedAt >= typingPauseMs) break;
      await setTimeout(typingPauseMs - (Date.now() - this.#typedAt));
    }
    const known = this.#find(proposalId);
    if (known !== undefined && isUndecided(known)) await this.open(proposalId);
  }

  /** Shows every file of a proposal as a diff, the first in front. Without an id: the last undecided one. */
  async open(proposalId?: string): Promise<void> {
    const known = this.#undecided(proposalId);
    for (const [index, file] of [...known.proposal.files.entries()].reverse()) await this.#openFile(known, file, index);
  }

  /** Puts the proposal, as it stands in the review, into the files as they are now. Throws FailureError when it cannot. */
  async accept(proposalId?: string): Promise<void> {
    const known = this.#undecided(proposalId ?? activeProposalId());
    await this.#once(known.proposal.id, async () => {
      for (let plans = 0; plans < maxPlans; plans++) {
        const landings = await this.#planAll(known);
        const conflict = landings.find((each) => each.kind === "conflict");
        if (conflict !== undefined) return await this.#conflict(known, conflict.path);
        const safe = landings.filter((each) => each.kind !== "conflict");
        if ((await land(safe)) === "moved") continue;
        return await this.#accepted(known, safe);
      }
      throw new FailureError({ kind: "applyRefused", path: known.proposal.files[0]?.path ?? "" });
    });
  }

  /** Puts the proposal away; no file changes. */
  async reject(proposalId?: string): Promise<void> {
    const known = this.#undecided(proposalId ?? activeProposalId());
    await this.#once(known.proposal.id, async () => {
      this.#record(known, "rejected");
      await this.#close(known);
    });
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #openFile(known: KnownProposal, file: FileProposal, fileIndex: number): Promise<void> {
    const place = { proposalId: known.proposal.id, fileIndex };
    const uri = await this.#confined(known, file);
    const right = proposalUri({ ...place, side: "proposed" }, file);
    const left = file.change === "create" ? proposalUri({ ...place, side: "base" }, file) : (await openDocument(uri, file.path)).uri;
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    await commands.executeCommand("vscode.diff", left, right, `${name} (Thinkaloud's proposal)`, { preview: false });
  }

  async #planAll(known: KnownProposal): Promise<readonly Landing[]> {
    const landings: Landing[] = [];
    for (const [fileIndex, file] of known.proposal.files.entries()) {
      const uri = await this.#confined(known, file);
      const shown = proposalUri({ proposalId: known.proposal.id, fileIndex, side: "proposed" }, file);
      landings.push(await planLanding(file, uri, openProposalText(shown) ?? (await this.#files.textOf(shown))));
    }
    return landings;
  }

  async #conflict(known: KnownProposal, path: string): Promise<never> {
    if (known.state !== "conflict") this.#record(known, "conflict");
    await this.open(known.proposal.id);
    throw new FailureError({ kind: "documentConflict", path });
  }

  async #accepted(known: KnownProposal, landings: readonly Exclude<Landing, { kind: "conflict" }>[]): Promise<void> {
    this.#record(known, "accepted");
    const [first] = landings;
    // Shown before the review closes, so that undo has an editor to work in and the result is in front.
    if (first !== undefined) await window.showTextDocument(first.kind === "edit" ? first.document.uri : first.uri, { preview: false });
    await this.#close(known);
  }

  async #close(known: KnownProposal): Promise<void> {
    await closeProposalTabs(known.proposal.id);
    for (const [fileIndex, file] of known.proposal.files.entries()) {
      this.#files.forget(proposalUri({ proposalId: known.proposal.id, fileIndex, side: "proposed" }, file));
    }
  }

  async #confined(known: KnownProposal, file: FileProposal): Promise<Uri> {
    const target = startedEvent(this.#history.eventsOf(known.runId))?.uri;
    const uri = Uri.parse(file.uri, true);
    if (target === undefined || !(await mayEdit(uri, Uri.parse(target, true)))) {
      throw new FailureError({ kind: "applyRefused", path: file.path });
    }
    return uri;
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

  #record({ runId, proposal }: KnownProposal, state: ProposalState): void {
    this.#assistant.record(runId, { kind: "proposalState", at: Date.now(), proposalId: proposal.id, state });
  }

  #find(proposalId: string): KnownProposal | undefined {
    return proposalsIn(this.#history.runs).find((each) => each.proposal.id === proposalId);
  }

  #undecided(proposalId: string | undefined): KnownProposal {
    const all = proposalsIn(this.#history.runs).filter(isUndecided);
    const known = proposalId === undefined ? all.at(-1) : all.find((each) => each.proposal.id === proposalId);
    if (known === undefined) throw new FailureError({ kind: "proposalGone" });
    return known;
  }

  async #originalText(uri: Uri): Promise<string | undefined> {
    const place = proposalPlace(uri);
    if (place === undefined) return undefined;
    // After a reload the editor asks for its open diffs before the history is there.
    await this.#loaded;
    const file = this.#find(place.proposalId)?.proposal.files[place.fileIndex];
    if (file === undefined || proposalUri(place, file).toString() !== uri.toString()) return undefined;
    return place.side === "base" ? "" : file.proposed;
  }
}
