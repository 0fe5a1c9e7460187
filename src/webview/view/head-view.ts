import type { Setup } from "../../protocol/setup";
import { hostOf, reachName } from "../format";
import { button, h, icon, setText } from "./dom";
import type { ViewContext } from "./view-context";

/** Which model answers, where it runs, and whether all is well. */
export class HeadView {
  readonly element: HTMLElement;
  readonly #modelName = h("span", { class: "model-name" });
  readonly #model: HTMLButtonElement;
  readonly #place = h("span", { class: "chip place" });
  readonly #placeName = h("span");
  readonly #status = h("span", { class: "head-status" });

  constructor({ send }: ViewContext, showHistory: () => void) {
    this.#model = h(
      "button",
      { type: "button", class: "chip model" },
      this.#modelName,
      icon("chevron"),
    );
    this.#model.addEventListener("click", () => send({ kind: "setup", action: "chooseModel" }));
    this.#place.append(h("span", { class: "dot", "aria-hidden": "true" }), this.#placeName);
    const history = button("", "icon-button head-history", showHistory);
    history.append(icon("clock"));
    history.title = "Search earlier runs";
    history.setAttribute("aria-label", "History");
    this.element = h("header", { class: "head" }, this.#model, this.#place, this.#status, history);
  }

  update(setup: Setup): void {
    const ready = setup.kind === "ready" ? setup : undefined;
    const name = ready?.model ?? "no model yet";
    setText(this.#modelName, name);
    this.#model.title =
      ready === undefined ? "Choose a model" : `${ready.model}: choose another model`;
    this.#model.setAttribute(
      "aria-label",
      ready === undefined ? "No model yet. Choose a model" : `Model ${name}. Choose another`,
    );
    this.#place.hidden = ready === undefined;
    if (ready !== undefined) {
      const engine =
        ready.engine === "builtin"
          ? "The built-in engine runs the model"
          : `The model runs at ${ready.endpoint}`;
      setText(
        this.#placeName,
        reachName(ready.locality ?? (ready.local ? "thisMachine" : "elsewhere"), ready),
      );
      this.#place.classList.toggle("away", !ready.local);
      this.#place.title = ready.local
        ? `${engine}. Nothing leaves this machine.`
        : `Your code is sent to ${hostOf(ready.endpoint)}${ready.locality === "localNetwork" ? ", in your local network" : ""}.`;
    }
    setText(this.#status, statusWords(setup));
  }
}

function statusWords(setup: Setup): string {
  switch (setup.kind) {
    case "looking":
      return `looking at ${hostOf(setup.endpoint)}…`;
    case "installing":
      return "setting up…";
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
