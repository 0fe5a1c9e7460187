import { t } from "../../../base/l10n";
import type { RunState } from "../../../runs/run-state";
import { stepsOf, type ThoughtPart, type ThoughtStep } from "../../../runs/thought-steps";
import type { KeptPlace } from "../../bridge";
import { hasTime, later } from "../../slices";
import { Disclosure } from "../dom/disclosure";
import { button, h, icon, setAttributes, setText } from "../dom/dom";
import { Follower } from "../dom/follower";
import { Stretches } from "../dom/stretches";
import type { ViewContext } from "../view-context";
import { StepView } from "./step-view";
import { thoughtHead } from "./thought-head";

const stepsTogether = 10;

/** A thought that is shorter is read whole when it is over. Characters. */
const shortThought = 1_500;

/**
 * The reasoning: open while it comes, folded when all is done. It has a scroll of its own, which
 * stays where the person puts it.
 */
export class ThoughtView {
  readonly #fold: Disclosure;
  readonly #box = h("div", {
    class: "thought-box",
    tabindex: "0",
    role: "region",
    "aria-label": t("Reasoning"),
  });
  readonly #content = h("ol", { class: "thought-content", role: "list" });
  readonly #time = h("span", { class: "dim" });
  readonly #follow = button("", "follow", () => this.#follower.jump());
  readonly #again = button(t("Think again, deeper"), "link think-again", () =>
    this.#context.send({ kind: "thinkAgain", runId: this.#runId }),
  );
  readonly #follower: Follower;
  readonly #context: ViewContext;
  /**
   * By their place; of a long thought that comes all at once, the earlier ones are built when there
   * is time.
   */
  readonly #steps = new Map<number, StepView>();
  readonly #stretches = new Stretches(this.#content, stepsTogether);
  /** What shows the change that a step speaks of. */
  readonly #changes = new Map<number, () => void>();
  readonly #all = button("", "link all-steps", () => this.#chooseAll(this.#someFolded));
  readonly #key: string;
  #run: RunState | undefined;
  /** It was opened when it was over. */
  #showsGists = false;
  #part: ThoughtPart | undefined;
  #index = 0;
  #active = false;
  /** It grows now: the model may be about its answer. */
  #thinks = false;
  #runId = "";
  /** What the panel would do by itself. */
  #wanted = false;

  /** `key` names this thought across reloads. */
  constructor(key: string, context: ViewContext) {
    this.#context = context;
    this.#key = key;
    this.#fold = new Disclosure({
      key,
      className: "card thought",
      choices: context.choices,
      onToggle: (open) => this.#toggled(open),
    });
    this.#box.append(this.#content);
    this.#fold.body.append(this.#box);
    this.#all.hidden = true;
    this.#follow.append(icon("down"), h("span", {}, t("following")));
    this.#fold.button.append(this.#time);
    this.#again.title = t("Ask the same again, and think on from this thought");
    this.#fold.head.append(this.#all, this.#follow, this.#again);
    this.#follower = new Follower(this.#box, this.#content, () => this.#moved());
    const kept = context.places.get(key);
    if (kept !== undefined) this.#follower.hold(() => kept.top);
    this.#wanted = kept !== undefined;
    this.#showFollowing();
  }

  get element(): HTMLElement {
    return this.#fold.element;
  }

  /**
   * `index`: of the part in its run. `active`: this is the thought that is growing, or grew last,
   * in a run that goes on.
   */
  update(part: ThoughtPart, index: number, run: RunState, active: boolean): void {
    this.#part = part;
    this.#index = index;
    this.#active = active;
    this.#run = run;
    this.#runId = run.runId;
    const isLast = run.parts.findLast((other) => other.kind === "thought") === part;
    setAttributes(this.#again, { hidden: run.end === undefined || !isLast });
    this.element.classList.toggle("active", active);
    // Whoever scrolled up to read is not interrupted by the end of the run: it stays open under
    // their eyes.
    const reading =
      this.#wanted &&
      !active &&
      (!this.#follower.following || this.#box.contains(document.activeElement));
    if (!reading) this.#wanted = active;
    this.#fold.suggest(this.#wanted);
    this.#render();
    this.#showFollowing();
    this.tick(run, Date.now());
  }

  /** Shows how long it took, or takes so far. */
  tick(run: RunState, now: number): void {
    if (this.#part === undefined) return;
    const { label, time, thinks } = thoughtHead(this.#part, run, now);
    this.element.classList.toggle("thinks", thinks);
    if (thinks !== this.#thinks) {
      this.#thinks = thinks;
      this.#showFollowing();
    }
    if (thinks && this.#fold.open) this.#showTimes(stepsOf(this.#part, run, now));
    setText(this.#fold.label, label);
    setText(this.#time, time);
  }

  /** Opens the thought at a step, and gives that the focus. */
  showStep(step: number): void {
    if (!this.#fold.open) this.#fold.button.click();
    this.#follower.release();
    this.#render(step);
    this.#steps.get(step)?.show();
  }

  /** Lets a step lead to the change that it speaks of; of several, to the first. */
  leadFrom(step: number, showChange: () => void): void {
    if (this.#changes.has(step)) return;
    this.#changes.set(step, showChange);
    this.#steps.get(step)?.leadTo(showChange);
  }

  dispose(): void {
    this.#follower.dispose();
  }

  #toggled(open: boolean): void {
    if (open) {
      this.#showsGists = !this.#active;
      this.#render();
      if (this.#active && !this.#follower.isHeld) this.#follower.jump();
      else if (!this.#active && this.#follower.following) this.#follower.release();
    }
    this.#showFollowing();
    this.#showAllButton();
  }

  /**
   * Nothing is built for a thought that nobody looks at. @param needed the step that is built in
   * any case, with the last.
   */
  #render(needed?: number): void {
    if (!this.#fold.open || this.#part === undefined || this.#run === undefined) return;
    const { text, hints = [] } = this.#part;
    const steps = stepsOf(this.#part, this.#run, Date.now());
    const foldsSteps = this.#showsGists && steps.length > 1 && text.length >= shortThought;
    let below: HTMLElement | undefined;
    for (let index = steps.length - 1; index >= 0; index--) {
      const { from, to, ms } = steps[index] ?? { from: 0, to: 0 };
      const isLast = index === steps.length - 1;
      let view = this.#steps.get(index);
      if (view === undefined) {
        if (!isLast && index !== needed && !hasTime()) {
          later(this.#buildEarlier);
          continue;
        }
        view = this.#newStep(index);
        this.#steps.set(index, view);
        this.#stretches.place(view.element, index, below);
      }
      // What was open while it came stays open under the reader's eyes; what is opened later shows
      // its gists first.
      view.suggest(!foldsSteps);
      view.update({
        number: index + 1,
        text: text.slice(from, to),
        from,
        hints: hints.filter(({ at }) => at >= from && (isLast || at < to)),
        grows: isLast && this.#active,
        isOver: this.#run.end !== undefined,
      });
      view.tick(ms);
      below = view.element;
    }
    this.#content.classList.toggle("single", steps.length === 1);
    this.#showAllButton();
  }

  readonly #buildEarlier = (): void => this.#render();

  #newStep(index: number): StepView {
    const { choices } = this.#context;
    const own = this.#stepKey(index);
    const view = new StepView(
      this.#context.markdownFor(this.#runId, own),
      {
        get: () => choices.get(own) ?? choices.get(this.#stepKey("all")),
        set: (open) => choices.set(own, open),
      },
      () => this.#showAllButton(),
      () =>
        this.#context.send({
          ...{ kind: "explainStep", runId: this.#runId, part: this.#index, step: index },
        }),
    );
    const showChange = this.#changes.get(index);
    if (showChange !== undefined) view.leadTo(showChange);
    return view;
  }

  #stepKey(index: number | "all"): string {
    return `${this.#key}/step-${index}`;
  }

  /** One choice for all of them: those of hundreds would push out all others that are kept. */
  #chooseAll(open: boolean): void {
    const { choices } = this.#context;
    choices.set(this.#stepKey("all"), open);
    for (const [index, step] of this.#steps) {
      if (choices.get(this.#stepKey(index)) === undefined) step.suggest(open);
      else step.choose(open);
    }
    this.#showAllButton();
  }

  #showTimes(steps: readonly ThoughtStep[]): void {
    for (const [index, { ms }] of steps.entries()) this.#steps.get(index)?.tick(ms);
  }

  get #someFolded(): boolean {
    return [...this.#steps.values()].some((step) => !step.open);
  }

  #showAllButton(): void {
    setAttributes(this.#all, {
      hidden: this.#active || !this.#fold.open || this.#steps.size < 2,
    });
    setText(this.#all, this.#someFolded ? t("Open all steps") : t("Fold all steps"));
  }

  #moved(): void {
    const { following } = this.#follower;
    const place = (): KeptPlace | undefined => {
      const { top } = this.#follower;
      return top === undefined ? undefined : { top };
    };
    this.#context.places.set(this.#key, following ? undefined : place);
    this.#showFollowing();
  }

  #showFollowing(): void {
    const { following } = this.#follower;
    setAttributes(this.#follow, {
      hidden: !this.#thinks || !this.#fold.open,
      disabled: following,
      title: following
        ? t("Follows the reasoning until you scroll up")
        : t("Go to the newest line and follow again"),
    });
    this.#follow.classList.toggle("off", !following);
    setText(
      this.#follow.lastElementChild ?? this.#follow,
      following ? t("following") : t("jump to latest"),
    );
  }
}
