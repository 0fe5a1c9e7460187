import { count, displayLanguage, plural, t } from "../../base/l10n";
import type { FoundRun } from "../../protocol/history";
import { actionName } from "../../runs/words/action-words";

/**
 * What the person is about to delete, in words for the question whether they want to.
 * @param runs all that there are.
 * @param runId undefined: all of them.
 */
export function deletionWords(runs: readonly FoundRun[], runId: string | undefined): string {
  const chosen = runs.find((run) => run.runId === runId);
  const what = runId === undefined ? allOf(runs) : chosen === undefined ? "" : titleOf(chosen);
  const extent = t("With questions, thoughts, answers and edits. Files stay as they are.");
  return [what, extent].filter((part) => part !== "").join("\n\n");
}

function titleOf({ action, path, at, subject }: FoundRun): string {
  const title = `${actionName(action)} ${path}`.trim();
  const when = new Date(at).toLocaleString(displayLanguage());
  return `${title}, ${when}${subject === "" ? "" : `\n${subject}`}`;
}

/** Pinned ones are kept from everything else, so they are named. */
function allOf(runs: readonly FoundRun[]): string {
  const number = runs.length;
  const words = plural(number, t("{0} run", count(number)), t("{0} runs", count(number)));
  const pinned = runs.filter((run) => run.pinned).length;
  return pinned === 0 ? words : `${words}, ${t("pinned: {0}", count(pinned))}`;
}
