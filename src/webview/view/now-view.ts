import { t } from "../../base/l10n";
import { fileNameOf } from "../../base/text/file-name";
import type { Phase } from "../../protocol/run-events";
import { thinksNow } from "../../runs/fold/thought";
import { currentSpan } from "../../runs/phase-times";
import type { RunState } from "../../runs/run-state";
import { actionName } from "../../runs/words/action-words";
import { clock, narrowClock, phaseName } from "../format";
import { button, h, icon, setAttributes, setText } from "./dom/dom";
import { progressText, talkative } from "./run/phases-view";
import type { ViewContext } from "./view-context";

const stalledAfterMs = 15_000;

interface Moment {
  /** Milliseconds since the epoch, as {@link heardAt}. */
  readonly now: number;
  /** When the host last told of the run. */
  readonly heardAt: number;
  /** The run is not the one in front: it has to be said which it is. */
  readonly isAside: boolean;
  /** A question about the run is open. */
  readonly isAsking: boolean;
}

/** What goes on at this moment, with Stop: always in sight, wherever the person has scrolled to. */
export class NowView {
  readonly element = h("div", {
    class: "current",
    role: "group",
    "aria-label": t("Current run"),
    hidden: true,
  });
  readonly #words = h("span", { class: "current-words" });
  readonly #detail = h("span", { class: "current-detail" });
  readonly #answerNow: HTMLButtonElement;
  readonly #showQuestion: HTMLButtonElement;
  #runId = "";

  constructor({ send }: ViewContext) {
    this.#answerNow = button(t("Answer now"), "primary answer-now", () => {
      this.#answerNow.disabled = true;
      send({ kind: "answerNow", runId: this.#runId });
    });
    this.#answerNow.title = t("End the thought here; the answer follows");
    this.#answerNow.hidden = true;
    this.#showQuestion = button(t("Show the question"), "primary", () =>
      send({ kind: "showQuestion" }),
    );
    this.#showQuestion.hidden = true;
    const stop = button("", "secondary stop", () => send({ kind: "stop", runId: this.#runId }));
    stop.append(icon("stop"), t("Stop"));
    const text = h("span", { class: "current-text" }, this.#words, this.#detail);
    this.element.append(
      h("span", { class: "pulse", "aria-hidden": "true" }),
      text,
      h("span", { class: "current-buttons" }, this.#answerNow, this.#showQuestion, stop),
    );
  }

  update(run: RunState | undefined, { now, heardAt, isAside, isAsking }: Moment): void {
    setAttributes(this.element, { hidden: run === undefined });
    if (run === undefined) return;
    if (run.runId !== this.#runId) this.#answerNow.disabled = false;
    this.#runId = run.runId;
    const span = currentSpan(run);
    const thinks = thinksNow(run);
    // Asked again once a thought goes on that was ended before.
    if (!thinks) this.#answerNow.disabled = false;
    // Whoever is asked about a circle has the same button there, beside the other choice.
    setAttributes(this.#answerNow, { hidden: !thinks || run.looping !== undefined });
    const waits = span?.phase === "thinking" && !thinks;
    setAttributes(this.#showQuestion, { hidden: !isAsking });
    const doing = waits
      ? t("Waiting for the answer")
      : span && doingWords(run, span.phase, isAsking);
    const words = doing ?? t("Starting");
    setText(this.#words, isAside ? t("{0}: {1}", runName(run), words) : words);
    const silentMs = now - heardAt;
    const talks = span !== undefined && talkative.includes(span.phase);
    const stalled = talks && silentMs > stalledAfterMs;
    this.element.classList.toggle("talks", talks);
    this.element.classList.toggle("stalled", stalled);
    const progress = progressText(run);
    const details = stalled
      ? [t("nothing new for {0}", clock(silentMs))]
      : [...(span ? [narrowClock(now - span.from)] : []), ...(progress ? [progress] : [])];
    setText(this.#detail, details.join(" · "));
  }
}

function runName({ action, path, line }: RunState): string {
  return `${actionName(action)} ${fileNameOf(path)}:${line + 1}`;
}

function doingWords(run: RunState, phase: Phase, isAsking: boolean): string {
  if (phase !== "checking") return phaseName(phase);
  if (isAsking) return t("Waiting for your answer");
  const isWritten = run.parts.some(({ kind }) => kind === "thought" || kind === "answer");
  return isWritten ? phaseName(phase) : t("Checking the code as it is");
}
