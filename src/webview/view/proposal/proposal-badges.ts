import { t } from "../../../base/l10n";
import type { FileProposal, MatchLevel, SyntaxVerdict } from "../../../protocol/proposal";
import { h, icon } from "../dom/dom";

type Badge = {
  readonly text: string;
  readonly tone: "good" | "fair" | "bad";
  readonly title: string;
};

/** How sure the place of an edit is, and what it does to the file's syntax. */
export function proposalBadges({ change, match, syntax }: FileProposal): HTMLElement {
  const verdict = syntaxBadge(syntax);
  return h(
    "span",
    { class: "badges" },
    ...(change === "create" ? [] : [badge(matchBadge(match))]),
    ...(verdict === undefined ? [] : [badge(verdict)]),
  );
}

function matchBadge(match: MatchLevel): Badge {
  switch (match) {
    case "exact":
      return {
        text: t("exact"),
        tone: "good",
        title: t("The place was found character for character"),
      };
    case "spacing":
      return {
        text: t("spacing"),
        tone: "fair",
        title: t("The place was found but for white space"),
      };
    case "symbol":
      return {
        // What Fix asks for is the whole function: a warning on each such edit would warn of
        // nothing.
        text: t("by name"),
        tone: "good",
        title: t("The place was found by the name of the function or class"),
      };
    case "aligned":
      return {
        text: t("aligned"),
        tone: "fair",
        title: t("The place was found by similarity; look twice"),
      };
    default:
      return match satisfies never;
  }
}

function syntaxBadge(verdict: SyntaxVerdict): Badge | undefined {
  switch (verdict) {
    case "clean":
      return {
        text: t("parses"),
        tone: "good",
        title: t("The file has no syntax errors with this edit"),
      };
    case "remain":
      return {
        text: t("errors remain"),
        tone: "fair",
        title: t("The file had syntax errors before, and still has"),
      };
    case "broken":
      return {
        text: t("syntax broken"),
        tone: "bad",
        title: t("The edit brings a syntax error into the file"),
      };
    case "unknown":
      return undefined;
    default:
      return verdict satisfies never;
  }
}

function badge({ text, tone, title }: Badge): HTMLElement {
  const mark = tone === "good" ? [] : [icon("warning")];
  // Who cannot point at it hears what the word stands for.
  const words = h("span", { "aria-hidden": "true" }, text);
  const explained = h("span", { class: "visually-hidden" }, ` ${title}.`);
  return h("span", { class: `badge ${tone}`, title }, ...mark, words, explained);
}
