import { commands as editorCommands, env, Uri } from "vscode";
import type { ModelSetup } from "../../model-setup/connect/model-setup";
import { commands } from "../../protocol/commands";
import type { FailureReport, RemedyAction } from "../../protocol/failure";
import type { Consent } from "../model/consent";

/** What has failed: a run, or a command outside of one. */
export interface FailedWork {
  /** Does the same again. */
  retry(): Promise<void>;
  readonly openDiff?: () => Promise<void>;
}

export type CarryOut = (
  report: FailureReport,
  action: RemedyAction,
  failed: FailedWork,
) => Promise<void>;

/** @returns what carries out a button of a failure's report. */
export function remediesWith(consent: Consent, modelSetup: ModelSetup): CarryOut {
  return async ({ failure }, action, failed) => {
    switch (action) {
      case "retry":
        // What is decided stays decided; a new proposal comes from a new question.
        return await (failure.kind === "proposalGone" ? run(commands.ask) : failed.retry());
      case "chooseModel":
        return await run(commands.chooseModel);
      case "pullModel":
        if (failure.kind !== "modelMissing") return await run(commands.chooseModel);
        if (await modelSetup.pull(failure.model)) await failed.retry();
        return;
      case "useBuiltInEngine":
        if (await modelSetup.useBuiltIn(false)) await failed.retry();
        return;
      case "openSettings":
        return await run("workbench.action.openSettings", "@ext:thinkaloud.thinkaloud");
      case "signIn":
        if (failure.kind === "signInRequired" && failure.signInUrl?.startsWith("https://"))
          await env.openExternal(Uri.parse(failure.signInUrl));
        return;
      case "enterCredentials":
        if (
          (failure.kind === "credentialsWanted" || failure.kind === "forbidden") &&
          (await modelSetup.enterCredentials(failure.endpoint))
        )
          await failed.retry();
        return;
      case "allowCloudModel":
        // The button names the model, so the click is the agreement to it, by name.
        if (failure.kind !== "cloudModelRefused") return;
        await consent.allowCloudModel(failure.model);
        return await failed.retry();
      case "showLog":
        return await run(commands.showLog);
      case "openDiff":
        return await (failed.openDiff?.() ?? run(commands.openDiff));
      default:
        return action satisfies never;
    }
  };
}

async function run(command: string, ...args: readonly unknown[]): Promise<void> {
  await editorCommands.executeCommand(command, ...args);
}
