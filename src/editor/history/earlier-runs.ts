import { open } from "node:fs/promises";
import { commands, type Uri, window, workspace } from "vscode";
import { unlessAborted } from "../../base/abort";
import { t } from "../../base/l10n";
import { runsAtFirst } from "../../protocol/history";
import { deletionWords } from "../../session/history/deletion-words";
import type { HistoryArchive } from "../../session/history/history-archive";
import { askExportPlace } from "../export-place";
import type { Panel } from "../panel/panel";

/** What is looked for, and how many of those that are found are told. */
interface Search {
  readonly query: string;
  readonly most: number;
}

/** What a person does with all their runs: in the panel's history and in the palette. */
export class EarlierRuns {
  readonly #archive: HistoryArchive;
  readonly #panel: Panel;
  readonly #onOpened: () => void;
  /** What the panel shows, to be shown anew after a change. */
  #panelSearch: Search = { query: "", most: runsAtFirst };
  #panelLook = new AbortController();

  /** @param onOpened a run has come back that is not among the newest. */
  constructor(archive: HistoryArchive, panel: Panel, onOpened: () => void) {
    this.#archive = archive;
    this.#panel = panel;
    this.#onOpened = onOpened;
  }

  /** Searches for the panel. */
  async search(search: Search): Promise<void> {
    this.#panelSearch = search;
    // What was typed before has no answer coming any more.
    this.#panelLook.abort();
    this.#panelLook = new AbortController();
    const { signal } = this.#panelLook;
    const found = await unlessAborted(
      this.#archive.search(search.query, search.most, signal),
      signal,
    );
    if (found !== undefined) this.#panel.showFound(found);
  }

  /** Shows a run in the panel, however old it is. */
  async open(runId: string): Promise<void> {
    if (!(await this.#archive.open(runId))) return await this.search(this.#panelSearch);
    this.#panel.showRun(runId);
    this.#onOpened();
  }

  async pin(runId: string, pinned: boolean): Promise<void> {
    await this.#archive.pin(runId, pinned);
    await this.search(this.#panelSearch);
  }

  /** Asks, since nothing brings a run back. Without an id: all of them. */
  async delete(runId?: string): Promise<void> {
    const yes = t("Delete");
    const { runs } = await this.#archive.search("", Number.POSITIVE_INFINITY);
    const answer = await window.showWarningMessage(
      runId === undefined ? t("Delete all runs of this folder?") : t("Delete this run?"),
      { modal: true, detail: deletionWords(runs, runId) },
      yes,
    );
    if (answer !== yes) return;
    await this.#archive.delete(runId === undefined ? undefined : [runId]);
    await this.search(this.#panelSearch);
  }

  /** Writes one run, or all of this folder, to a file that the person names. */
  async export(runId?: string): Promise<void> {
    const place =
      runId === undefined
        ? await askExportPlace(t("Export all runs"), "thinkaloud-history.md")
        : await askExportPlace(t("Export this run"), "thinkaloud-run.md");
    if (place === undefined) return;
    await this.#write(place.uri, this.#archive.export(place.format, runId));
    // A text of more than 50 MB is shown to no extension, but to the person it is.
    await commands.executeCommand("vscode.open", place.uri);
  }

  /** The palette's search, with the same buttons. */
  async pick(): Promise<void> {
    const { pickRun } = await import("./pick-run");
    await pickRun(this, (query, most, signal) => this.#archive.search(query, most, signal));
  }

  /** A file on the disk piece by piece: a history is larger than memory should hold. */
  async #write(uri: Uri, pieces: AsyncIterable<string>): Promise<void> {
    if (uri.scheme === "file") {
      const file = await open(uri.fsPath, "w");
      try {
        for await (const piece of pieces) await file.writeFile(piece);
      } finally {
        await file.close();
      }
      return;
    }
    let text = "";
    for await (const piece of pieces) text += piece;
    await workspace.fs.writeFile(uri, Buffer.from(text));
  }
}
