import type { Outcome } from "../../protocol/run-events";
import type { RunEnd } from "../../runs/run-state";
import { button, h, icon } from "./dom";
import type { ViewContext } from "./view-context";

/** `answered` and `proposed` need no words: the answer and the card are there to see. */
const outcomes: Readonly<
  Record<Outcome, { readonly title: string; readonly tone: "calm" | "warning" } | undefined>
> = {
  answered: undefined,
  proposed: undefined,
  unchanged: { title: "The model gave the code back unchanged", tone: "calm" },
  refused: {
    title: "The edit could not be placed safely, so nothing is proposed",
    tone: "warning",
  },
  stopped: { title: "Stopped. What was written so far is kept", tone: "calm" },
  cutOff: { title: "The answer was cut off", tone: "warning" },
};

/** How a run ended, where that needs saying: a failure with its remedy, or an outcome that is not what was hoped for. */
export function endingView(
  runId: string,
  end: RunEnd,
  context: ViewContext,
): HTMLElement | undefined {
  if (end.kind === "failed") {
    const { report } = end;
    const card = h(
      "section",
      { class: "card ending failure", "aria-label": "Failure" },
      h("div", { class: "card-head" }, icon("warning"), h("h3", {}, report.title)),
      h("p", { class: "card-text" }, report.remedy),
    );
    if (report.button !== undefined) {
      const { label, action } = report.button;
      // The style sheet hides it while the set-up card above offers the same.
      card.append(
        h(
          "div",
          { class: "card-foot", "data-remedy": action },
          button(label, "primary", () => context.send({ kind: "remedy", runId })),
        ),
      );
    }
    return card;
  }
  const outcome = outcomes[end.outcome];
  if (outcome === undefined)
    return end.detail === undefined
      ? undefined
      : h("p", { class: "ending-detail" }, icon("info"), h("span", {}, end.detail));
  const card = h(
    "section",
    { class: `card ending ${outcome.tone}`, "aria-label": "Outcome" },
    h(
      "div",
      { class: "card-head" },
      icon(outcome.tone === "warning" ? "warning" : end.outcome === "stopped" ? "stop" : "info"),
      h("h3", {}, outcome.title),
    ),
  );
  if (end.detail !== undefined) card.append(h("p", { class: "card-text" }, end.detail));
  return card;
}

/** How a run ended in one or two words, for its folded header. */
export function endingWords(end: RunEnd | undefined, proposal: string | undefined): string {
  if (end === undefined) return "running";
  if (end.kind === "failed") return "failed";
  if (proposal !== undefined && proposal !== "open") return proposal;
  const words: Readonly<Record<Outcome, string>> = {
    answered: "answered",
    proposed: "not decided",
    unchanged: "unchanged",
    refused: "refused",
    stopped: "stopped",
    cutOff: "cut off",
  };
  return words[end.outcome];
}
