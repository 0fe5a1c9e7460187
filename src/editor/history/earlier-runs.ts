import { open } from "node:fs/promises";
import { commands, type QuickPickItem, ThemeIcon, type Uri, window, workspace } from "vscode";
import { count, displayLanguage, t } from "../../base/l10n";
import { fileNameOf } from "../../base/text/file-name";
import { shortened } from "../../base/text/shortened";
import { type FoundRun, runsAtFirst } from "../../protocol/history";
import { actionName } from "../../runs/words/action-words";
import { deletionWords } from "../../session/history/deletion-words";
import type { HistoryArchive } from "../../session/history/history-archive";
import { askExportPlace } from "../export-place";
import type { Panel } from "../panel/panel";

const typingPauseMs = 120;
/** So that the date beside it is seen, too. */
const labelCharacters = 50;

interface RunItem extends QuickPickItem {
  /** Absent for the one that shows more. */
  readonly runId?: string;
}

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
  /** Told apart by which they are, so there is one of each. */
  readonly #buttons = {
    pin: { iconPath: new ThemeIcon("pin"), tooltip: t("Pin") },
    unpin: { iconPath: new ThemeIcon("pinned"), tooltip: t("Unpin") },
    export: { iconPath: new ThemeIcon("export"), tooltip: t("Export") },
    delete: { iconPath: new ThemeIcon("trash"), tooltip: t("Delete") },
  };
  /** What the panel shows, to be shown anew after a change. */
  #panelSearch: Search = { query: "", most: runsAtFirst };

  /** @param onOpened a run has come back that is not among the newest. */
  constructor(archive: HistoryArchive, panel: Panel, onOpened: () => void) {
    this.#archive = archive;
    this.#panel = panel;
    this.#onOpened = onOpened;
  }

  /** Searches for the panel. */
  async search(search: Search): Promise<void> {
    this.#panelSearch = search;
    const found = await this.#archive.search(search.query, search.most);
    // What was typed meanwhile has its own answer coming.
    if (search === this.#panelSearch) this.#panel.showFound(found);
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
    const pick = window.createQuickPick<RunItem>();
    pick.title = t("Thinkaloud: Search History");
    pick.placeholder = t("Questions, files, thoughts and answers of all runs");
    const buttons = this.#buttons;
    pick.buttons = [buttons.export, buttons.delete];
    // The archive has searched: what it found must not be sorted out once more by its labels.
    let typing: NodeJS.Timeout | undefined;
    let most = runsAtFirst;
    const show = async (): Promise<void> => {
      const query = pick.value;
      const wanted = most;
      pick.busy = true;
      const { runs, total } = await this.#archive.search(query, wanted);
      if (query !== pick.value || wanted !== most) return;
      pick.busy = false;
      const more = runs.length < total ? [moreItem()] : [];
      const items = [...runs.map((run) => this.#itemOf(run)), ...more];
      // The first of those that came takes the place of what asked for them.
      const active = wanted > runsAtFirst ? items[pick.items.length - 1] : undefined;
      pick.items = items;
      if (active !== undefined) pick.activeItems = [active];
      pick.title = t("Thinkaloud: Search History ({0})", count(total));
    };
    let chosen: (() => Promise<void>) | undefined;
    try {
      chosen = await new Promise((resolve, reject) => {
        const again = (): void => void show().catch(reject);
        pick.onDidChangeValue(() => {
          clearTimeout(typing);
          most = runsAtFirst;
          typing = setTimeout(again, typingPauseMs);
        });
        pick.onDidTriggerItemButton(({ item: { runId }, button }) => {
          if (runId === undefined) return;
          const isPin = button === buttons.pin;
          if (isPin || button === buttons.unpin) this.pin(runId, isPin).then(again, reject);
          else resolve(() => (button === buttons.export ? this.export(runId) : this.delete(runId)));
        });
        pick.onDidTriggerButton((button) =>
          resolve(() => (button === buttons.export ? this.export() : this.delete())),
        );
        pick.onDidAccept(() => {
          const [item] = pick.selectedItems;
          const runId = item?.runId;
          if (item === undefined || runId !== undefined)
            return resolve(runId === undefined ? undefined : () => this.open(runId));
          most *= 2;
          again();
        });
        pick.onDidHide(() => resolve(undefined));
        pick.show();
        again();
      });
    } finally {
      clearTimeout(typing);
      pick.dispose();
    }
    await chosen?.();
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

  #itemOf(run: FoundRun): RunItem {
    const { pin, unpin } = this.#buttons;
    const title = `${actionName(run.action)} ${fileNameOf(run.path)}`;
    const when = new Date(run.at).toLocaleString(displayLanguage(), {
      dateStyle: "short",
      timeStyle: "short",
    });
    // The list shows no code as code, and an icon where a text has `$(name)`.
    const plain = (text: string): string => text.replaceAll("`", "").replaceAll("$(", "$ (");
    const subject = shortened(plain(run.subject), labelCharacters);
    return {
      runId: run.runId,
      label: `${run.pinned ? "$(pinned) " : ""}${subject || title}`,
      description: subject === "" ? when : `${when} · ${title}`,
      ...(run.excerpt === undefined ? {} : { detail: plain(run.excerpt) }),
      alwaysShow: true,
      buttons: [run.pinned ? unpin : pin, this.#buttons.export, this.#buttons.delete],
    };
  }
}

function moreItem(): RunItem {
  return { label: `$(chevron-down) ${t("Show more")}`, alwaysShow: true };
}
