import { t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import type { ListedPiece } from "../../../protocol/context";
import type { FromPanel } from "../../../protocol/panel/from-panel";
import type { Completion } from "../../../protocol/panel/to-panel";
import type { RunState } from "../../../runs/run-state";
import { button, h, icon, setAttributes, setText } from "../dom/dom";
import type { ViewContext } from "../view-context";
import { type BoxUse, useIn, wordsFor } from "./box-use";
import { ContextListView } from "./context-list-view";
import { takeDroppedFiles } from "./dropped-files";
import { MentionCompletion } from "./mention-completion";
import { SteerView } from "./steer-view";

/**
 * The box for a question. Enter sends, Shift+Enter starts a new line. While the model thinks, what
 * is typed is a hint for it; once the answer has begun, the person says what becomes of it.
 */
export class AskView {
  readonly element: HTMLElement;
  readonly box = h("textarea", {
    class: "ask-box",
    rows: "1",
    maxlength: "100000",
    spellcheck: "false",
  });
  readonly #sendButton: HTMLButtonElement;
  readonly #list: ContextListView;
  readonly #mentions: MentionCompletion;
  readonly #steer: SteerView;
  readonly #context: ViewContext;
  readonly #thread = h("div", { class: "ask-thread" });
  readonly #threadWords = h("span", { class: "ask-thread-words" });
  #runs: readonly RunState[] = [];
  #inFront: string | undefined;
  /** The run that the person wants to leave alone: the next question is a new one. */
  #left: string | undefined;
  #use: BoxUse = "ask";
  /** A hint was sent when the answer had begun, and the person is asked what becomes of it. */
  #isAsked = false;
  /** The host knows that a question is being typed. */
  #isBegun = false;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#steer = new SteerView(context);
    this.#sendButton = button("", "ask-send", () => this.#submit());
    this.#sendButton.append(icon("send"));
    this.#list = new ContextListView(
      context,
      () => this.box.value,
      () => this.#after,
    );
    this.#mentions = new MentionCompletion(this.box, context.send, () => {
      this.#fit();
      this.#list.look();
    });
    this.element = h(
      "div",
      { class: "ask" },
      this.#mentions.element,
      this.#steer.element,
      this.#thread,
      this.#list.element,
      h("div", { class: "ask-frame" }, this.box, this.#sendButton),
    );
    this.box.addEventListener("focus", () => this.#list.focus(true));
    this.box.addEventListener("blur", () => this.#list.focus(false));
    takeDroppedFiles(this.element, context.send);
    const leave = button("", "icon-button", () => this.#leaveThread());
    leave.append(icon("cross"));
    leave.title = t("Ask a new question");
    leave.setAttribute("aria-label", leave.title);
    this.#thread.append(this.#threadWords, leave);
    this.box.addEventListener("input", () => {
      this.#fit();
      this.#list.look();
      this.#mentions.update(this.#use !== "ask");
      if (this.box.value.trim() === "") this.#ask(false);
      else if (this.#use === "ask") this.#begin();
    });
    this.box.addEventListener("keydown", (event) => {
      if (this.#mentions.key(event)) return;
      // While a Japanese or Chinese word is being composed, Enter only confirms the word.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#sendButton.disabled = true;
    this.update([], undefined);
  }

  focus(): void {
    this.box.focus();
  }

  /** Brings back what stood in the box when the page was left. */
  restore(): void {
    const draft = this.#context.unsent.get("draft");
    if (draft === undefined) return;
    this.box.value = draft;
    this.#fit();
  }

  /**
   * @param runs of which what is typed is about the newest, whether that goes on or is over.
   * @param inFront uri of the file that a new question would be about: one about another file
   * follows up on nothing.
   */
  update(runs: readonly RunState[], inFront: string | undefined): void {
    this.#inFront = inFront;
    this.#runs = runs;
    this.#use = this.#rephrased === undefined ? useIn(this.#run) : "ask";
    if (this.#use !== "correct") this.#isAsked = false;
    const { name, placeholder, send } = wordsFor(this.#use, this.#followed !== undefined);
    if (this.box.placeholder !== placeholder) {
      this.box.placeholder = placeholder;
      this.box.setAttribute("aria-label", name);
      this.#sendButton.setAttribute("aria-label", send);
      this.#sendButton.title = t("{0} (Enter)", send);
    }
    this.#list.hidden = this.#use !== "ask";
    this.#showThread();
    this.#showSteering();
  }

  showContext(pieces: readonly ListedPiece[]): void {
    this.#list.show(pieces);
  }

  showCompletions(query: string, found: readonly Completion[]): void {
    this.#mentions.take(query, found);
  }

  /** Puts words where the cursor is. */
  insert(text: string): void {
    const { selectionStart, selectionEnd } = this.box;
    this.box.setRangeText(text, selectionStart, selectionEnd, "end");
    this.#fit();
    this.#list.look();
    this.focus();
  }

  /** Puts a run's question into the box, to be asked in other words. */
  rephrase(run: RunState): void {
    const { unsent } = this.#context;
    // What the person was writing comes back once this is asked, or left.
    if (this.#rephrased === undefined) unsent.set("aside", this.box.value || undefined);
    unsent.set("rephrased", run.runId);
    this.box.value = run.question ?? "";
    this.#fit();
    this.update(this.#runs, this.#inFront);
    this.focus();
  }

  /** The run whose question the box holds, to be asked in other words. */
  get #rephrased(): RunState | undefined {
    const runId = this.#context.unsent.get("rephrased");
    return runId === undefined ? undefined : this.#runs.find((run) => run.runId === runId);
  }

  get #newest(): RunState | undefined {
    return this.#runs.at(-1);
  }

  /** The newest run, while it goes on. */
  get #run(): RunState | undefined {
    return this.#newest?.end === undefined ? this.#newest : undefined;
  }

  /** The run that a question follows up on now. */
  get #followed(): RunState | undefined {
    const { end, runId, started } = this.#newest ?? {};
    if (end === undefined || runId === this.#left) return undefined;
    const isElsewhere = this.#inFront !== undefined && this.#inFront !== started?.uri;
    return isElsewhere ? undefined : this.#newest;
  }

  #showThread(): void {
    const rephrased = this.#rephrased;
    const followed = this.#use === "ask" && this.#run === undefined ? this.#followed : undefined;
    const about = rephrased ?? followed;
    setAttributes(this.#thread, { hidden: about === undefined });
    if (about === undefined) return;
    const name = fileNameOf(about.path);
    setText(
      this.#threadWords,
      rephrased === undefined
        ? t("Follows up on {0}", name)
        : t("The question about {0}, in other words", name),
    );
  }

  #leaveThread(): void {
    this.#isBegun = false;
    if (this.#rephrased === undefined) this.#left = this.#newest?.runId;
    else this.#empty();
    this.update(this.#runs, this.#inFront);
    this.focus();
  }

  /** The run that a question belongs to. */
  get #after(): { readonly runId: string; readonly rephrases: boolean } {
    const rephrased = this.#rephrased;
    return {
      runId: (rephrased ?? this.#followed)?.runId ?? "",
      rephrases: rephrased !== undefined,
    };
  }

  /** The question, with the run that it belongs to. */
  #question(text: string): FromPanel {
    const rephrased = this.#rephrased;
    if (rephrased !== undefined) return { kind: "rephrase", runId: rephrased.runId, text };
    const followed = this.#followed;
    return followed === undefined
      ? { kind: "ask", text }
      : { kind: "followUp", runId: followed.runId, text };
  }

  #submit(): void {
    const text = this.box.value.trim();
    if (text === "") return;
    const runId = this.#run?.runId;
    if (runId !== undefined && this.#use === "correct") {
      this.#ask(true);
      return;
    }
    if (runId === undefined || this.#use === "ask") this.#context.send(this.#question(text));
    else this.#context.send({ kind: "hint", runId, text, anew: false });
    this.#empty();
  }

  /** Tells the host once that a question comes. */
  #begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#context.send({ kind: "beginQuestion", ...this.#after });
  }

  #ask(isAsked: boolean): void {
    if (isAsked === this.#isAsked) return;
    this.#isAsked = isAsked;
    this.#showSteering();
  }

  #showSteering(): void {
    const typed = {
      beginAnew: () => {
        const text = this.box.value.trim();
        const runId = this.#run?.runId;
        if (runId !== undefined && text !== "")
          this.#context.send({ kind: "hint", runId, text, anew: true });
        this.#empty();
        this.#ask(false);
        this.focus();
      },
      // The words stay in the box: they may be what follows.
      leave: () => {
        this.#ask(false);
        this.focus();
      },
    };
    this.#steer.update(this.#run, this.#isAsked ? typed : undefined);
  }

  /** What stood there before an earlier question did comes back. */
  #empty(): void {
    const { unsent } = this.#context;
    this.box.value = unsent.get("aside") ?? "";
    unsent.set("aside", undefined);
    unsent.set("rephrased", undefined);
    this.#fit();
  }

  /** After every change of what stands in the box. */
  #fit(): void {
    this.#context.unsent.set("draft", this.box.value === "" ? undefined : this.box.value);
    const isEmpty = this.box.value.trim() === "";
    this.#sendButton.disabled = isEmpty;
    if (isEmpty) this.#isBegun = false;
    this.box.style.setProperty("height", "auto");
    this.box.style.setProperty("height", `${this.box.scrollHeight}px`);
  }
}
