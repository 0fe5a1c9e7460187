import { window } from "vscode";
import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import { guardReason } from "../../core/run/edits/guard-reason";
import type { GuardedLanding } from "../../session/review/review-front";

/**
 * Asks about one file by its name and where it really is. Nothing but the named button is a yes.
 */
export async function confirmGuarded({ landing, guard, kept }: GuardedLanding): Promise<boolean> {
  const isNew = landing.kind === "create";
  const yes = isNew ? t("Create {0}", landing.path) : t("Change {0}", landing.path);
  // What shows as code in the panel has no other looks here.
  const reason = inWords(guardReason(guard)).replaceAll("`", "");
  const chosen = await window.showWarningMessage(
    isNew
      ? t("Create {0}? It is no part of accepting the rest.", landing.path)
      : t("Change {0}? It is no part of accepting the rest.", landing.path),
    {
      modal: true,
      detail: [reason, ...(kept === undefined ? [] : [kept.path])].join("\n\n"),
    },
    yes,
  );
  if (chosen === yes) return true;
  window.setStatusBarMessage(t("{0} was left as it is; its change waits.", landing.path), 10_000);
  return false;
}
