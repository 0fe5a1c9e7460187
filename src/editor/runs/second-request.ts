import { type QuickPickItem, window } from "vscode";
import { t } from "../../base/l10n";
import type { CurrentRun } from "../../core/run/assistant";
import type { WayMade } from "../../session/requests/request-front";

interface ChoiceItem extends QuickPickItem {
  readonly choice: WayMade;
}

function choices(): readonly ChoiceItem[] {
  return [
    {
      label: `$(debug-stop) ${t("Stop it and start this")}`,
      choice: "stop",
      description: t("What it wrote stays in the panel"),
    },
    {
      label: `$(clock) ${t("Wait")}`,
      choice: "wait",
      description: t("Start this when it is done"),
    },
  ];
}

/** Asks what to do with a request while another runs. Undefined: forget the new one. */
export async function askAboutSecondRequest(
  current: CurrentRun,
  idle: Promise<void>,
): Promise<WayMade | undefined> {
  const pick = window.createQuickPick<ChoiceItem>();
  pick.title = t("Thinkaloud is still working on {0}", current.path);
  pick.placeholder = t("Stop it, or wait until it is done?");
  pick.items = choices();
  // Looking something up in the editor is no answer.
  pick.ignoreFocusOut = true;
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.choice));
      pick.onDidHide(() => resolve(undefined));
      idle.then(
        () => resolve("free"),
        () => resolve("free"),
      );
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
