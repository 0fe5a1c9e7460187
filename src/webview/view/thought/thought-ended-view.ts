import { t } from "../../../base/l10n";
import type { ThoughtEnd } from "../../../protocol/run-events";
import type { RunState } from "../../../runs/run-state";
import { thoughtEndWords } from "../../../runs/words/thought-words";
import { button, h, icon, setAttributes } from "../dom/dom";
import type { ViewContext } from "../view-context";

/**
 * A thought that was ended before the model ended it: why, and the way to let it go on while the
 * run does.
 */
export class ThoughtEndedView {
  readonly element: HTMLElement;
  readonly #longer: HTMLButtonElement;
  #runId = "";

  constructor(by: ThoughtEnd, { send }: ViewContext) {
    this.#longer = button(t("Think longer"), "link", () =>
      send({ kind: "thinkLonger", runId: this.#runId }),
    );
    this.#longer.title = t("Give up the answer so far and go on with the thought");
    this.element = h(
      "p",
      { class: "run-notice thought-ended" },
      icon("info"),
      h("span", {}, `${thoughtEndWords(by)} `, this.#longer),
    );
  }

  update(run: RunState, index: number): void {
    this.#runId = run.runId;
    const isLast = run.parts.findLastIndex((part) => part.kind === "thoughtEnded") === index;
    const wasGivenUp = run.parts.slice(index).some((part) => part.kind === "attempt");
    setAttributes(this.#longer, { hidden: !isLast || wasGivenUp || run.end !== undefined });
  }
}
