import { t } from "../../../base/l10n";
import { inWords } from "../../../base/told-words";
import { checkWords } from "../../../runs/compare-checks";
import type { RunningCheck, RunState } from "../../../runs/run-state";
import { h, setAttributes } from "../dom/dom";

/**
 * What is being run to check the code and the edit, while the run goes on; afterwards the proposal
 * tells of it.
 */
export class RunningChecksView {
  readonly element = h("ul", { class: "running-checks", "aria-label": t("Checks"), hidden: true });
  #shown: readonly RunningCheck[] = [];

  update({ checks, end }: RunState): void {
    const shown = end === undefined ? checks : [];
    if (shown === this.#shown) return;
    this.#shown = shown;
    setAttributes(this.element, { hidden: shown.length === 0 });
    this.element.replaceChildren(...shown.map((check) => h("li", {}, wordsOf(check))));
  }
}

function wordsOf(check: RunningCheck): string {
  switch (check.running) {
    case "before":
      return t("Running {0}", inWords(check.label));
    case "after":
      return t("Running {0} with the edit", inWords(check.label));
    case undefined:
      return checkWords(check);
    default:
      return check.running satisfies never;
  }
}
