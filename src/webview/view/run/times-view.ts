import { count, decimal, plural, t } from "../../../base/l10n";
import { phases } from "../../../protocol/run-events";
import { timeIn } from "../../../runs/phase-times";
import type { RunState } from "../../../runs/run-state";
import { duration, phaseName } from "../../format";
import { Disclosure } from "../dom/disclosure";
import { h, setText } from "../dom/dom";
import type { ViewContext } from "../view-context";

/** Where the time of a finished run went. */
export class TimesView {
  readonly #fold: Disclosure;
  #shown: RunState | undefined;

  constructor(runId: string, context: ViewContext) {
    this.#fold = new Disclosure({
      key: `${runId}/times`,
      className: "footnote",
      choices: context.choices,
    });
    this.#fold.element.hidden = true;
  }

  get element(): HTMLElement {
    return this.#fold.element;
  }

  update(run: RunState): void {
    if (run.end === undefined || run.startedAt === undefined || run.end === this.#shown?.end)
      return;
    this.#shown = run;
    this.#fold.element.hidden = false;
    const end = run.end.at;
    const total = Math.max(1, end - run.startedAt);
    const metrics = run.end.kind === "finished" ? run.end.metrics : {};
    const { answerTokens, answerMs } = metrics;
    const words = [t("Took {0}", duration(total))];
    if (answerTokens !== undefined) words.push(tokenWords(answerTokens, answerMs));
    setText(this.#fold.label, words.join(" · "));
    const rows = phases.flatMap((phase) => {
      const spent = timeIn(run, phase, end);
      if (spent === undefined) return [];
      const bar = h("span", { class: "share" });
      bar.style.setProperty("--fraction", String(Math.min(1, spent / total)));
      return [
        h(
          "li",
          {},
          h("span", {}, phaseName(phase)),
          bar,
          h("span", { class: "number" }, duration(spent)),
        ),
      ];
    });
    this.#fold.body.replaceChildren(h("ul", { class: "shares" }, ...rows));
    this.#fold.suggest(false);
  }
}

function tokenWords(tokens: number, ms: number | undefined): string {
  const written = plural(tokens, t("{0} token", count(tokens)), t("{0} tokens", count(tokens)));
  if (ms === undefined || ms <= 0) return written;
  const rate = tokens / (ms / 1000);
  return t("{0}, {1} a second", written, rate < 10 ? decimal(rate, 1) : count(rate));
}
