import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ExtensionContext, Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import { type CheckAnswer, ConsentedChecker } from "../../checks/consented-checker";
import { StoredCheckAgreements } from "../../checks/stored-agreements";
import {
  type Checker,
  defaultGreenLimits,
  defaultTryLimits,
  type GreenLimits,
  type TryLimits,
} from "../../core/run/checks/checker";
import { thinkaloudFolders } from "../../model-setup/folders";

/** Has the person see that a question is open, until it is answered. */
type WhileAsking = <T>(asked: PromiseLike<T>) => Promise<T>;

/**
 * What checks edits in the editor: only in trusted folders, and only what the person agreed to for
 * the folder.
 */
export function editChecks(context: ExtensionContext, whileAsking: WhileAsking) {
  const agreements = new StoredCheckAgreements(context.globalState);
  const isOff = () => configuration().get<unknown>("checks") === "off";
  const ofCode = new ConsentedChecker({
    checker: late(async () => {
      const { ProjectChecker } = await import("../../checks/project-checker");
      const { testTask } = await import("./test-task");
      const { chosenPython } = await import("./chosen-python");
      const kept = join(thinkaloudFolders().cache, "checks");
      return new ProjectChecker({
        kept,
        taskFor: testTask,
        openedFolder: (uri) => workspace.getWorkspaceFolder(Uri.parse(uri))?.uri.fsPath,
        chosenPython,
        hasServices: true,
      });
    }),
    agreements,
    isOff,
    isTrusted: () => workspace.isTrusted,
    folderOf: (uri) => workspace.getWorkspaceFolder(Uri.parse(uri))?.uri.toString(),
    ask: (folder, programs) => whileAsking(ask(folder, programs)),
  });
  const ofProblems = late(async () => {
    const { ShadowProblems } = await import("./shadow-problems");
    return new ShadowProblems(isOff);
  });
  return {
    agreements,
    asked: { checkers: [ofProblems, ofCode], tries: tryLimits, greenLimits },
    /** Takes away what a window left behind that crashed while something ran. */
    sweep: async () => {
      const { sweepCopies } = await import("../../checks/place/copy-folders");
      await sweepCopies(tmpdir());
    },
  };
}

/** A checker that is loaded when the first run asks for it. */
function late(load: () => Promise<Checker>): Checker {
  let loaded: Promise<Checker> | undefined;
  return {
    prepare: async (request, signal) => {
      loaded ??= load();
      return await (await loaded).prepare(request, signal);
    },
  };
}

async function ask(folder: string, programs: readonly string[]): Promise<CheckAnswer> {
  const name = workspace.getWorkspaceFolder(Uri.parse(folder))?.name ?? folder;
  const agree = t("Run in This Folder");
  const refuse = t("Never in This Folder");
  const question = t(
    "May Thinkaloud run code of {0} to check its edits? It would run {1}, in a copy, without your keys.",
    name,
    programs.map(inWords).join(t(", and ")),
  );
  const chosen = await window.showInformationMessage(question, agree, t("Not Now"), refuse);
  if (chosen === agree) return "yes";
  return chosen === refuse ? "never" : "notNow";
}

function tryLimits(): TryLimits {
  const seconds = configuration().get<unknown>("triesSeconds");
  return typeof seconds === "number" && seconds >= 0
    ? { ...defaultTryLimits, seconds }
    : defaultTryLimits;
}

function greenLimits(): GreenLimits {
  const rounds = configuration().get<unknown>("greenRounds");
  const seconds = configuration().get<unknown>("greenSeconds");
  return {
    ...defaultGreenLimits,
    ...(typeof rounds === "number" && rounds >= 1 ? { rounds } : {}),
    ...(typeof seconds === "number" && seconds >= 0 ? { seconds } : {}),
  };
}

function configuration() {
  return workspace.getConfiguration("thinkaloud", null);
}
