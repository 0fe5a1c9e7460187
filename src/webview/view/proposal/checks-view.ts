import { count, plural, t } from "../../../base/l10n";
import { inWords } from "../../../base/told-words";
import type { Check, CheckCase, CheckSaid } from "../../../protocol/checks";
import { type ChangedCall, compareBehaviour, lostResult } from "../../../runs/compare-behaviour";
import { canTell, checkWords, compareCheck } from "../../../runs/compare-checks";
import { type Choices, keptDetails } from "../dom/disclosure";
import { filled, h, icon } from "../dom/dom";

/** More cases than this are read better in the output. */
const mostCases = 20;
/** The first few calls show what an edit does. */
const mostCalls = 5;

/**
 * What was run to see whether an edit is right: a line for each check, which opens to what it said.
 * @param key names the edit across reloads.
 */
export function checksView(checks: readonly Check[], key: string, choices: Choices): HTMLElement {
  const views = checks.map((check) => checkView(check, `${key}/check-${check.id}`, choices));
  return h("div", { class: "checks" }, ...views);
}

function checkView(check: Check, key: string, choices: Choices): HTMLElement {
  const tone = toneOf(check);
  const said = check.after ?? check.before;
  const summary = h(
    "summary",
    { class: `check-words ${tone}` },
    icon(icons[tone]),
    h("span", {}, checkWords(check)),
  );
  const body = h(
    "div",
    { class: "check-body" },
    h("p", { class: "check-label" }, inWords(check.label)),
  );
  if (check.kind === "behaviour") body.append(...callsView(check));
  else if (said !== undefined) body.append(...saidView(check, said));
  return keptDetails(key, choices, "check", summary, body);
}

type Tone = "good" | "plain" | "fair" | "bad";
const icons = { good: "check", plain: "info", fair: "warning", bad: "cross" } as const;

/** Good: nothing is worse, and all that could be told passes. Plain: it says neither. */
function toneOf(check: Check): Tone {
  if (check.kind === "behaviour") {
    const { changed } = compareBehaviour(check);
    return changed.length === 0 || changed.some(lostResult) ? "fair" : "plain";
  }
  const { worse, still } = compareCheck(check);
  if (worse.length > 0) return "bad";
  if (still.length > 0) return "fair";
  return canTell(check) ? "good" : "fair";
}

/**
 * What the first calls came to that the edit changes; those without a result now before the others.
 */
function callsView(check: Check): Node[] {
  const { changed } = compareBehaviour(check);
  const shown = [
    ...changed.filter(lostResult),
    ...changed.filter((each) => !lostResult(each)),
  ].slice(0, mostCalls);
  if (shown.length === 0) return [];
  const more = changed.length - shown.length;
  return [
    h("ul", { class: "check-cases" }, ...shown.map(callView)),
    ...(more === 0
      ? []
      : [
          h(
            "p",
            { class: "check-label" },
            plural(more, t("and one more"), t("and {0} more", count(more))),
          ),
        ]),
  ];
}

function callView(call: ChangedCall): HTMLElement {
  const { name, before, after } = call;
  const value = (text: string, { got = "" }: CheckCase): HTMLElement =>
    h("div", { class: "check-value" }, ...filled(text, h("code", {}, inWords(got))));
  return h(
    "li",
    { "data-state": lostResult(call) ? "failed" : "changed" },
    h("code", {}, name),
    value(t("before {0}", "{0}"), before),
    value(t("now {0}", "{0}"), after),
  );
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

function caseView({ name, state, expected, got, at }: CheckCase): HTMLElement {
  const line = h(
    "li",
    { "data-state": state },
    h("code", {}, name),
    h("span", { class: "check-state" }, ` ${stateWords(state)}`),
  );
  if (state === "passed") return line;
  if (at !== undefined) line.append(h("div", { class: "check-value" }, h("code", {}, at)));
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
