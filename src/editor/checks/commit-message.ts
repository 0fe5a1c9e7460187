import { env, Uri, window } from "vscode";
import { t } from "../../base/l10n";
import { commitMessage, withMessage } from "../../runs/ledger";
import { acceptedIn } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import { repositoryOf } from "../context/git-changes";

/**
 * Puts words for a commit of an accepted edit into the box of the editor's source control, below
 * what is there, else on the clipboard. Without an id it is the last edit that was accepted.
 */
export async function offerCommitMessage(history: RunHistory, proposalId?: string): Promise<void> {
  const known = acceptedIn(history.states, proposalId);
  const [file] = known?.proposal.files ?? [];
  if (known === undefined || file === undefined) {
    void window.showInformationMessage(t("No edit has been accepted yet."));
    return;
  }
  const message = commitMessage(history.stateOf(known.runId), known.proposal);
  const box = repositoryOf(Uri.parse(file.uri, true))?.inputBox;
  if (box === undefined) {
    await env.clipboard.writeText(message);
    void window.showInformationMessage(t("The commit message is on the clipboard."));
    return;
  }
  box.value = withMessage(box.value, message);
  void window.showInformationMessage(t("The commit message is in the box of Source Control."));
}
