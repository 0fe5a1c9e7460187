import { t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import { visibleText } from "../../../base/visible-text";
import type { RunState } from "../../../runs/run-state";
import { actionName } from "../../../runs/words/action-words";
import { Disclosure } from "../dom/disclosure";
import { button, h, icon, setAttributes, setText, withCode } from "../dom/dom";
import { scrollPageTo } from "../dom/scroll-page";
import type { ViewContext } from "../view-context";
import { endingState, endingWords } from "./ending-view";
import type { RunPlace } from "./part-view";
import { RunBody } from "./run-body";

/** One run, from its title to its end. The body of an older run is built when it is opened. */
export class RunView {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #runId: string;
  readonly #fold: Disclosure;
  readonly #title = h("h2", { class: "run-title" });
  readonly #subject = h("p", { class: "run-subject" });
  readonly #badge = h("span", { class: "run-badge" });
  #body: RunBody | undefined;
  #run: RunState;
  #place: RunPlace = { newest: true, talkHasEdit: false, decidableProposalId: undefined };
  #titled = "";

  constructor(run: RunState, context: ViewContext) {
    this.#run = run;
    this.#runId = run.runId;
    this.#context = context;
    this.#fold = new Disclosure({
      key: `${run.runId}/run`,
      className: "run-fold",
      choices: context.choices,
      onToggle: () => this.#render(),
    });
    this.#fold.head.append(this.#title, this.#badge);
    this.#fold.head.after(this.#subject);
    this.#title.id = `title-${run.runId}`;
    this.#fold.button.setAttribute("aria-labelledby", this.#title.id);
    this.element = h(
      "article",
      { class: "run", "aria-labelledby": this.#title.id, "data-run": run.runId },
      this.#fold.element,
    );
  }

  update(run: RunState, place: RunPlace): void {
    const moved =
      place.newest !== this.#place.newest ||
      place.talkHasEdit !== this.#place.talkHasEdit ||
      place.decidableProposalId !== this.#place.decidableProposalId;
    if (run === this.#run && !moved && this.#titled !== "") return;
    this.#run = run;
    this.#place = place;
    this.#renderHead();
    this.#fold.suggest(place.newest);
    this.#render();
  }

  /** Unfolds it and brings its head to the top. */
  show(): void {
    this.#fold.suggest(true);
    this.#render();
    scrollPageTo(this.element, "top");
    this.#fold.button.focus({ preventScroll: true });
  }

  /** A second went by. */
  tick(now: number): void {
    if (this.#run.end !== undefined || !this.#fold.open) return;
    this.#body?.tick(this.#run, now);
  }

  dispose(): void {
    this.#body?.dispose();
  }

  #renderHead(): void {
    const run = this.#run;
    const title = `${run.action} ${run.path} ${run.line}`;
    if (title !== this.#titled) {
      this.#titled = title;
      const link = button(`${fileNameOf(run.path)}:${run.line + 1}`, "link", () =>
        this.#context.send({ kind: "revealTarget", runId: this.#runId }),
      );
      link.title = t("{0}, line {1}", run.path, run.line + 1);
      this.#title.replaceChildren(`${actionName(run.action)} `, ...(run.path === "" ? [] : [link]));
      const asked = withCode(visibleText(run.question ?? run.subject));
      this.#subject.replaceChildren(...asked, ...this.#rephraseButton(run));
      this.#subject.classList.toggle("question", run.question !== undefined);
    }
    const proposal = run.parts.findLast((part) => part.kind === "proposal");
    const state = endingState(run.end, proposal?.state);
    setText(this.#badge, endingWords(state));
    setAttributes(this.#badge, { "data-state": state });
    this.element.classList.toggle("running", run.end === undefined);
    this.element.classList.toggle("older", !this.#place.newest);
  }

  #rephraseButton(run: RunState): readonly HTMLElement[] {
    const { rephrase } = this.#context;
    if (run.question === undefined || rephrase === undefined) return [];
    const element = button("", "icon-button rephrase", () => rephrase(this.#run));
    element.append(icon("pen"));
    element.title = t("Ask it in other words");
    element.setAttribute("aria-label", element.title);
    return [element];
  }

  /** Nothing is built for a run that nobody has opened. */
  #render(): void {
    if (!this.#fold.open) return;
    if (this.#body === undefined) {
      this.#body = new RunBody(this.#runId, this.#context);
      this.#fold.body.append(...this.#body.elements);
    }
    this.#body.update(this.#run, this.#place);
  }
}
