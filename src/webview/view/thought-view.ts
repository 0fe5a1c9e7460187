import { t } from "../../base/l10n";
import { type RunPart, type RunState, timeIn } from "../../runs/run-state";
import { clock, duration } from "../format";
import { MarkdownView } from "../markdown/markdown-view";
import { Disclosure } from "./disclosure";
import { button, h, icon, setText } from "./dom";
import { Follower } from "./follower";
import type { ViewContext } from "./view-context";

type Thought = Extract<RunPart, { kind: "thought" }>;

function hintView(text: string): HTMLElement {
  return h("p", { class: "hint" }, h("b", {}, t("Your hint")), " ", text);
}

/** Before this there is too little to tell a pace by. */
const leastSpentMs = 3_000;
const charactersPerToken = 4;

/** How long the thought may go on at its pace before its budget is used up; empty where nothing limits it. */
function leftWords(text: string, spentMs: number, run: RunState): string {
  const tokens = text.length / charactersPerToken;
  const limit = run.thinkingLimit;
  if (limit === undefined || spentMs < leastSpentMs || tokens < 1) return "";
  const byTokens = ((limit.tokens - tokens) * spentMs) / tokens;
  const byClock = (limit.ms ?? Number.POSITIVE_INFINITY) - spentMs;
  const leftMs = Math.max(0, Math.min(byTokens, byClock));
  return ` · ${t("at most {0} more", duration(Math.ceil(leftMs / 10_000) * 10_000))}`;
}

/** The reasoning: open while it comes, folded when all is done. It has a scroll of its own, which stays where the person puts it. */
export class ThoughtView {
  readonly #fold: Disclosure;
  readonly #box = h("div", {
    class: "thought-box",
    tabindex: "0",
    role: "region",
    "aria-label": t("Reasoning"),
  });
  readonly #content = h("div", { class: "thought-content" });
  readonly #time = h("span", { class: "dim" });
  readonly #follow = button("", "follow", () => this.#follower.jump());
  readonly #again = button(t("Think again, deeper"), "link think-again", () =>
    this.#context.send({ kind: "thinkAgain", runId: this.#runId }),
  );
  readonly #follower: Follower;
  readonly #context: ViewContext;
  /** The thought up to the first hint, between two of them, and behind the last. */
  readonly #stretches: MarkdownView[] = [];
  #part: Thought | undefined;
  #active = false;
  #runId = "";
  /** What the panel would do by itself. */
  #wanted = false;

  /** `key` names this thought across reloads. */
  constructor(key: string, context: ViewContext) {
    this.#context = context;
    this.#fold = new Disclosure({
      key,
      className: "card thought",
      choices: context.choices,
      onToggle: (open) => this.#toggled(open),
    });
    this.#box.append(this.#content);
    this.#fold.body.append(this.#box);
    this.#follow.append(icon("down"), h("span", {}, t("following")));
    this.#fold.button.append(this.#time);
    this.#again.title = t("Ask the same again, and think on from this thought");
    this.#fold.head.append(this.#follow, this.#again);
    this.#follower = new Follower(this.#box, this.#content, () => this.#showFollowing());
    this.#showFollowing();
  }

  get element(): HTMLElement {
    return this.#fold.element;
  }

  /** `active`: this is the thought that is growing, or grew last, in a run that goes on. */
  update(part: Thought, run: RunState, active: boolean): void {
    this.#part = part;
    this.#active = active;
    this.#runId = run.runId;
    const isLast = run.parts.findLast((other) => other.kind === "thought") === part;
    this.#again.hidden = run.end === undefined || !isLast;
    this.element.classList.toggle("active", active);
    // Whoever scrolled up to read is not interrupted by the end of the run: it stays open under their eyes.
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
    const thinking =
      run.end === undefined &&
      run.spans.at(-1)?.phase === "thinking" &&
      run.attempt === this.#part.attempt;
    const spent = timeIn(run, "thinking", run.end?.at ?? now, this.#part.attempt);
    setText(this.#fold.label, thinking ? t("Thinking") : t("Thought"));
    const left = thinking && spent !== undefined ? leftWords(this.#part.text, spent, run) : "";
    setText(
      this.#time,
      spent === undefined
        ? ""
        : thinking
          ? `${clock(spent)}${left}`
          : t("for {0}", duration(spent)),
    );
  }

  dispose(): void {
    this.#follower.dispose();
  }

  #toggled(open: boolean): void {
    if (open) {
      this.#render();
      if (this.#active) this.#follower.jump();
      else this.#follower.release();
    }
    this.#showFollowing();
  }

  /** Nothing is built for a thought that nobody looks at. */
  #render(): void {
    if (!this.#fold.open || this.#part === undefined) return;
    const { text, hints = [] } = this.#part;
    let from = 0;
    for (const [index, { at, hint }] of hints.entries()) {
      const stretch = this.#stretch(index);
      stretch.update(text.slice(from, at));
      stretch.end();
      from = at;
      // The hint stands in front of the stretch that comes after it.
      if (this.#stretches.length === index + 1) this.#content.append(hintView(hint.text));
    }
    const last = this.#stretch(hints.length);
    last.update(text.slice(from));
    if (!this.#active) last.end();
    else this.#follower.pin();
  }

  #stretch(index: number): MarkdownView {
    const known = this.#stretches[index];
    if (known !== undefined) return known;
    const { send } = this.#context;
    const stretch = new MarkdownView({
      openLink: (href) => send({ kind: "openLink", href }),
      copy: (text) => send({ kind: "copy", text }),
    });
    this.#stretches.push(stretch);
    this.#content.append(stretch.element);
    return stretch;
  }

  #showFollowing(): void {
    const { following } = this.#follower;
    this.#follow.hidden = !this.#active || !this.#fold.open;
    this.#follow.disabled = following;
    this.#follow.classList.toggle("off", !following);
    this.#follow.title = following
      ? t("Follows the reasoning until you scroll up")
      : t("Go to the newest line and follow again");
    setText(
      this.#follow.lastElementChild ?? this.#follow,
      following ? t("following") : t("jump to latest"),
    );
  }
}
