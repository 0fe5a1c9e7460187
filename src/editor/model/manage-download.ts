import { window } from "vscode";
import { t } from "../../base/l10n";
import type { Pulls } from "../../model-setup/connect/pulls";

/** What a click on the status item offers while something is fetched, or waits. */
export async function manageDownload(pulls: Pulls, showPanel: () => void): Promise<void> {
  const pull = pulls.unfinished;
  const choices = [
    ...(pull === undefined
      ? []
      : pull.isPaused
        ? [{ label: `$(debug-continue) ${t("Go on")}`, run: () => pulls.goOn() }]
        : [
            {
              label: `$(debug-pause) ${t("Pause")}`,
              description: t("What is here stays, also after a reload"),
              run: () => pulls.pause(),
            },
          ]),
    {
      label: `$(close) ${t("Cancel")}`,
      ...(pull !== undefined && {
        description: t("What is here stays: the next download goes on from it"),
      }),
      run: () => pulls.cancel(),
    },
    { label: `$(eye) ${t("Show the panel")}`, run: async () => showPanel() },
  ];
  const picked = await window.showQuickPick(choices, {
    title:
      pull === undefined ? t("Thinkaloud: Setting up") : t("Thinkaloud: Fetching {0}", pull.model),
  });
  await picked?.run();
}
