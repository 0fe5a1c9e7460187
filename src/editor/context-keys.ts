import { commands, type Disposable, window } from "vscode";
import { isReviewActive } from "./proposal-tabs";
import type { RunHistory } from "./run-history";
import { isUndecided, proposalsIn, unplacedIn } from "./run-lists";

function set(key: string, value: boolean): void {
  void commands.executeCommand("setContext", `thinkaloud.${key}`, value);
}

/** Keeps the key that tells whether a review is in front, on whichever side of it the cursor stands. */
export function keepReviewKey(): Disposable[] {
  const refresh = (): void => set("inReview", isReviewActive());
  return [window.tabGroups.onDidChangeTabs(refresh), window.tabGroups.onDidChangeTabGroups(refresh)];
}

/** Keeps the keys that menus and keybindings of the manifest ask for. @returns a function that lists them anew, as after a load. */
export function keepContextKeys(history: RunHistory): () => void {
  const refresh = (): void => {
    const undecided = proposalsIn(history.runs).filter(isUndecided);
    set("hasProposal", undecided.length > 0);
    set("severalFiles", (undecided.at(-1)?.proposal.files.length ?? 0) > 1);
    set("hasUnplaced", unplacedIn(history.runs).length > 0);
  };
  history.subscribe((_runId, _seq, event) => {
    if (event.kind === "started") set("running", true);
    if (event.kind === "draft") set("hasDraft", true);
    if (event.kind === "attempt" || event.kind === "finished" || event.kind === "failed") set("hasDraft", false);
    if (event.kind === "finished" || event.kind === "failed") set("running", false);
    if (event.kind === "proposal" || event.kind === "proposalState" || event.kind === "unplaced") refresh();
  });
  return refresh;
}
