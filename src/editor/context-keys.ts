import { commands } from "vscode";
import type { RunHistory } from "./run-history";
import { isUndecided, proposalsIn } from "./run-lists";

/** Keeps the keys that menus and keybindings of the manifest ask for. @returns a function that lists them anew, as after a load. */
export function keepContextKeys(history: RunHistory): () => void {
  const set = (key: string, value: boolean): void => void commands.executeCommand("setContext", `thinkaloud.${key}`, value);
  const refresh = (): void => set("hasProposal", proposalsIn(history.runs).some(isUndecided));
  history.subscribe((_runId, _seq, event) => {
    if (event.kind === "started") set("running", true);
    if (event.kind === "finished" || event.kind === "failed") set("running", false);
    if (event.kind === "proposal" || event.kind === "proposalState") refresh();
  });
  return refresh;
}
