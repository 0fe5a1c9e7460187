import { commands, type Disposable, window } from "vscode";
import type { RunEvent } from "../protocol/run-events";
import { endsRun } from "../protocol/run-events";
import { thinksNow } from "../runs/fold/thought";
import { acceptedIn, isUndecided, proposalsIn, unplacedIn } from "../runs/run-lists";
import type { RunState } from "../runs/run-state";
import type { RunHistory } from "../session/history/run-history";
import { isReviewActive } from "./review/proposal-tabs";

/** What the editor was told last: a run tells of many things a second that change no key. */
const told = new Map<string, boolean>();

function set(key: string, value: boolean): void {
  if (told.get(key) === value) return;
  told.set(key, value);
  void commands.executeCommand("setContext", `thinkaloud.${key}`, value);
}

/**
 * Keeps the key that tells whether a review is in front, on whichever side of it the cursor stands.
 */
export function keepReviewKey(): Disposable[] {
  const refresh = (): void => set("inReview", isReviewActive());
  return [
    window.tabGroups.onDidChangeTabs(refresh),
    window.tabGroups.onDidChangeTabGroups(refresh),
  ];
}

/** Only this window's run is the one that commands stop or take. */
function showRun(run: RunState | undefined): void {
  const goesOn = run !== undefined && run.end === undefined;
  set("running", goesOn);
  set("thinking", run !== undefined && thinksNow(run));
  set("hasDraft", goesOn && run.draft !== undefined);
}

function changesLists(event: RunEvent): boolean {
  const kinds: readonly string[] = ["proposal", "proposalState", "hunkState", "unplaced"];
  return kinds.includes(event.kind) || endsRun(event);
}

function hasThought({ parts }: RunState): boolean {
  return parts.some(({ kind }) => kind === "thought");
}

/**
 * Keeps the keys that menus and keybindings of the manifest ask for. @returns a function that lists
 * them anew, as after a load.
 */
export function keepContextKeys(history: RunHistory): () => void {
  const refresh = (): void => {
    const undecided = proposalsIn(history.states).filter(isUndecided);
    set("hasProposal", undecided.length > 0);
    set("hasAccepted", acceptedIn(history.states) !== undefined);
    set("severalFiles", (undecided.at(-1)?.proposal.files.length ?? 0) > 1);
    set("hasUnplaced", unplacedIn(history.states).length > 0);
    set("hasThought", history.states.some(hasThought));
  };
  history.subscribe((_runId, _seq, event, mine) => {
    if (mine) showRun(history.newestHere);
    if (changesLists(event)) refresh();
  });
  return refresh;
}
