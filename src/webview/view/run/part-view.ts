import { t } from "../../../base/l10n";
import { inWords } from "../../../base/told-words";
import { lastWritten } from "../../../runs/fold/thought";
import { holdsFrom } from "../../../runs/last-answer";
import type { RunPart, RunState } from "../../../runs/run-state";
import { MarkdownView } from "../../markdown/markdown-view";
import { keptDetails } from "../dom/disclosure";
import { h, icon, withCode } from "../dom/dom";
import { changeSteps } from "../proposal/change-steps";
import { ProposalView } from "../proposal/proposal-view";
import { triedView } from "../proposal/tried-view";
import { UnplacedView } from "../proposal/unplaced-view";
import { ThoughtEndedView } from "../thought/thought-ended-view";
import { ThoughtView } from "../thought/thought-view";
import type { ViewContext } from "../view-context";

/** What a run's view has to know of the others. */
export interface RunPlace {
  readonly newest: boolean;
  /** An edit was come to here, or before in the same talk; told of the newest run alone. */
  readonly talkHasEdit: boolean;
  readonly decidableProposalId: string | undefined;
}

/** One part of a run on the page. `update` is only given parts of the same kind. */
export interface PartView {
  readonly kind: RunPart["kind"];
  readonly element: HTMLElement;
  update?(part: RunPart, index: number, run: RunState, place: RunPlace): void;
  tick?(run: RunState, now: number): void;
  /** Opens a step of a thought. */
  showStep?(step: number): void;
  /** Lets a step of a thought lead to the change that it speaks of. */
  leadFrom?(step: number, showChange: () => void): void;
  dispose?(): void;
}

function thoughtPart(key: string, context: ViewContext): PartView {
  const view = new ThoughtView(key, context);
  return {
    kind: "thought",
    element: view.element,
    update: (part, index, run) => {
      if (part.kind !== "thought") return;
      const last = run.parts.findLastIndex((other) => other.kind === "thought") === index;
      view.update(part, index, run, last && run.end === undefined && part.attempt === run.attempt);
    },
    tick: (run, now) => view.tick(run, now),
    showStep: (step) => view.showStep(step),
    leadFrom: (step, showChange) => view.leadFrom(step, showChange),
    dispose: () => view.dispose(),
  };
}

function answerPart(runId: string, key: string, context: ViewContext): PartView {
  const view = new MarkdownView(context.markdownFor(runId, key));
  const element = h("section", { class: "answer", "aria-label": t("Answer") }, view.element);
  let isFolded = false;
  return {
    kind: "answer",
    element,
    update: (part, index, run) => {
      if (part.kind !== "answer") return;
      view.update(part.text);
      if (run.end !== undefined || index < lastWritten(run.parts)) view.end();
      if (isFolded || index >= holdsFrom(run.parts)) return;
      isFolded = true;
      // Its words speak of another change than the one that is proposed below.
      const summary = h("summary", {}, icon("chevron"), t("An earlier answer"));
      element.replaceChildren(
        keptDetails(`${key}/answer`, context.choices, "earlier", summary, view.element),
      );
    },
  };
}

function proposalPart(
  part: Extract<RunPart, { kind: "proposal" }>,
  context: ViewContext,
): PartView {
  const view = new ProposalView(part, context);
  // Thought and change are whole when the run ends: what is found then stays.
  let isStepSought = false;
  return {
    kind: "proposal",
    element: view.element,
    update: (next, index, run, place) => {
      if (next.kind !== "proposal") return;
      view.update(next, next.proposal.id === place.decidableProposalId);
      if (run.end === undefined || isStepSought) return;
      isStepSought = true;
      const spoken = changeSteps(next.proposal, run, index);
      if (spoken !== undefined) view.tellSteps(spoken);
    },
  };
}

function unplacedPart(
  part: Extract<RunPart, { kind: "unplaced" }>,
  context: ViewContext,
): PartView {
  const view = new UnplacedView(part.edit, context);
  return {
    kind: "unplaced",
    element: view.element,
    update: (next) => {
      if (next.kind === "unplaced") view.update(next.placed);
    },
  };
}

function thoughtEndedPart(
  part: Extract<RunPart, { kind: "thoughtEnded" }>,
  context: ViewContext,
): PartView {
  const view = new ThoughtEndedView(part.by, context);
  return {
    kind: "thoughtEnded",
    element: view.element,
    update: (_part, index, run) => view.update(run, index),
  };
}

function noticePart(): PartView {
  const words = h("span");
  let told = "";
  return {
    kind: "notice",
    element: h("p", { class: "run-notice" }, icon("info"), words),
    update: (part) => {
      if (part.kind !== "notice" || part.text === told) return;
      told = part.text;
      words.replaceChildren(...withCode(inWords(told)));
    },
  };
}

/** Builds the view of a part; `runId` and `index` name it across reloads. */
export function partView(
  part: RunPart,
  runId: string,
  index: number,
  context: ViewContext,
): PartView {
  const key = `${runId}/${index}`;
  switch (part.kind) {
    case "thought":
      return thoughtPart(key, context);
    case "answer":
      return answerPart(runId, key, context);
    case "proposal":
      return proposalPart(part, context);
    case "unplaced":
      return unplacedPart(part, context);
    case "attempt": {
      const words = h(
        "span",
        {},
        ...(part.aside ? [] : [h("b", {}, t("Asked once more:")), " "]),
        ...withCode(inWords(part.reason)),
      );
      return { kind: "attempt", element: h("p", { class: "attempt" }, icon("again"), words) };
    }
    case "tried":
      return { kind: "tried", element: triedView(part.proposal, context) };
    case "thoughtEnded":
      return thoughtEndedPart(part, context);
    case "notice":
      return noticePart();
    default:
      return part satisfies never;
  }
}
