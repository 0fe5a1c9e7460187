import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { Check, CheckCase, CheckSaid } from "../../protocol/checks";
import { canTell, checkWords, compareCheck } from "../../runs/compare-checks";
import { filled, h, icon } from "./dom";

/** More cases than this are read better in the output. */
const mostCases = 20;

/** What was run to see whether an edit is right: a line for each check, which opens to what it said. */
export function checksView(checks: readonly Check[]): HTMLElement {
  return h("div", { class: "checks" }, ...checks.map(checkView));
}

function checkView(check: Check): HTMLElement {
  const tone = toneOf(check);
  const said = check.after ?? check.before;
  const summary = h(
    "summary",
    { class: `check-words ${tone}` },
    icon(tone === "good" ? "check" : tone === "bad" ? "cross" : "warning"),
    h("span", {}, checkWords(check)),
  );
  const body = h(
    "div",
    { class: "check-body" },
    h("p", { class: "check-label" }, inWords(check.label)),
  );
  if (said !== undefined) body.append(...saidView(check, said));
  return h("details", { class: "check" }, summary, body);
}

/** Good: nothing is worse, and all that could be told passes. */
function toneOf(check: Check): "good" | "fair" | "bad" {
  const { worse, still } = compareCheck(check);
  if (worse.length > 0) return "bad";
  if (still.length > 0) return "fair";
  return canTell(check) ? "good" : "fair";
}

function saidView(check: Check, said: CheckSaid): Node[] {
  const { turned } = compareCheck(check);
  const shown = [
    ...said.cases.filter(({ state }) => state !== "passed"),
    ...said.cases.filter(({ name }) => turned.some((each) => each.name === name)),
  ].slice(0, mostCases);
  const nodes: Node[] = [];
  if (said.broken !== undefined)
    nodes.push(h("p", { class: "check-broken" }, inWords(said.broken)));
  if (shown.length > 0) nodes.push(h("ul", { class: "check-cases" }, ...shown.map(caseView)));
  if (said.output.trim() !== "")
    nodes.push(h("pre", { class: "check-output", tabindex: "0" }, said.output));
  return nodes;
}

function stateWords(state: CheckCase["state"]): string {
  switch (state) {
    case "passed":
      return t("passes now");
    case "failed":
      return t("fails");
    case "broken":
      return t("could not be told");
    default:
      return state satisfies never;
  }
}

function caseView({ name, state, expected, got }: CheckCase): HTMLElement {
  const line = h(
    "li",
    { "data-state": state },
    h("code", {}, name),
    h("span", { class: "check-state" }, ` ${stateWords(state)}`),
  );
  if (state === "passed") return line;
  if (expected !== undefined)
    line.append(
      h(
        "div",
        { class: "check-value" },
        ...filled(t("expected {0}", "{0}"), h("code", {}, expected)),
      ),
    );
  if (got !== undefined) line.append(h("div", { class: "check-value" }, ...gotWords(state, got)));
  return line;
}

function gotWords(state: CheckCase["state"], got: string): (Node | string)[] {
  return state === "broken" ? [inWords(got)] : filled(t("got {0}", "{0}"), h("code", {}, got));
}
