import { type Disposable, commands as editorCommands, Uri, window } from "vscode";
import { t } from "../base/l10n";
import { parseActionArguments } from "../protocol/action-arguments";
import { commands } from "../protocol/commands";
import { actions } from "../protocol/run-events";
import type { Guard } from "./failures/guard";
import type { Parts } from "./parts";
import { proposalPlace } from "./review/proposal-uris";

type CommandParts = Pick<
  Parts,
  | "chooseModel"
  | "checks"
  | "contracts"
  | "earlierRuns"
  | "handPlacing"
  | "history"
  | "log"
  | "modelCards"
  | "modelSetup"
  | "panel"
  | "pulls"
  | "review"
  | "session"
>;

/**
 * Registers every command of the manifest; whatever one throws reaches the person through the
 * guard.
 */
export function registerCommands(parts: CommandParts, guard: Guard): Disposable[] {
  const { session, panel, review, handPlacing, log } = parts;
  const register = (id: string, work: (argument: unknown) => Promise<void> | void): Disposable =>
    editorCommands.registerCommand(id, guard(work));
  const starting = actions.map((action) =>
    register(commands[action], async (argument) => {
      const given = parseActionArguments(argument);
      // A question is asked in the panel: there is room for it, and the answer appears below.
      if (action === "ask" && given?.question === undefined) panel.focusAsk();
      else await session.start(action, given);
    }),
  );
  return [
    ...starting,
    register(commands.fixUntilGreen, async (argument) => {
      const { greenPlace } = await import("./checks/green-place");
      await session.fixUntilGreen(greenPlace(argument));
    }),
    register(commands.fixOutput, async () => {
      const { outputPlace } = await import("./checks/green-place");
      const place = await outputPlace();
      if (place !== undefined) await session.fixUntilGreen(place);
      else
        void window.showInformationMessage(
          t("The selected output names no file of this workspace."),
        );
    }),
    register(commands.stop, () => session.say({ kind: "stop" })),
    register(commands.takeNow, () => session.say({ kind: "takeNow" })),
    register(commands.answerNow, () => session.say({ kind: "answerNow" })),
    register(commands.thinkAgain, async () => {
      await session.thinkAgain();
    }),
    register(commands.accept, (argument) => review.accept(proposalIdOf(argument))),
    register(commands.reject, (argument) => review.reject(proposalIdOf(argument))),
    register(commands.undo, () => review.undo()),
    register(commands.openDiff, (argument) => review.open(proposalIdOf(argument))),
    register(commands.acceptHunk, () => review.acceptHunk()),
    register(commands.rejectHunk, () => review.rejectHunk()),
    register(commands.reviewAll, (argument) => review.openAll(proposalIdOf(argument))),
    register(commands.nextFile, () => review.openNeighbour(1)),
    register(commands.previousFile, () => review.openNeighbour(-1)),
    register(commands.placeHere, (argument) => handPlacing.placeHere(argument)),
    register(commands.chooseModel, async () => {
      const chosen = await parts.chooseModel();
      // An offer in a corner, which nobody waits for.
      if (chosen !== undefined) void guard(() => parts.modelCards.offer(chosen))();
    }),
    register(commands.manageDownload, async () => {
      const { manageDownload } = await import("./model/manage-download");
      await manageDownload(parts.pulls, () => panel.reveal(false));
    }),
    register(commands.showModelCard, () => parts.modelCards.show()),
    register(commands.useBuiltInEngine, async () => {
      await parts.modelSetup.useBuiltIn(false);
    }),
    register(commands.enterCredentials, async () => {
      await parts.modelSetup.enterCredentials();
    }),
    register(commands.searchHistory, () => parts.earlierRuns.pick()),
    register(commands.showSent, () => parts.contracts.open()),
    register(commands.previewSent, () => parts.contracts.preview("fix")),
    register(commands.copySent, () => parts.contracts.pickCopy()),
    register(commands.commitMessage, async () => {
      const { offerCommitMessage } = await import("./checks/commit-message");
      await offerCommitMessage(parts.history);
    }),
    register(commands.forgetChecks, () => parts.checks.agreements.forget()),
    register(commands.exportHistory, () => parts.earlierRuns.export()),
    register(commands.showLog, () => log.show()),
    register(commands.showPanel, () => panel.reveal(false)),
  ];
}

/** The title bar's buttons hand over the uri of the document they belong to. */
function proposalIdOf(argument: unknown): string | undefined {
  return argument instanceof Uri ? proposalPlace(argument)?.proposalId : undefined;
}
