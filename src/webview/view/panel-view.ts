import { t } from "../../base/l10n";
import type { ListedPiece } from "../../protocol/context";
import type { FoundRuns } from "../../protocol/history";
import type { Completion } from "../../protocol/panel/to-panel";
import { hasTime, later } from "../slices";
import { decidableProposal, emptyPanel, type PanelState, runningRun } from "../state";
import { AskView } from "./ask-view";
import { button, h, icon } from "./dom";
import { Follower } from "./follower";
import { HeadView } from "./head-view";
import { HistoryView } from "./history-view";
import { keepFocus } from "./keep-focus";
import { NowView } from "./now-view";
import { RunView } from "./run-view";
import { SetupView } from "./setup-view";
import { Stretches } from "./stretches";
import type { ViewContext } from "./view-context";
import { welcomeView } from "./welcome-view";

const runsTogether = 25;

/** The whole panel: head, set-up help, the runs, what goes on now, and the box for questions. */
export class PanelView {
  readonly liveRegion = h("div", {
    class: "visually-hidden",
    role: "status",
    "aria-live": "polite",
  });
  readonly #context: ViewContext;
  readonly #head: HeadView;
  readonly #setup: SetupView;
  readonly #history: HistoryView;
  readonly #ask: AskView;
  readonly #now: NowView;
  readonly #welcome = welcomeView();
  readonly #list = h("div", { class: "runs" });
  readonly #page = h("main", { class: "page", "aria-label": t("Runs") }, this.#list);
  readonly #jump = button("", "jump", () => this.#follower.jump());
  readonly #follower: Follower;
  readonly #runs = new Map<string, RunView>();
  readonly #stretches = new Stretches(this.#list, runsTogether);
  #state = emptyPanel;

  constructor(root: HTMLElement, context: ViewContext) {
    this.#context = { ...context, rephrase: (run) => this.#ask.rephrase(run) };
    this.#history = new HistoryView(context, (hadFocus) => {
      this.#page.hidden = false;
      this.#head.showHistory(false, hadFocus);
    });
    this.#head = new HeadView(context, () => this.#toggleHistory());
    this.#setup = new SetupView(context);
    this.#ask = new AskView(context);
    this.#now = new NowView(context);
    this.#jump.append(icon("down"), t("Jump to latest"));
    this.#jump.hidden = true;
    this.#list.append(this.#welcome);
    const foot = h("footer", { class: "foot" }, this.#jump, this.#now.element, this.#ask.element);
    root.append(
      this.#head.element,
      this.#setup.element,
      this.#history.element,
      this.#page,
      foot,
      this.liveRegion,
    );
    keepFocus(root, this.#ask.box);
    this.#follower = new Follower(this.#page, this.#list, (following) => {
      this.#jump.hidden = following;
    });
  }

  /** `heardAt`: when the host last told of the running run, in milliseconds since the epoch. */
  update(state: PanelState, heardAt: number): void {
    this.#head.update(state.setup);
    this.#setup.update(state.setup);
    this.#welcome.hidden =
      state.runs.length > 0 || (state.setup.kind !== "ready" && state.setup.kind !== "unknown");
    this.#state = state;
    this.#updateRuns();
    this.#ask.update(state.runs.at(-1), runningRun(state), state.inFront);
    this.#now.update(runningRun(state), Date.now(), heardAt);
  }

  tick(state: PanelState, heardAt: number): void {
    const now = Date.now();
    for (const run of this.#runs.values()) run.tick(now);
    this.#now.update(runningRun(state), now, heardAt);
  }

  /** Brings back what the person had not sent, without taking the focus from whatever has it. */
  restore(): void {
    this.#ask.restore();
    if (this.#history.restore()) this.#showHistory();
  }

  focusAsk(): void {
    this.#ask.focus();
  }

  /** What would go along with a question. */
  showContext(pieces: readonly ListedPiece[]): void {
    this.#ask.showContext(pieces);
  }

  showCompletions(query: string, found: readonly Completion[]): void {
    this.#ask.showCompletions(query, found);
  }

  /** Puts words into the question box, where the cursor is. */
  insert(text: string): void {
    this.#ask.insert(text);
  }

  /** What a search over the history found. */
  showFound(found: FoundRuns): void {
    this.#history.show(found);
  }

  /** Brings a run into view, unfolded. */
  showRun(runId: string): void {
    this.#history.close();
    this.#follower.release();
    this.#updateRuns(runId);
    this.#runs.get(runId)?.show();
  }

  /** Forgets every run's view: a replay builds them anew. */
  reset(): void {
    for (const view of this.#runs.values()) view.dispose();
    this.#stretches.clear();
    this.#runs.clear();
  }

  #toggleHistory(): void {
    if (this.#history.isOpen) this.#history.close();
    else {
      this.#showHistory();
      this.#history.open();
    }
  }

  #showHistory(): void {
    this.#page.hidden = true;
    this.#head.showHistory(true);
  }

  /** From the newest on: of many runs, the older ones are built when there is time. @param needed is built in any case. */
  #updateRuns(needed?: string): void {
    const { runs } = this.#state;
    const decidableProposalId = decidableProposal(this.#state)?.proposal.id;
    const newest = runs.at(-1);
    let below: HTMLElement | undefined;
    for (let index = runs.length - 1; index >= 0; index--) {
      const run = runs[index];
      if (run === undefined) continue;
      let view = this.#runs.get(run.runId);
      if (view === undefined) {
        if (run !== newest && run.runId !== needed && !hasTime()) {
          later(this.#buildOlder);
          continue;
        }
        view = new RunView(run, this.#context);
        this.#runs.set(run.runId, view);
        this.#stretches.place(view.element, index, below);
        // Who starts a run wants to see it, wherever the page stood.
        if (run === newest) this.#follower.jump();
      }
      view.update(run, { newest: run === newest, decidableProposalId });
      below = view.element;
    }
  }

  readonly #buildOlder = (): void => this.#updateRuns();
}
