import { type QuickPickItem, window } from "vscode";
import type { CurrentRun } from "../../core/run/assistant";
import type { WayMade } from "../../session/session";

interface ChoiceItem extends QuickPickItem {
  readonly choice: WayMade;
}

const items: readonly ChoiceItem[] = [
  {
    label: "$(debug-stop) Stop it and start this",
    choice: "stop",
    description: "What it wrote stays in the panel",
  },
  { label: "$(clock) Wait", choice: "wait", description: "Start this when it is done" },
];

/** Asks what to do with a request while another runs. Undefined: forget the new one. */
export async function askAboutSecondRequest(
  current: CurrentRun,
  idle: Promise<void>,
): Promise<WayMade | undefined> {
  const pick = window.createQuickPick<ChoiceItem>();
  pick.title = `Thinkaloud is still working on ${current.path}`;
  pick.placeholder = "Stop it, or wait until it is done?";
  pick.items = items;
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
