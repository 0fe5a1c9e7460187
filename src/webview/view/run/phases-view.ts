import { count, percent, t } from "../../../base/l10n";
import { type Phase, phases } from "../../../protocol/run-events";
import { currentSpan, timeIn } from "../../../runs/phase-times";
import type { RunState } from "../../../runs/run-state";
import { duration, narrowClock, phaseHead, phaseName } from "../../format";
import { h, setText } from "../dom/dom";

/** Phases in which text should be coming all the time: nothing else has to move then. */
export const talkative: readonly Phase[] = ["thinking", "answering"];

/**
 * The stages of a run as a row of bars: done, now, to come. Shown while it runs; afterwards
 * {@link TimesView} tells the times.
 */
export class PhasesView {
  readonly element = h("ol", { class: "phases", "aria-label": t("Stages") });
  readonly #cells = phases.map((phase) => {
    const bar = h("span", { class: "phase-bar" });
    const time = h("span", { class: "phase-time", "aria-hidden": "true" });
    const name = h("span", { class: "phase-name", "aria-hidden": "true" }, phaseHead(phase));
    // In full: the columns are too narrow for it.
    const words = h("span", { class: "visually-hidden" });
    const cell = h("li", { class: "phase" }, bar, name, time, words);
    this.element.append(cell);
    return { phase, cell, bar, name, time, words };
  });
  #shown:
    | { spans: RunState["spans"]; progress: RunState["progress"] | undefined; second: number }
    | undefined;

  update(run: RunState, now: number): void {
    // Times are told in whole seconds, however often text comes.
    const second = Math.floor((now - (run.startedAt ?? 0)) / 1_000);
    const shown = this.#shown;
    this.#shown = { spans: run.spans, progress: run.progress, second };
    if (run.spans === shown?.spans && run.progress === shown.progress && second === shown.second)
      return;
    const current = currentSpan(run)?.phase;
    const reached = current === undefined ? -1 : phases.indexOf(current);
    for (const [index, { phase, cell, bar, name, time, words }] of this.#cells.entries()) {
      const spent = timeIn(run, phase, now);
      const state =
        phase === current
          ? "now"
          : index < reached
            ? spent === undefined
              ? "skipped"
              : "done"
            : "ahead";
      cell.className = `phase ${state}${talkative.includes(phase) ? " talks" : ""}`;
      const title = phaseName(phase);
      setText(words, spent === undefined ? title : t("{0}: {1}", title, duration(spent)));
      for (const seen of [bar, name, time]) seen.title = words.textContent ?? "";
      if (phase === current) cell.setAttribute("aria-current", "step");
      else cell.removeAttribute("aria-current");
      setText(
        time,
        state === "now" ? narrowClock(spent ?? 0) : state === "done" ? spentWords(spent ?? 0) : "",
      );
      const told =
        run.progress?.phase === phase && run.progress.total > 0 ? run.progress : undefined;
      bar.classList.toggle("measured", state === "now" && told !== undefined);
      bar.style.setProperty(
        "--fraction",
        told === undefined ? "1" : String(Math.min(1, told.done / told.total)),
      );
    }
  }
}

function spentWords(ms: number): string {
  return ms < 60_000 ? duration(ms) : narrowClock(ms);
}

/** How far reading or loading is, in words; empty where the engine does not tell. */
export function progressText(run: RunState): string {
  const { progress } = run;
  if (progress === undefined || progress.total <= 0 || currentSpan(run)?.phase !== progress.phase)
    return "";
  if (progress.phase === "reading")
    return t("{0} of {1} tokens", count(progress.done), count(progress.total));
  if (progress.phase === "answering")
    return t("{0} of {1} answers", count(progress.done), count(progress.total));
  return percent(progress.done, progress.total);
}
