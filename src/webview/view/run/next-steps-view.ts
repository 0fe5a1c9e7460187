import { t } from "../../../base/l10n";
import type { RunState } from "../../../runs/run-state";
import { button, h, setAttributes } from "../dom/dom";
import type { ViewContext } from "../view-context";

/**
 * What may come after a run, in one click each: another edit than this one, and tests for what it
 * was about.
 */
export class NextStepsView {
  readonly element = h("div", { class: "next-steps", role: "group", "aria-label": t("Next") });
  readonly #differently: HTMLButtonElement;
  readonly #tests: HTMLButtonElement;

  constructor(runId: string, { send }: ViewContext) {
    this.#differently = button(t("Do it differently"), "secondary", () =>
      send({ kind: "differently", runId }),
    );
    this.#tests = button(t("Now the tests"), "secondary", () => send({ kind: "testsFor", runId }));
    this.element.append(this.#differently, this.#tests);
    this.element.hidden = true;
  }

  /**
   * @param isGoneOn there is an edit to go on from, and this is the newest run: an older one would
   * be left out of the talk. What was asked about the edit meanwhile takes nothing away.
   */
  update({ action, end }: RunState, isGoneOn: boolean): void {
    const isDone =
      end?.kind === "finished" && (end.outcome === "proposed" || end.outcome === "answered");
    setAttributes(this.element, { hidden: !isGoneOn || !isDone });
    setAttributes(this.#tests, { hidden: action === "writeTests" });
  }
}
