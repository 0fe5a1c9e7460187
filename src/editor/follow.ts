import { Disposable, window, workspace } from "vscode";
import type { Connector } from "../model-setup/connect/connector";
import type { ModelSetup } from "../model-setup/connect/model-setup";
import type { RunHistory } from "../session/history/run-history";
import type { Session } from "../session/session";
import { keepContextKeys, keepReviewKey } from "./context-keys";
import type { Guard } from "./failures/guard";
import type { Pulls } from "./model/pulls";
import type { Panel } from "./panel/panel";
import type { Review } from "./review/review";
import { keepUpWithOtherWindows } from "./runs/other-windows";
import type { StatusItem } from "./status";
import type { SyntaxClient } from "./syntax/syntax-client";

export interface FollowedParts {
  readonly session: Session;
  readonly connector: Connector;
  readonly history: RunHistory;
  readonly loaded: Promise<void>;
  readonly modelSetup: ModelSetup;
  readonly pulls: Pulls;
  readonly panel: Panel;
  readonly review: Review;
  readonly runsFolder: string;
  readonly status: StatusItem;
  readonly syntax: SyntaxClient;
}

/** Ties together what happens in one part and is seen in another, and sets everything going. */
export function follow(parts: FollowedParts, guard: Guard): Disposable[] {
  const { connector, history, loaded, modelSetup, panel, pulls, review, status, syntax } = parts;
  const showPaused = (): void => {
    const pull = pulls.unfinished;
    status.showPaused(pull?.isPaused === true ? pull.model : undefined);
  };
  showPaused();
  pulls.onChange(showPaused);
  const openReview = guard((proposalId: string) => review.openWhenQuiet(proposalId));
  const refreshKeys = keepContextKeys(history);
  const unsubscribers = [
    history.subscribe((_runId, _seq, event, mine) => {
      // What another window asked for does not open under this one's hands; the panel leads to it.
      if (mine && event.kind === "proposal") void openReview(event.proposal.id);
    }),
    connector.onSetup((setup) => {
      panel.showSetup(setup);
      status.showSetup(setup);
    }),
    syntax.onState((state) => status.showSyntaxDown(state === "down")),
  ];
  const showAnew = (): void => {
    refreshKeys();
    panel.replay();
  };
  void guard(async () => {
    await loaded;
    showAnew();
  })();
  // After the activation: the editor waits for that, and nobody has asked anything yet.
  const begin = setImmediate(() => {
    void guard(() => syntax.start())();
    modelSetup.look();
    void guard(() => pulls.goOnAfterReload())();
  });
  return [
    new Disposable(() => clearImmediate(begin)),
    ...keepReviewKey(),
    keepUpWithOtherWindows({ ...parts, onGone: showAnew }, guard),
    ...unsubscribers.map((unsubscribe) => new Disposable(unsubscribe)),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("thinkaloud")) modelSetup.look();
    }),
    window.onDidChangeWindowState(({ focused }) => {
      // Whoever comes back may have started a daemon or pulled a model in a terminal.
      if (focused && ["noDaemon", "noModel", "failed"].includes(connector.setup.kind))
        modelSetup.look();
    }),
  ];
}
