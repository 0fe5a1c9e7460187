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
   * @param newest only the newest run is gone on with by a click; an older one would be left out of
   * the talk.
   */
  update({ action, end, parts }: RunState, newest: boolean): void {
    const isDone =
      end?.kind === "finished" && (end.outcome === "proposed" || end.outcome === "answered");
    const hasEdit = parts.some((part) => part.kind === "proposal");
    setAttributes(this.element, { hidden: !newest || !isDone || !hasEdit });
    setAttributes(this.#tests, { hidden: action === "writeTests" });
  }
}
