import { t } from "../../base/l10n";
import { h } from "./dom/dom";

/** What an empty panel says: the three ways to begin. */
export function welcomeView(): HTMLElement {
  const mac = /Mac/.test(navigator.platform);
  const keys = (key: string): HTMLElement => h("kbd", {}, `${mac ? "⌘ ⌥" : "Ctrl Alt"} ${key}`);
  const row = (title: string, text: string, key: string): HTMLElement =>
    h("li", {}, h("div", {}, h("b", {}, title), h("span", { class: "dim" }, text)), keys(key));
  return h(
    "section",
    { class: "welcome", "aria-label": t("How to begin") },
    h("h2", {}, t("Reasoning in the open")),
    h(
      "p",
      { class: "dim" },
      t(
        "Pick a place in your code. The model thinks here, aloud, and its edit waits for you as a diff.",
      ),
    ),
    h(
      "ul",
      {},
      row(t("Fix"), t("the problem at the cursor, or from its lightbulb"), "↵"),
      row(t("Explain"), t("the selection or the function around the cursor"), "E"),
      row(t("Ask"), t("anything about the open file"), "A"),
    ),
  );
}
