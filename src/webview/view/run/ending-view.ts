import { t } from "../../../base/l10n";
import { inWords } from "../../../base/told-words";
import type { Ending } from "../../../protocol/history";
import type { ProposalState } from "../../../protocol/proposal";
import type { Outcome } from "../../../protocol/run-events";
import { endingOf } from "../../../runs/run-ending";
import type { RunEnd } from "../../../runs/run-state";
import { decisionWords } from "../../../runs/words/decision-words";
import { outcomeTitle } from "../../../runs/words/outcome-words";
import { button, h, icon, withCode } from "../dom/dom";
import type { ViewContext } from "../view-context";

/** What the person may have to do something about. */
const warnings: readonly Outcome[] = ["refused", "cutOff"];

/**
 * How a run ended, where that needs saying: a failure with its remedy, or an outcome that is not
 * what was hoped for.
 */
export function endingView(
  runId: string,
  end: RunEnd,
  context: ViewContext,
): HTMLElement | undefined {
  if (end.kind === "failed") {
    const { report } = end;
    const card = h(
      "section",
      { class: "card ending failure", "aria-label": t("Failure") },
      h("div", { class: "card-head" }, icon("warning"), h("h3", {}, report.title)),
      h("p", { class: "card-text" }, ...withCode(report.remedy)),
    );
    if (report.button !== undefined) {
      const { button: first, otherwise } = report;
      const remedy = (other: boolean) => () =>
        context.send({ kind: "remedy", runId, otherwise: other });
      // The style sheet hides it while the set-up card above offers the same.
      card.append(
        h(
          "div",
          { class: "card-foot", "data-remedy": first.action },
          button(first.label, "primary", remedy(false)),
          ...(otherwise === undefined ? [] : [button(otherwise.label, "secondary", remedy(true))]),
        ),
      );
    }
    return card;
  }
  const title = outcomeTitle(end.outcome, end.detail);
  if (title === undefined)
    return end.detail === undefined
      ? undefined
      : h(
          "p",
          { class: "ending-detail" },
          icon("info"),
          h("span", {}, ...withCode(inWords(end.detail))),
        );
  const isWarning = warnings.includes(end.outcome);
  const card = h(
    "section",
    { class: `card ending ${isWarning ? "warning" : "calm"}`, "aria-label": t("Outcome") },
    h(
      "div",
      { class: "card-head" },
      icon(isWarning ? "warning" : end.outcome === "stopped" ? "stop" : "info"),
      h("h3", {}, title),
    ),
  );
  if (end.detail !== undefined)
    card.append(h("p", { class: "card-text" }, ...withCode(inWords(end.detail))));
  return card;
}

/** How a run ended, for its folded header. */
export type EndingState = "running" | "failed" | Ending | Exclude<ProposalState, "open">;

export function endingState(
  end: RunEnd | undefined,
  proposal: ProposalState | undefined,
): EndingState {
  if (end === undefined) return "running";
  if (end.kind === "failed") return "failed";
  return proposal === undefined || proposal === "open" ? endingOf(end) : proposal;
}

/** The same in one or two words. */
export function endingWords(state: EndingState): string {
  switch (state) {
    case "running":
      return t("running");
    case "failed":
      return t("failed");
    default:
      return decisionWords(state);
  }
}
