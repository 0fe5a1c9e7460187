import { Disposable, window, workspace } from "vscode";
import { proposalsIn } from "../runs/run-lists";
import type { RunState } from "../runs/run-state";
import { keepContextKeys, keepReviewKey } from "./context-keys";
import type { Guard } from "./failures/guard";
import type { Parts } from "./parts";
import { closeProposalTabs } from "./review/proposal-tabs";
import { keepUpWithOtherWindows } from "./runs/other-windows";

type FollowedParts = Pick<
  Parts,
  | "connector"
  | "history"
  | "loaded"
  | "modelSetup"
  | "panel"
  | "pulls"
  | "review"
  | "runsFolder"
  | "session"
  | "status"
  | "syntax"
>;

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
    history.onGone(
      guard(async (runs: readonly RunState[]) => {
        refreshKeys();
        panel.replay();
        for (const { proposal } of proposalsIn(runs)) await closeProposalTabs(proposal.id);
      }),
    ),
    connector.onSetup((setup) => {
      panel.showSetup(setup);
      status.showSetup(setup);
    }),
    syntax.onState((state) => status.showSyntaxDown(state === "down")),
  ];
  void guard(async () => {
    try {
      await loaded;
    } finally {
      refreshKeys();
      panel.earlierRunsAreThere();
    }
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
    keepUpWithOtherWindows(parts, guard),
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
