import type { RunPart, RunState } from "../../../runs/run-state";
import { h } from "../dom/dom";
import { DraftView } from "../proposal/draft-view";
import type { ViewContext } from "../view-context";
import { endingView } from "./ending-view";
import { NextStepsView } from "./next-steps-view";
import { type PartView, partView, type RunPlace } from "./part-view";
import { PhasesView } from "./phases-view";
import { RunningChecksView } from "./running-checks-view";
import { SentView } from "./sent-view";
import { TimesView } from "./times-view";

/**
 * What stands below a run's title: its stages while it goes on, its parts, and what may come next.
 */
export class RunBody {
  readonly elements: readonly HTMLElement[];
  readonly #context: ViewContext;
  readonly #runId: string;
  readonly #phases = new PhasesView();
  readonly #checks = new RunningChecksView();
  readonly #parts = h("div", { class: "parts" });
  readonly #draft: DraftView;
  readonly #next: NextStepsView;
  readonly #times: TimesView;
  readonly #sent: SentView;
  readonly #partViews: PartView[] = [];
  #shownEnd: RunState["end"];

  constructor(runId: string, context: ViewContext) {
    this.#runId = runId;
    this.#context = {
      ...context,
      showStep: (part, step) => this.#partViews[part]?.showStep?.(step),
      leadFrom: (part, step, showChange) => this.#partViews[part]?.leadFrom?.(step, showChange),
    };
    this.#draft = new DraftView(runId, context);
    this.#next = new NextStepsView(runId, context);
    this.#times = new TimesView(runId, context);
    this.#sent = new SentView(runId, context);
    this.elements = [
      this.#phases.element,
      this.#checks.element,
      this.#parts,
      this.#draft.element,
      this.#next.element,
      this.#times.element,
      this.#sent.element,
    ];
  }

  update(run: RunState, place: RunPlace): void {
    if (run.end === undefined) this.#phases.update(run, Date.now());
    else this.#phases.element.remove();
    this.#dropFrom(run.parts.length);
    for (const [index, part] of run.parts.entries()) this.#updatePart(run, place, part, index);
    if (run.end !== this.#shownEnd && run.end !== undefined) {
      this.#shownEnd = run.end;
      const ending = endingView(this.#runId, run.end, this.#context);
      if (ending !== undefined) this.#parts.append(ending);
    }
    this.#checks.update(run);
    this.#next.update(run, place.newest && place.talkHasEdit);
    this.#draft.update(run.draft);
    this.#times.update(run);
    this.#sent.update(run);
  }

  /** A second went by. */
  tick(run: RunState, now: number): void {
    this.#phases.update(run, now);
    for (const part of this.#partViews) part.tick?.(run, now);
  }

  dispose(): void {
    for (const part of this.#partViews) part.dispose?.();
  }

  #updatePart(run: RunState, place: RunPlace, part: RunPart, index: number): void {
    // Text that was taken for the answer may turn out to be reasoning: then the parts after it are
    // others than before.
    if (this.#partViews[index]?.kind !== part.kind) this.#dropFrom(index);
    const view = this.#partViews[index] ?? this.#addPart(part, index);
    view.update?.(part, index, run, place);
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
