import { t } from "../../base/l10n";
import type { ListedPiece } from "../../protocol/context";
import type { FoundRuns } from "../../protocol/history";
import type { Completion } from "../../protocol/panel/to-panel";
import type { KeptPlace } from "../bridge";
import { hasTime, later } from "../slices";
import { decidableProposal, emptyPanel, type PanelState, runningRun, talkHasEdit } from "../state";
import { AskView } from "./ask/ask-view";
import { button, h, icon, setAttributes } from "./dom/dom";
import { Follower } from "./dom/follower";
import { keepFocus } from "./dom/keep-focus";
import { Stretches } from "./dom/stretches";
import { HeadView } from "./head-view";
import { HistoryView } from "./history-view";
import { NowView } from "./now-view";
import { RunView } from "./run/run-view";
import { SetupView } from "./setup-view";
import type { ViewContext } from "./view-context";
import { welcomeView } from "./welcome-view";

const runsTogether = 25;
const pageKey = "page";

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
  /** The newest run when the history was opened over it. */
  #behindHistory: string | undefined;
  /** Where the page was told to stand. */
  #place: KeptPlace | undefined;
  /** Where the person was in runs that they left for others. */
  readonly #left = new Map<string, KeptPlace>();

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
    this.#follower = new Follower(this.#page, this.#list, () => this.#moved());
    this.#stand(context.places.get(pageKey));
  }

  /** `heardAt`: when the host last told of the running run, in milliseconds since the epoch. */
  update(state: PanelState, heardAt: number): void {
    this.#head.update(state.setup);
    this.#setup.update(state.setup);
    const isWelcome = state.setup.kind === "ready" || state.setup.kind === "unknown";
    const isEmpty = state.runs.length === 0 && !state.unread;
    setAttributes(this.#welcome, { hidden: !isEmpty || !isWelcome });
    const newest = state.runs.at(-1);
    // What is read first went on before.
    if (this.#state.unread) this.#behindHistory = newest?.runId;
    this.#state = state;
    const hasBegun = newest?.end === undefined && newest?.runId !== this.#behindHistory;
    if (this.#history.isOpen && hasBegun) this.#history.close();
    this.#updateRuns();
    this.#ask.update(state.runs, state.inFront);
    this.#updateNow(state, Date.now(), heardAt);
  }

  tick(state: PanelState, heardAt: number): void {
    const now = Date.now();
    for (const run of this.#runs.values()) run.tick(now);
    this.#updateNow(state, now, heardAt);
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

  /**
   * Brings a run into view, unfolded: where the person was in it when they went to another, else
   * its head.
   */
  showRun(runId: string): void {
    this.#history.close();
    const left = this.#placeNow();
    if (left?.run !== undefined) this.#left.set(left.run, left);
    this.#follower.release();
    this.#updateRuns(runId);
    this.#runs.get(runId)?.show();
    const place = this.#left.get(runId);
    if (place !== undefined) this.#stand(place);
  }

  /** Forgets every run's view: a replay builds them anew. */
  reset(): void {
    const place = this.#follower.following ? undefined : (this.#placeNow() ?? this.#place);
    for (const view of this.#runs.values()) view.dispose();
    this.#stretches.clear();
    this.#runs.clear();
    this.#stand(place);
  }

  #updateNow(state: PanelState, now: number, heardAt: number): void {
    const run = runningRun(state);
    const isAside = run !== state.runs.at(-1);
    this.#now.update(run, { now, heardAt, isAside, isAsking: state.isAsking === true });
  }

  #moved(): void {
    const { following } = this.#follower;
    this.#jump.hidden = following;
    this.#context.places.set(pageKey, following ? undefined : () => this.#placeNow());
  }

  /** The run that goes on over the page's upper edge, and how much of it is above. */
  #placeNow(): KeptPlace | undefined {
    if (this.#follower.top === undefined) return undefined;
    const edge = this.#page.getBoundingClientRect().top;
    const newest = this.#state.runs.at(-1)?.runId ?? "";
    let found: KeptPlace | undefined;
    for (const { runId: run } of this.#state.runs) {
      const top = this.#topOf(run);
      if (top === undefined) continue;
      if (found !== undefined && top > edge) break;
      found = { run, newest, top: edge - top };
    }
    return found;
  }

  /** Has the page stand where it was once that much is there. */
  #stand(place: KeptPlace | undefined): void {
    this.#place = place;
    const { run, top = 0 } = place ?? {};
    if (run === undefined) return;
    this.#follower.hold(() => {
      const runTop = this.#page.hidden ? undefined : this.#topOf(run);
      if (runTop === undefined) return undefined;
      const edge = this.#page.getBoundingClientRect().top;
      return Math.max(0, this.#page.scrollTop + runTop - edge + top);
    });
  }

  #topOf(runId: string): number | undefined {
    return this.#runs.get(runId)?.element.getBoundingClientRect().top;
  }

  /** The place where the page is to stand is one of the present runs, and none has come since. */
  get #staysAtPlace(): boolean {
    const { runs } = this.#state;
    const { newest, run } = this.#place ?? {};
    return runs.at(-1)?.runId === newest && runs.some(({ runId }) => runId === run);
  }

  #toggleHistory(): void {
    if (this.#history.isOpen) this.#history.close();
    else {
      this.#showHistory();
      this.#history.open();
    }
  }

  #showHistory(): void {
    this.#behindHistory = this.#state.runs.at(-1)?.runId;
    this.#page.hidden = true;
    this.#head.showHistory(true);
  }

  /**
   * From the newest on: of many runs, the older ones are built when there is time. @param needed is
   * built in any case.
   */
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
        if (run === newest && !this.#staysAtPlace) this.#follower.jump();
      }
      const isNewest = run === newest;
      const hasEdit = isNewest && talkHasEdit(this.#state, run);
      view.update(run, { newest: isNewest, talkHasEdit: hasEdit, decidableProposalId });
      below = view.element;
    }
  }

  readonly #buildOlder = (): void => this.#updateRuns();
}
