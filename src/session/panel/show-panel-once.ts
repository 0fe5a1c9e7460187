import type { KeptValues } from "../../core/kept-values";

const shownKey = "thinkaloud.panelShown";

/**
 * Brings the panel up in the first window after the installation: it says what is missing, and
 * nobody looks for it in a closed side bar.
 */
export function showPanelOnce(kept: KeptValues, reveal: () => void): void {
  if (kept.get(shownKey) === true) return;
  reveal();
  // Not remembered is shown once more, which is no harm.
  kept.update(shownKey, true).then(undefined, () => {});
}
