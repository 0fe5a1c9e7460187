import { bytes, percent, t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { FromPanel } from "../../protocol/panel/from-panel";
import { engineBytes, type ModelOffer, type Setup } from "../../protocol/setup";
import { hostOf } from "../format";
import { button, filled, h, icon, setText } from "./dom/dom";
import type { ViewContext } from "./view-context";

type SetupAction = Extract<FromPanel, { kind: "setup" }>["action"];

/**
 * What is missing before anything can be answered, and the one click that gets it. Empty when all
 * is well.
 */
export class SetupView {
  readonly element = h("section", { class: "setup", "aria-label": t("Set-up"), hidden: true });
  readonly #context: ViewContext;
  #shown: Setup | undefined;
  #progress:
    | {
        readonly words: Element;
        readonly bar: HTMLElement;
        readonly cancel: HTMLElement;
        readonly what: string;
      }
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
          t("No model to ask yet"),
          [
            h(
              "p",
              { class: "card-text" },
              ...filled(
                t(
                  "Ollama answers at {0}, but has no model to chat with. One that suits this machine is {1}.",
                  "{0}",
                  "{1}",
                ),
                h("code", {}, hostOf(setup.endpoint)),
                h("code", {}, setup.suggestion),
              ),
            ),
            ...offerWords(setup.offer, false),
          ],
          [
            this.#do(t("Choose a model"), "primary", "chooseModel"),
            ...this.#useBuiltIn(setup.offer, "secondary"),
          ],
        );
      case "installing": {
        const words = h("span", { class: "dim" });
        const bar = h("div", {
          class: "progress",
          role: "progressbar",
          "aria-label": inWords(setup.what),
          "aria-valuemin": "0",
          "aria-valuemax": "100",
        });
        bar.append(h("div", { class: "progress-done" }));
        const cancel = this.#do(t("Cancel"), "secondary", "cancel");
        this.#progress = { words, bar, cancel, what: setup.what };
        return this.#framed(
          inWords(setup.what),
          [h("p", { class: "card-text" }, words), bar],
          [cancel],
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
              : [this.#do(t("Enter…"), "primary", "enterCredentials")]),
            ...this.#useBuiltIn(
              setup.offer,
              setup.credentialsFor === undefined ? "primary" : "secondary",
            ),
            this.#do(t("Look again"), isAlone ? "primary" : "secondary", "lookAgain"),
            this.#do(t("Settings"), "secondary", "openSettings"),
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
    const words = canStart
      ? t(
          "Ollama is installed here, but does not answer at {0}. Start it, or let Thinkaloud run a model by itself.",
          "{0}",
        )
      : t(
          "Ollama does not answer at {0}. Thinkaloud can run a model by itself, on this machine.",
          "{0}",
        );
    return this.#framed(
      t("Nothing is running a model yet"),
      [h("p", { class: "card-text" }, ...filled(words, place)), ...offerWords(offer, needsEngine)],
      [
        ...(canStart ? [this.#do(t("Start Ollama"), "primary", "startDaemon")] : []),
        this.#do(t("Use the built-in engine"), canStart ? "secondary" : "primary", "useBuiltIn"),
        ...(canStart
          ? []
          : [this.#do(t("I have Ollama"), "secondary", "lookAgain", t("Look again for Ollama"))]),
      ],
    );
  }

  #useBuiltIn(offer: ModelOffer | undefined, className: string): HTMLElement[] {
    return offer === undefined
      ? []
      : [this.#do(t("Use the built-in engine"), className, "useBuiltIn")];
  }

  #showProgress({ done, total }: Extract<Setup, { kind: "installing" }>): void {
    if (this.#progress === undefined) return;
    const { words, bar, cancel } = this.#progress;
    const known = done !== undefined && total !== undefined && total > 0;
    bar.classList.toggle("unmeasured", !known);
    if (known) {
      cancel.title = t("What is here stays: the next download goes on from it");
      bar.style.setProperty("--fraction", String(Math.min(1, done / total)));
      bar.setAttribute("aria-valuenow", String(Math.floor((100 * Math.min(done, total)) / total)));
      setText(words, `${t("{0} of {1}", bytes(done), bytes(total))} · ${percent(done, total)}`);
    } else {
      bar.removeAttribute("aria-valuenow");
      setText(
        words,
        done === undefined ? t("This may take a moment.") : t("{0} so far", bytes(done)),
      );
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
  const { downloadBytes, begunBytes = 0 } = offer;
  const download =
    downloadBytes === 0
      ? t("none: the model is here already")
      : begunBytes === 0
        ? t("{0}, once, kept on this machine", bytes(downloadBytes))
        : t(
            "{0}, once, kept on this machine; {1} of it are here already",
            bytes(downloadBytes),
            bytes(begunBytes),
          );
  const rows = [
    [t("Model"), offer.label],
    [t("Download"), download],
    ...(needsEngine
      ? [[t("Engine"), t("llama.cpp, about {0}, MIT licence", bytes(engineBytes))]]
      : []),
    ...(offer.licence === "" ? [] : [[t("Licence"), offer.licence]]),
  ];
  return [
    h(
      "dl",
      { class: "offer" },
      ...rows.flatMap(([term = "", text = ""]) => [h("dt", {}, term), h("dd", {}, text)]),
    ),
  ];
}
