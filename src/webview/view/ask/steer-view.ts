import { t } from "../../../base/l10n";
import { currentSpan } from "../../../runs/phase-times";
import type { RunState } from "../../../runs/run-state";
import { button, h, setAttributes, setText } from "../dom/dom";
import type { ViewContext } from "../view-context";

/**
 * What the person may decide about a run that goes on, beside Stop: a model that goes round in
 * circles, and hints that wait.
 */
export class SteerView {
  readonly element = h("div", { class: "steer", role: "group" });
  readonly #words = h("p", { class: "steer-words" });
  readonly #buttons = h("div", { class: "steer-buttons" });
  readonly #context: ViewContext;
  #shown = "";

  constructor(context: ViewContext) {
    this.#context = context;
    this.element.append(this.#words, this.#buttons);
    this.element.hidden = true;
  }

  /** @param typed what stands in the box and was sent after the answer had begun. */
  update(run: RunState | undefined, typed: TypedHint | undefined): void {
    const question = run === undefined ? undefined : this.#question(run, typed);
    const isHint = question?.kind === "waiting" || question?.kind === "late";
    setAttributes(this.element, {
      hidden: question === undefined,
      "aria-label": isHint ? t("Your hint") : t("Your choice"),
    });
    setText(this.#words, question?.words ?? "");
    // Built anew only when another question is asked, so that the keyboard's place is kept.
    const key = question === undefined ? "" : `${run?.runId} ${question.kind}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#buttons.replaceChildren(...(question?.buttons ?? []));
  }

  #question(run: RunState, typed: TypedHint | undefined): Question | undefined {
    const { runId } = run;
    const { send } = this.#context;
    if (typed !== undefined) {
      return {
        kind: "typed",
        words: t("The answer has begun already."),
        buttons: [
          button(t("Begin it anew with this"), "primary", typed.beginAnew),
          button(t("Let it finish"), "secondary", typed.leave),
        ],
      };
    }
    const waiting = (run.waitingHints ?? []).map(({ text }) => text).join(" · ");
    const phase = currentSpan(run)?.phase;
    if (run.looping !== undefined) {
      const go = button(t("Let it go on"), "secondary", () => send({ kind: "letGoOn", runId }));
      const end =
        run.looping === "thought"
          ? button(t("Answer now"), "primary", () => send({ kind: "answerNow", runId }))
          : button(t("Stop"), "primary", () => send({ kind: "stop", runId }));
      return {
        kind: `looping ${run.looping}`,
        words:
          run.looping === "thought"
            ? t("The thought seems to go round in circles.")
            : t("The answer seems to go round in circles."),
        buttons: [end, go],
      };
    }
    if (waiting === "") return undefined;
    return phase === "answering"
      ? {
          kind: "late",
          words: t("Your hint came when the answer had begun: {0}", waiting),
          buttons: [
            button(t("Begin it anew with the hint"), "primary", () =>
              send({ kind: "beginAnew", runId }),
            ),
          ],
        }
      : {
          kind: "waiting",
          words:
            phase === "thinking"
              ? t("Your hint goes in at the end of the sentence: {0}", waiting)
              : t("Your hint goes in where the thought begins: {0}", waiting),
          buttons: [],
        };
  }
}

/** A hint that was sent when the answer had begun, and what may become of it. */
export interface TypedHint {
  readonly beginAnew: () => void;
  readonly leave: () => void;
}

interface Question {
  readonly kind: string;
  readonly words: string;
  readonly buttons: readonly HTMLElement[];
}
