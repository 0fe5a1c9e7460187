import { t } from "../../base/l10n";
import { readyIn, type Setup } from "../../protocol/setup";
import { hostOf, reachName } from "../format";
import { button, h, icon, setText } from "./dom/dom";
import type { ViewContext } from "./view-context";

/** Which model answers, where it runs, and whether all is well. */
export class HeadView {
  readonly element: HTMLElement;
  readonly #modelName = h("span", { class: "model-name" });
  readonly #model: HTMLButtonElement;
  readonly #history: HTMLButtonElement;
  readonly #place = h("span", { class: "chip place" });
  readonly #placeName = h("span", { "aria-hidden": "true" });
  /** For who cannot point at it. */
  readonly #placeWords = h("span", { class: "visually-hidden" });
  readonly #status = h("span", { class: "head-status" });
  #shown: Setup | undefined;

  constructor({ send }: ViewContext, showHistory: () => void) {
    this.#model = h(
      "button",
      { type: "button", class: "chip model" },
      this.#modelName,
      icon("chevron"),
    );
    this.#model.addEventListener("click", () => send({ kind: "setup", action: "chooseModel" }));
    const dot = h("span", { class: "dot", "aria-hidden": "true" });
    this.#place.append(dot, this.#placeName, this.#placeWords);
    const history = button("", "icon-button head-history", showHistory);
    this.#history = history;
    history.append(icon("clock"));
    history.title = t("Search earlier runs");
    history.setAttribute("aria-label", t("History"));
    history.setAttribute("aria-expanded", "false");
    this.element = h("header", { class: "head" }, this.#model, this.#place, this.#status, history);
  }

  /** @param takesFocus the history is closed, and what had the focus with it. */
  showHistory(isOpen: boolean, takesFocus = false): void {
    this.#history.setAttribute("aria-expanded", String(isOpen));
    if (takesFocus) this.#history.focus();
  }

  update(setup: Setup): void {
    if (setup === this.#shown) return;
    this.#shown = setup;
    const ready = readyIn(setup);
    // As long as nobody has looked, nobody can say that there is none.
    const isKnown = !["unknown", "looking", "installing"].includes(setup.kind);
    const name = ready?.model ?? (isKnown ? t("no model yet") : t("Choose a model"));
    setText(this.#modelName, name);
    this.#model.title =
      ready === undefined ? t("Choose a model") : t("{0}: choose another model", ready.model);
    this.#model.setAttribute(
      "aria-label",
      ready !== undefined
        ? t("Model {0}. Choose another", name)
        : isKnown
          ? t("No model yet. Choose a model")
          : name,
    );
    this.#place.hidden = ready === undefined;
    if (ready !== undefined) {
      const engine =
        ready.engine === "builtin"
          ? t("The built-in engine runs the model. Nothing leaves this machine.")
          : t("The model runs at {0}. Nothing leaves this machine.", ready.endpoint);
      setText(
        this.#placeName,
        reachName(ready.locality ?? (ready.local ? "thisMachine" : "elsewhere"), ready),
      );
      this.#place.classList.toggle("away", !ready.local);
      const host = hostOf(ready.endpoint);
      const away =
        ready.locality === "localNetwork"
          ? t("Your code is sent to {0}, in your local network.", host)
          : t("Your code is sent to {0}.", host);
      this.#place.title = ready.local ? engine : away;
      setText(this.#placeWords, `${this.#placeName.textContent}. ${this.#place.title}`);
    }
    setText(this.#status, statusWords(setup));
  }
}

function statusWords(setup: Setup): string {
  switch (setup.kind) {
    case "looking":
      return t("looking at {0}…", hostOf(setup.endpoint));
    case "installing":
      return t("setting up…");
    case "unknown":
    case "ready":
    case "noDaemon":
    case "noModel":
    case "failed":
      return "";
    default:
      return setup satisfies never;
  }
}
