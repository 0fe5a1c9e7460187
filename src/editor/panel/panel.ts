import { randomBytes } from "node:crypto";
import {
  commands,
  type Disposable,
  env,
  l10n,
  Uri,
  type WebviewView,
  type WebviewViewProvider,
  window,
} from "vscode";
import type { Log } from "../../core/log";
import type { FoundRuns } from "../../protocol/history";
import { type FromPanel, parseFromPanel } from "../../protocol/panel/from-panel";
import type { Completion, ToPanel } from "../../protocol/panel/to-panel";
import type { Setup } from "../../protocol/setup";
import type { RunHistory } from "../../session/history/run-history";
import { EventBatches, panelBatchMs } from "../../session/panel/event-batches";
import { panelHtml } from "../../session/panel/panel-html";
import { replayMessages } from "../../session/panel/replay-messages";
import type { ContextList } from "../context/context-desk";
import { uriInFront } from "../documents/targets";
import { panelView, panelViews } from "./panel-place";

/**
 * The reasoning view. It holds nothing: whenever its page starts anew it says `ready` and gets
 * every run's events again. What it sends back is read as untrusted and handed to one receiver.
 */
export class Panel implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #history: RunHistory;
  readonly #log: Log;
  readonly #batches: EventBatches;
  readonly #disposables: readonly Disposable[];
  /** Asked at once, as a view in a wrong place is seen before anybody opens it. */
  readonly #place = panelView();
  readonly #unsubscribe: () => void;
  #receive: (message: FromPanel) => Promise<void> = async () => {};
  #view: WebviewView | undefined;
  #gone: () => void = () => {};
  #ready = false;
  #focusAskWhenReady = false;
  #showRunWhenReady: string | undefined;
  #setup: Setup = { kind: "unknown" };
  /** Questions about runs that nobody has answered yet. */
  #openQuestions = 0;
  /** Whether the runs of earlier windows are there, as far as they can be read. */
  #knowsEarlier = false;

  constructor(extensionUri: Uri, history: RunHistory, log: Log) {
    this.#extensionUri = extensionUri;
    this.#history = history;
    this.#log = log;
    this.#batches = new EventBatches(panelBatchMs, (batch) =>
      this.#post({ kind: "events", batch }),
    );
    this.#unsubscribe = history.subscribe((runId, seq, event) => {
      if (!this.#ready) return;
      // The page puts a run that it does not know below all others.
      if (seq === 0 && history.runs.at(-1)?.runId !== runId) this.replay();
      else this.#batches.add(runId, seq, event);
    });
    this.#disposables = [
      ...panelViews.map((view) => window.registerWebviewViewProvider(view, this)),
      window.onDidChangeActiveTextEditor(() => {
        if (this.#ready) this.#tellInFront();
      }),
    ];
  }

  /** Who carries out what the person does in the panel. */
  onMessage(receive: (message: FromPanel) => Promise<void>): void {
    this.#receive = receive;
  }

  resolveWebviewView(view: WebviewView): void {
    const { webview } = view;
    const dist = Uri.joinPath(this.#extensionUri, "dist");
    this.#view = view;
    this.#ready = false;
    webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [dist],
    };
    webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    view.onDidDispose(() => {
      if (this.#view === view) this.#forgetPage(undefined);
    });
    view.onDidChangeVisibility(() => {
      // A hidden page is thrown away; the next one begins with `ready`.
      if (!view.visible && this.#view === view) this.#forgetPage(view);
    });
    webview.html = panelHtml({
      scriptUri: webview.asWebviewUri(Uri.joinPath(dist, "webview.js")).toString(),
      styleUris: [webview.asWebviewUri(Uri.joinPath(dist, "panel.css")).toString()],
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString("base64url"),
      language: env.language,
      texts: l10n.bundle,
    });
  }

  /**
   * Takes a message from the page, which is untrusted: what is not exactly one of ours is dropped.
   */
  async receive(value: unknown): Promise<void> {
    const message = parseFromPanel(value);
    if (message === undefined) {
      this.#log.warn("the panel sent a message that is none of ours; it was dropped");
    } else if (message.kind === "ready") {
      this.#ready = true;
      this.replay();
    } else {
      await this.#receive(message);
    }
  }

  /** The runs of earlier windows are there. */
  earlierRunsAreThere(): void {
    this.#knowsEarlier = true;
    this.replay();
  }

  /** Shows everything anew. */
  replay(): void {
    if (!this.#ready) return;
    this.#batches.clear();
    this.#history.compact();
    for (const message of replayMessages(this.#history.runs, this.#knowsEarlier))
      this.#post(message);
    this.#post({ kind: "setup", setup: this.#setup });
    this.#tellInFront();
    this.#tellQuestion();
    if (this.#focusAskWhenReady) this.#post({ kind: "focusAsk" });
    this.#focusAskWhenReady = false;
    if (this.#showRunWhenReady !== undefined)
      this.#post({ kind: "showRun", runId: this.#showRunWhenReady });
    this.#showRunWhenReady = undefined;
  }

  /** Shows what a search over the history found. */
  showFound(found: FoundRuns): void {
    if (this.#ready) this.#post({ kind: "found", found });
  }

  /** Shows which names in a run's texts lead to a place. */
  showPlaces(
    runId: string,
    asked: readonly string[],
    found: readonly { readonly name: string; readonly at: string }[],
  ): void {
    if (this.#ready) this.#post({ kind: "places", runId, asked, found });
  }

  /** Shows what would go along with a question. */
  showContext(list: ContextList): void {
    if (this.#ready) this.#post({ kind: "context", ...list });
  }

  showCompletions(query: string, found: readonly Completion[]): void {
    if (this.#ready) this.#post({ kind: "completions", query, found });
  }

  /** Puts words into the question box. */
  insert(text: string): void {
    if (this.#ready) this.#post({ kind: "insert", text });
  }

  /** Who looks at the list of what would go along is told when nobody does any more. */
  onGone(gone: () => void): void {
    this.#gone = gone;
  }

  /** Brings one of the runs into view. */
  showRun(runId: string): void {
    this.replay();
    if (this.#ready) this.#post({ kind: "showRun", runId });
    else this.#showRunWhenReady = runId;
    this.reveal(false);
  }

  showSetup(setup: Setup): void {
    this.#setup = setup;
    if (this.#ready) this.#post({ kind: "setup", setup });
  }

  /**
   * Says that a question is open for as long as the person has not answered: the editor hides it
   * after a few seconds, and the run waits. @param asked settles with the answer.
   */
  async whileAsking<T>(asked: PromiseLike<T>): Promise<T> {
    this.#openQuestions++;
    this.#tellQuestion();
    try {
      return await asked;
    } finally {
      this.#openQuestions--;
      this.#tellQuestion();
    }
  }

  /** Brings the view up; `preserveFocus` leaves the cursor where the person types. */
  reveal(preserveFocus: boolean): void {
    if (this.#view !== undefined) this.#view.show(preserveFocus);
    else
      this.#place
        .then((view) => commands.executeCommand(`${view}.focus`, { preserveFocus }))
        .catch((thrown) => this.#log.warn(`no panel: ${thrown}`));
  }

  /** Brings the view up with the cursor in its question box. */
  focusAsk(): void {
    if (this.#ready) this.#post({ kind: "focusAsk" });
    else this.#focusAskWhenReady = true;
    this.reveal(false);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#batches.clear();
    for (const each of this.#disposables) each.dispose();
  }

  #tellInFront(): void {
    const uri = uriInFront();
    this.#post({ kind: "inFront", ...(uri === undefined ? {} : { uri }) });
  }

  #tellQuestion(): void {
    if (this.#ready) this.#post({ kind: "asking", isOpen: this.#openQuestions > 0 });
  }

  #forgetPage(view: WebviewView | undefined): void {
    this.#gone();
    this.#view = view;
    this.#ready = false;
    this.#batches.clear();
  }

  #post(message: ToPanel): void {
    // Undelivered is as good as lost by a page that is going away: the next page gets everything.
    this.#view?.webview.postMessage(message).then(undefined, () => {});
  }
}
