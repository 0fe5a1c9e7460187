import { t } from "../../base/l10n";
import type { Action } from "../../protocol/run-events";

/** What is asked for, before the name of a file. */
export function actionName(action: Action): string {
  switch (action) {
    case "explain":
      return t("Explain");
    case "fix":
      return t("Fix");
    case "improve":
      return t("Improve");
    case "writeTests":
      return t("Write tests for");
    case "document":
      return t("Document");
    case "ask":
      return t("Ask about");
    default:
      return action satisfies never;
  }
}
