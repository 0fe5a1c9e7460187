import { commands, env, Uri, window } from "vscode";
import { t } from "../../base/l10n";
import type { FromPanel } from "../../protocol/panel/from-panel";
import { isUndecided, proposalsIn, urisOfRun } from "../../runs/run-lists";
import { askedFor } from "../../runs/slash-commands";
import { findProposal } from "../../session/review/proposals";
import { firstNewProblem } from "../checks/landed-problems";
import { revealPlace } from "../documents/targets";
import type { Parts } from "../parts";

type SetupAction = Extract<FromPanel, { kind: "setup" }>["action"];

type PanelMessageParts = Pick<
  Parts,
  | "carryOut"
  | "chooseModel"
  | "contracts"
  | "desk"
  | "earlierRuns"
  | "handPlacing"
  | "history"
  | "modelSetup"
  | "panel"
  | "places"
  | "projects"
  | "pulls"
  | "review"
  | "session"
>;

/**
 * Carries out what the person did in the panel. Ids are looked up here; the view holds nothing that
 * could be forged into an edit.
 */
export function panelReceiver(parts: PanelMessageParts): (message: FromPanel) => Promise<void> {
  const { session, history, earlierRuns, review, handPlacing, desk, contracts, panel } = parts;
  /** What was typed goes back into the box where no run comes of it. */
  const asked = async (text: string, run: Promise<string | undefined>): Promise<void> => {
    let runId: string | undefined;
    try {
      runId = await run;
    } finally {
      if (runId === undefined) panel.insert(text);
    }
  };
  return async (message) => {
    switch (message.kind) {
      case "ready":
        return;
      case "ask": {
        const { action, question } = askedFor(message.text);
        return await asked(message.text, session.start(action, undefined, question));
      }
      case "context":
        return desk.look(message.text);
      case "contextHidden":
        return desk.look(undefined);
      case "beginQuestion":
        return await session.readAheadOfQuestion(message.runId === "" ? undefined : message);
      case "crossPiece":
        return desk.cross(message.pieceId);
      case "pinPiece":
        return desk.pin(message.pieceId);
      case "previewSent": {
        const { text, runId, rephrases } = message;
        const { action, question } = askedFor(text);
        const words = rephrases ? text : question;
        return await contracts.preview(action, words, runId === "" ? undefined : message);
      }
      case "openSent":
        return await contracts.open(message.runId);
      case "copySent":
        return await contracts.copy(message.form, message.runId);
      case "complete": {
        const { query } = message;
        const { completionsFor } = await import("../context/completions");
        panel.showCompletions(query, await completionsFor(query, parts.projects));
        return;
      }
      case "dropFiles": {
        const { mentionOfFile } = await import("../context/completions");
        const named = await Promise.all(message.uris.map(mentionOfFile));
        const text = named.filter((each) => each !== undefined).join(" ");
        if (text !== "") panel.insert(`${text} `);
        else void window.showInformationMessage(t("Only files in the open folder can go along."));
        return;
      }
      case "followUp": {
        const { action, question } = askedFor(message.text);
        // Without words there is nothing to follow up with.
        const run =
          question === undefined
            ? session.start(action)
            : session.followUp(message.runId, question, action);
        return await asked(message.text, run);
      }
      case "rephrase":
        return await asked(message.text, session.rephrase(message.runId, message.text));
      case "testsFor":
        await session.followUp(message.runId, t("Now the tests"), "writeTests");
        return;
      case "differently":
        await session.differently(message.runId, t("Do it differently."));
        return;
      case "explainStep":
        await session.explainStep(message.runId, message.part, message.step);
        return;
      case "thinkAgain":
        await session.thinkAgain(message.runId);
        return;
      case "showQuestion":
        await commands.executeCommand("notifications.showList");
        return;
      case "stop":
      case "takeNow":
      case "answerNow":
      case "thinkLonger":
      case "letGoOn":
      case "beginAnew":
        return await session.say(message, message.runId);
      case "hint":
        await session.say(message, message.runId);
        if (message.anew) await session.say({ kind: "beginAnew" }, message.runId);
        return;
      case "accept":
        return await review.accept(message.proposalId);
      case "reject":
        return await review.reject(message.proposalId);
      case "openDiff":
        return await review.open(message.proposalId);
      case "reviewAll":
        return await review.openAll(message.proposalId);
      case "takeTried":
        return await session.takeTried(message.proposalId);
      case "undo":
        return await review.undo(message.proposalId);
      case "fixNew":
        return await fixNew(parts, message.proposalId);
      case "commitMessage": {
        const { offerCommitMessage } = await import("../checks/commit-message");
        return await offerCommitMessage(history, message.proposalId);
      }
      case "acceptHunk":
        return await review.acceptHunk(message);
      case "rejectHunk":
        return await review.rejectHunk(message);
      case "placeHere":
        return await handPlacing.placeHere(message.editId);
      case "showPlace":
        return await handPlacing.showPlace(message.editId);
      case "askAgain":
        await session.askForEditAgain(message.editId);
        return;
      case "revealTarget": {
        const { started } = history.stateOf(message.runId);
        if (started !== undefined) await revealPlace(started.uri, started.range);
        return;
      }
      case "remedy":
        return await carryOutRemedy(parts, message);
      case "searchHistory":
        return await earlierRuns.search(message);
      case "openRun":
        return await earlierRuns.open(message.runId);
      case "pinRun":
      case "unpinRun":
        return await earlierRuns.pin(message.runId, message.kind === "pinRun");
      case "exportRun":
        return await earlierRuns.export(message.runId);
      case "deleteRun":
        return await earlierRuns.delete(message.runId);
      case "exportAllRuns":
        return await earlierRuns.export();
      case "deleteAllRuns":
        return await earlierRuns.delete();
      case "findPlaces": {
        const { runId, names } = message;
        const places = await parts.places();
        const found = await places.find(names, urisOfRun(history.stateOf(runId)));
        const told = [...found].map(([name, { path, line }]) => ({
          name,
          at: `${path}:${line + 1}`,
        }));
        panel.showPlaces(runId, names, told);
        return;
      }
      case "openPlace":
        return await (await parts.places()).open(
          message.name,
          urisOfRun(history.stateOf(message.runId)),
        );
      case "openLink":
        await env.openExternal(Uri.parse(message.href, true));
        return;
      case "copy":
        await env.clipboard.writeText(message.text);
        return;
      case "setup":
        return await setUp(parts, message.action);
      default:
        return message satisfies never;
    }
  };
}

async function carryOutRemedy(
  { history, session, review, carryOut }: PanelMessageParts,
  { runId, otherwise }: Extract<FromPanel, { kind: "remedy" }>,
): Promise<void> {
  const run = history.stateOf(runId);
  const { end } = run;
  if (end?.kind !== "failed") return;
  const chosen = otherwise ? end.report.otherwise : end.report.button;
  if (chosen === undefined) return;
  const proposal = proposalsIn([run]).filter(isUndecided).at(-1);
  await carryOut(end.report, chosen.action, {
    retry: async () => {
      await session.again(runId);
    },
    ...(proposal === undefined ? {} : { openDiff: () => review.open(proposal.proposal.id) }),
  });
}

/** A run about the first of the problems that are new; its words go along. */
async function fixNew({ history, session }: PanelMessageParts, proposalId: string): Promise<void> {
  const known = findProposal(history, proposalId);
  const found = known === undefined ? undefined : firstNewProblem(known);
  if (found !== undefined) await session.start("fix", found);
  else void window.showInformationMessage(t("The new problems are gone by now."));
}

async function setUp(
  { modelSetup, chooseModel, pulls }: PanelMessageParts,
  action: SetupAction,
): Promise<void> {
  switch (action) {
    case "useBuiltIn":
      // The panel's button stands below what would be fetched, with size and licence.
      await modelSetup.useBuiltIn(true);
      return;
    case "startDaemon":
      await modelSetup.startDaemon();
      return;
    case "lookAgain":
      return modelSetup.look();
    case "chooseModel":
      await chooseModel();
      return;
    case "enterCredentials":
      await modelSetup.enterCredentials();
      return;
    case "openSettings":
      await commands.executeCommand("workbench.action.openSettings", "@ext:thinkaloud.thinkaloud");
      return;
    case "cancel":
      // A download that is only stopped goes on after a reload.
      return await pulls.cancel();
    default:
      return action satisfies never;
  }
}
