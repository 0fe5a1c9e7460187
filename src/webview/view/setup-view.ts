import type { FromPanel } from "../../protocol/panel";
import type { ModelOffer, Setup } from "../../protocol/setup";
import { bytes, hostOf } from "../format";
import { button, h, icon, setText } from "./dom";
import type { ViewContext } from "./view-context";

type SetupAction = Extract<FromPanel, { kind: "setup" }>["action"];

/** What is missing before anything can be answered, and the one click that gets it. Empty when all is well. */
export class SetupView {
  readonly element = h("section", { class: "setup", "aria-label": "Set-up", hidden: true });
  readonly #context: ViewContext;
  #shown: Setup | undefined;
  #progress:
    | { readonly words: Element; readonly bar: HTMLElement; readonly what: string }
    | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
  }

  update(setup: Setup): void {
    if (setup === this.#shown) return;
    this.#shown = setup;
    if (setup.kind !== "installing" || this.#progress?.what !== setup.what) {
      this.#progress = undefined;
      const card = this.#card(setup);
      this.element.hidden = card === undefined;
      this.element.replaceChildren(...(card === undefined ? [] : [card]));
    }
    if (setup.kind === "installing") this.#showProgress(setup);
  }

  #card(setup: Setup): HTMLElement | undefined {
    switch (setup.kind) {
      case "unknown":
      case "looking":
      case "ready":
        return undefined;
      case "noDaemon":
        return this.#noDaemon(setup);
      case "noModel":
        return this.#framed(
          "No model to ask yet",
          [
            h(
              "p",
              { class: "card-text" },
              ...[
                "Ollama answers at ",
                h("code", {}, hostOf(setup.endpoint)),
                ", but has no model to chat with. One that suits this machine is ",
              ],
              ...[h("code", {}, setup.suggestion), "."],
            ),
            ...offerWords(setup.offer, false),
          ],
          [
            this.#do("Choose a model", "primary", "chooseModel"),
            ...this.#useBuiltIn(setup.offer, "secondary"),
          ],
        );
      case "installing": {
        const words = h("span", { class: "dim" });
        const bar = h("div", {
          class: "progress",
          role: "progressbar",
          "aria-label": setup.what,
          "aria-valuemin": "0",
          "aria-valuemax": "100",
        });
        bar.append(h("div", { class: "progress-done" }));
        this.#progress = { words, bar, what: setup.what };
        return this.#framed(
          setup.what,
          [h("p", { class: "card-text" }, words), bar],
          [this.#do("Cancel", "secondary", "cancel")],
        );
      }
      case "failed": {
        const isAlone = setup.offer === undefined && setup.credentialsFor === undefined;
        return this.#framed(
          setup.title,
          [h("p", { class: "card-text" }, setup.remedy), ...offerWords(setup.offer, false)],
          [
            ...(setup.credentialsFor === undefined
              ? []
              : [this.#do("Enter them", "primary", "enterCredentials")]),
            ...this.#useBuiltIn(
              setup.offer,
              setup.credentialsFor === undefined ? "primary" : "secondary",
            ),
            this.#do("Look again", isAlone ? "primary" : "secondary", "lookAgain"),
            this.#do("Settings", "secondary", "openSettings"),
          ],
          "failure",
        );
      }
      default:
        return setup satisfies never;
    }
  }

  #noDaemon({
    endpoint,
    offer,
    needsEngine,
    canStart,
  }: Extract<Setup, { kind: "noDaemon" }>): HTMLElement {
    const place = h("code", {}, hostOf(endpoint));
    const words =
      canStart === true
        ? [
            "Ollama is installed here, but does not answer at ",
            place,
            ". Start it and look again, or let Thinkaloud run a model by itself.",
          ]
        : [
            "Ollama does not answer at ",
            place,
            ". Thinkaloud can run a model by itself, on this machine.",
          ];
    const [label, title] =
      canStart === true ? ["Look again", undefined] : ["I have Ollama", "Look again for Ollama"];
    return this.#framed(
      "Nothing is running a model yet",
      [h("p", { class: "card-text" }, ...words), ...offerWords(offer, needsEngine)],
      [
        this.#do("Use the built-in engine", "primary", "useBuiltIn"),
        this.#do(label, "secondary", "lookAgain", title),
      ],
    );
  }

  #useBuiltIn(offer: ModelOffer | undefined, className: string): HTMLElement[] {
    return offer === undefined
      ? []
      : [this.#do("Use the built-in engine", className, "useBuiltIn")];
  }

  #showProgress({ done, total }: Extract<Setup, { kind: "installing" }>): void {
    if (this.#progress === undefined) return;
    const { words, bar } = this.#progress;
    const known = done !== undefined && total !== undefined && total > 0;
    bar.classList.toggle("unmeasured", !known);
    if (known) {
      const percent = Math.floor((100 * Math.min(done, total)) / total);
      bar.style.setProperty("--fraction", String(Math.min(1, done / total)));
      bar.setAttribute("aria-valuenow", String(percent));
      setText(words, `${bytes(done)} of ${bytes(total)} · ${percent} %`);
    } else {
      bar.removeAttribute("aria-valuenow");
      setText(words, done === undefined ? "This may take a moment." : `${bytes(done)} so far`);
    }
  }

  #do(label: string, className: string, action: SetupAction, title?: string): HTMLButtonElement {
    const made = button(label, className, () => this.#context.send({ kind: "setup", action }));
    if (title !== undefined) made.title = title;
    return made;
  }

  #framed(
    title: string,
    content: readonly HTMLElement[],
    buttons: readonly HTMLElement[],
    tone = "",
  ): HTMLElement {
    const head = h(
      "div",
      { class: "card-head" },
      ...(tone === "failure" ? [icon("warning")] : []),
      h("h2", {}, title),
    );
    return h(
      "div",
      { class: `card ${tone}` },
      head,
      ...content,
      h("div", { class: "card-foot" }, ...buttons),
    );
  }
}

/** What the built-in engine would fetch, said before the click that fetches it. */
function offerWords(offer: ModelOffer | undefined, needsEngine: boolean): HTMLElement[] {
  if (offer === undefined) return [];
  const download =
    offer.downloadBytes > 0
      ? `${bytes(offer.downloadBytes)}, once, kept on this machine`
      : "none: the model is here already";
  const rows = [
    ["Model", offer.label],
    ["Download", download],
    ...(needsEngine ? [["Engine", "llama.cpp, about 80 MB, MIT licence"]] : []),
    ...(offer.licence === "" ? [] : [["Licence", offer.licence]]),
  ];
  return [
    h(
      "dl",
      { class: "offer" },
      ...rows.flatMap(([term = "", text = ""]) => [h("dt", {}, term), h("dd", {}, text)]),
    ),
  ];
}
