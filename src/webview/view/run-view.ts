import { t } from "../../base/l10n";
import type { RunPart, RunState } from "../../runs/run-state";
import { actionName, fileName } from "../format";
import { Disclosure } from "./disclosure";
import { button, h, icon, setText } from "./dom";
import { DraftView } from "./draft-view";
import { endingState, endingView, endingWords } from "./ending-view";
import { NextStepsView } from "./next-steps-view";
import { type PartView, partView, type RunPlace } from "./part-view";
import { PhasesView } from "./phases-view";
import { RunningChecksView } from "./running-checks-view";
import { SentView } from "./sent-view";
import { TimesView } from "./times-view";
import type { ViewContext } from "./view-context";

/** One run, from its title to its end. The body of an older run is built when it is opened. */
export class RunView {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #runId: string;
  readonly #fold: Disclosure;
  readonly #title = h("h2", { class: "run-title" });
  readonly #subject = h("p", { class: "run-subject" });
  readonly #badge = h("span", { class: "run-badge" });
  readonly #phases = new PhasesView();
  readonly #checks = new RunningChecksView();
  readonly #parts = h("div", { class: "parts" });
  readonly #draft: DraftView;
  readonly #next: NextStepsView;
  readonly #times: TimesView;
  readonly #sent: SentView;
  readonly #partViews: PartView[] = [];
  #run: RunState;
  #place: RunPlace = { newest: true, decidableProposalId: undefined };
  #titled = "";
  #shownEnd: RunState["end"];

  constructor(run: RunState, context: ViewContext) {
    this.#run = run;
    this.#runId = run.runId;
    this.#context = {
      ...context,
      showStep: (part, step) => this.#partViews[part]?.showStep?.(step),
    };
    this.#draft = new DraftView(run.runId, context);
    this.#next = new NextStepsView(run.runId, context);
    this.#times = new TimesView(run.runId, context);
    this.#sent = new SentView(run.runId, context);
    this.#fold = new Disclosure({
      key: `${run.runId}/run`,
      className: "run-fold",
      choices: context.choices,
      onToggle: () => this.#render(),
    });
    this.#fold.head.append(this.#title, this.#badge);
    this.#fold.head.after(this.#subject);
    this.#fold.body.append(
      this.#phases.element,
      this.#checks.element,
      this.#parts,
      this.#draft.element,
      this.#next.element,
      this.#times.element,
      this.#sent.element,
    );
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
    this.element.scrollIntoView({ block: "start" });
    this.#fold.button.focus({ preventScroll: true });
  }

  /** A second went by. */
  tick(now: number): void {
    if (this.#run.end !== undefined || !this.#fold.open) return;
    this.#phases.update(this.#run, now);
    for (const part of this.#partViews) part.tick?.(this.#run, now);
  }

  dispose(): void {
    for (const part of this.#partViews) part.dispose?.();
  }

  #renderHead(): void {
    const run = this.#run;
    const title = `${run.action} ${run.path} ${run.line}`;
    if (title !== this.#titled) {
      this.#titled = title;
      const link = button(`${fileName(run.path)}:${run.line + 1}`, "link", () =>
        this.#context.send({ kind: "revealTarget", runId: this.#runId }),
      );
      link.title = t("{0}, line {1}", run.path, run.line + 1);
      this.#title.replaceChildren(`${actionName(run.action)} `, ...(run.path === "" ? [] : [link]));
      this.#subject.replaceChildren(run.question ?? run.subject, ...this.#rephraseButton(run));
      this.#subject.classList.toggle("question", run.question !== undefined);
    }
    const proposal = run.parts.findLast((part) => part.kind === "proposal");
    const state = endingState(run.end, proposal?.state);
    setText(this.#badge, endingWords(state));
    this.#badge.dataset["state"] = state;
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

  #render(): void {
    if (!this.#fold.open) return;
    const run = this.#run;
    if (run.end === undefined) this.#phases.update(run, Date.now());
    else this.#phases.element.remove();
    this.#dropFrom(run.parts.length);
    for (const [index, part] of run.parts.entries()) this.#renderPart(part, index);
    if (run.end !== this.#shownEnd && run.end !== undefined) {
      this.#shownEnd = run.end;
      const ending = endingView(this.#runId, run.end, this.#context);
      if (ending !== undefined) this.#parts.append(ending);
    }
    this.#checks.update(run);
    this.#next.update(run, this.#place.newest);
    this.#draft.update(run.draft);
    this.#times.update(run);
    this.#sent.update(run);
  }

  #renderPart(part: RunPart, index: number): void {
    // Text that was taken for the answer may turn out to be reasoning: then the parts after it are others than before.
    if (this.#partViews[index]?.kind !== part.kind) this.#dropFrom(index);
    const view = this.#partViews[index] ?? this.#addPart(part, index);
    view.update?.(part, index, this.#run, this.#place);
  }

  #addPart(part: RunPart, index: number): PartView {
    const view = partView(part, this.#runId, index, this.#context);
    this.#partViews[index] = view;
    this.#parts.append(view.element);
    return view;
  }

  #dropFrom(index: number): void {
    for (const view of this.#partViews.splice(index)) {
      view.dispose?.();
      view.element.remove();
    }
  }
}
