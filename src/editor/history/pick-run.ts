import { type QuickPickItem, ThemeIcon, window } from "vscode";
import { unlessAborted } from "../../base/abort";
import { count, displayLanguage, t } from "../../base/l10n";
import { fileNameOf } from "../../base/text/file-name";
import { shortened } from "../../base/text/shortened";
import { type FoundRun, type FoundRuns, runsAtFirst } from "../../protocol/history";
import { actionName } from "../../runs/words/action-words";

const typingPauseMs = 60;
/** So that the date beside it is seen, too. */
const labelCharacters = 50;

interface RunItem extends QuickPickItem {
  /** Absent for the one that shows more. */
  readonly runId?: string;
}

/** What is done with a run, or without an id with all of them. */
export interface RunActions {
  open(runId: string): Promise<void>;
  pin(runId: string, pinned: boolean): Promise<void>;
  export(runId?: string): Promise<void>;
  delete(runId?: string): Promise<void>;
}

/** The palette's search over all runs, with the panel's buttons. */
export async function pickRun(
  actions: RunActions,
  search: (query: string, most: number, signal: AbortSignal) => Promise<FoundRuns>,
): Promise<void> {
  const pick = window.createQuickPick<RunItem>();
  const dates = new Intl.DateTimeFormat(displayLanguage(), {
    dateStyle: "short",
    timeStyle: "short",
  });
  pick.title = t("Thinkaloud: Search History");
  pick.placeholder = t("Questions, files, thoughts and answers of all runs");
  // Told apart by which they are, so there is one of each.
  const buttons = {
    pin: { iconPath: new ThemeIcon("pin"), tooltip: t("Pin") },
    unpin: { iconPath: new ThemeIcon("pinned"), tooltip: t("Unpin") },
    export: { iconPath: new ThemeIcon("export"), tooltip: t("Export") },
    delete: { iconPath: new ThemeIcon("trash"), tooltip: t("Delete") },
  };
  const itemOf = (run: FoundRun): RunItem => ({
    ...textsOf(run, dates),
    runId: run.runId,
    alwaysShow: true,
    buttons: [run.pinned ? buttons.unpin : buttons.pin, buttons.export, buttons.delete],
  });
  pick.buttons = [buttons.export, buttons.delete];
  // The archive has searched: what it found must not be sorted out once more by its labels.
  let typing: NodeJS.Timeout | undefined;
  let most = runsAtFirst;
  let look = new AbortController();
  const show = async (): Promise<void> => {
    const query = pick.value;
    const wanted = most;
    pick.busy = true;
    look.abort();
    look = new AbortController();
    const { signal } = look;
    const found = await unlessAborted(search(query, wanted, signal), signal);
    if (found === undefined) return;
    const { runs, total } = found;
    pick.busy = false;
    const more = runs.length < total ? [moreItem()] : [];
    const items = [...runs.map(itemOf), ...more];
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
        // The list that is on its way would only hold up the next one.
        look.abort();
        most = runsAtFirst;
        typing = setTimeout(again, typingPauseMs);
      });
      pick.onDidTriggerItemButton(({ item: { runId }, button }) => {
        if (runId === undefined) return;
        const isPin = button === buttons.pin;
        if (isPin || button === buttons.unpin) actions.pin(runId, isPin).then(again, reject);
        else
          resolve(() =>
            button === buttons.export ? actions.export(runId) : actions.delete(runId),
          );
      });
      pick.onDidTriggerButton((button) =>
        resolve(() => (button === buttons.export ? actions.export() : actions.delete())),
      );
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        const runId = item?.runId;
        if (item === undefined || runId !== undefined)
          return resolve(runId === undefined ? undefined : () => actions.open(runId));
        most *= 2;
        again();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      again();
    });
  } finally {
    clearTimeout(typing);
    look.abort();
    pick.dispose();
  }
  await chosen?.();
}

function textsOf(run: FoundRun, dates: Intl.DateTimeFormat): QuickPickItem {
  const title = `${actionName(run.action)} ${fileNameOf(run.path)}`;
  const when = dates.format(run.at);
  const subject = shortened(plain(run.subject), labelCharacters);
  return {
    label: `${run.pinned ? "$(pinned) " : ""}${subject || title}`,
    description: subject === "" ? when : `${when} · ${title}`,
    ...(run.excerpt === undefined ? {} : { detail: plain(run.excerpt) }),
  };
}

/** The list shows no code as code, and an icon where a text has `$(name)`. */
function plain(text: string): string {
  return text.replaceAll("`", "").replaceAll("$(", "$ (");
}

function moreItem(): RunItem {
  return { label: `$(chevron-down) ${t("Show more")}`, alwaysShow: true };
}
