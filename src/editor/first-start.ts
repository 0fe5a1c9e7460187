import type { Memento } from "vscode";
import type { Panel } from "./panel/panel";

const shownKey = "thinkaloud.panelShown";

/**
 * Brings the panel up in the first window after the installation: it says what is missing, and
 * nobody looks for it in a closed side bar.
 */
export function showPanelOnce(memento: Memento, panel: Panel): void {
  if (memento.get(shownKey) === true) return;
  panel.reveal(true);
  // Not remembered is shown once more, which is no harm.
  memento.update(shownKey, true).then(undefined, () => {});
}
