import { type ExtensionContext, ExtensionMode, env, l10n, Uri, window } from "vscode";
import { useLanguage } from "./base/l10n";
import { KeptOrders } from "./core/prompt/kept-order";
import { editChecks } from "./editor/checks/edit-checks";
import { registerCommands } from "./editor/commands";
import { contextParts } from "./editor/context/context-parts";
import { ContractDocuments } from "./editor/context/contract-documents";
import { takeTarget } from "./editor/documents/targets";
import { shownPathExists } from "./editor/documents/workspace-paths";
import { guardWith, type ReportFailure } from "./editor/failures/guard";
import { notify } from "./editor/failures/notify";
import { remediesWith } from "./editor/failures/remedies";
import { follow } from "./editor/follow";
import { EarlierRuns } from "./editor/history/earlier-runs";
import { historyLimitBytes } from "./editor/history/history-limit";
import { wantedLanguage } from "./editor/model/answer-language";
import { ModelCards } from "./editor/model/model-cards";
import { modelParts } from "./editor/model/model-parts";
import { nativeChat } from "./editor/native-chat/native-chat";
import type { NamedPlaces } from "./editor/panel/named-places";
import { Panel } from "./editor/panel/panel";
import type { Parts } from "./editor/parts";
import { HandPlacing } from "./editor/review/hand-placing";
import { Review } from "./editor/review/review";
import { ownRunsFolder, runsFolderOf } from "./editor/runs/runs-folder";
import { askAboutSecondRequest } from "./editor/runs/second-request";
import { StatusItem } from "./editor/status";
import { SyntaxClient } from "./editor/syntax/syntax-client";
import type { FromPanel } from "./protocol/panel/from-panel";
import { windowClosed } from "./runs/words/outcome-words";
import { adoptRuns } from "./session/history/adopt-runs";
import { HistoryArchive } from "./session/history/history-archive";
import { HistoryFolder } from "./session/history/history-folder";
import { RunHistory } from "./session/history/run-history";
import { showPanelOnce } from "./session/panel/show-panel-once";
import { loadQuietLanguages } from "./session/review/proposal-language";
import { Session } from "./session/session";

/**
 * So long after a window has opened, what the first request needs is loaded: not among all that
 * starts with the window.
 */
const prepareAfterMs = 2_000;

let close: (() => Promise<unknown>) | undefined;

/**
 * Builds the parts by hand and returns at once; nothing slow is awaited. Only tests get the parts.
 */
export function activate(context: ExtensionContext): object | undefined {
  useLanguage(env.language, l10n.bundle);
  const log = window.createOutputChannel("Thinkaloud", { log: true });
  const report: ReportFailure = (failure, retry) =>
    void notify(failure, (told, action) => guard(carryOut)(told, action, { retry }));
  const guard = guardWith(report);
  const runsFolder = runsFolderOf(context);
  const folder = new HistoryFolder(runsFolder, (failure) => report(failure, async () => {}));
  const history = new RunHistory(folder);
  const archive = new HistoryArchive({
    folder,
    path: runsFolder,
    history,
    limitBytes: historyLimitBytes,
  });
  // What is known of languages comes before any proposal is known.
  const loaded = adoptRuns(context.storageUri && ownRunsFolder(context), runsFolder)
    .then(loadQuietLanguages)
    .then(() => history.load());
  const panel = new Panel(context.extensionUri, history, log);
  const earlierRuns = new EarlierRuns(archive, panel, () => review.observe());
  const model = modelParts(context, log, () => panel.reveal(true));
  const carryOut = remediesWith(model.consent, model.modelSetup);
  const grammarsFolder = context.asAbsolutePath("dist/grammars");
  const syntax = new SyntaxClient({
    serverModule: context.asAbsolutePath("dist/server.cjs"),
    grammarsFolder,
    log,
    onMenu: (place) => void session.readAhead(place),
  });
  const checks = editChecks(context, (asked) => panel.whileAsking(asked));
  const pieces = contextParts(context, syntax, log);
  const environment = {
    ...model.asked,
    ...checks.asked,
    ...pieces.asked,
    syntax,
    fileExists: shownPathExists,
    takeFile: async (uri: string, line = 0) => {
      if (!(await pieces.projects.mayShow(Uri.parse(uri, true)))) return undefined;
      const start = { line, character: 0 };
      return await takeTarget({ uri, range: { start, end: start } }, "fix");
    },
    answerLanguage: wantedLanguage,
    keptOrders: new KeptOrders(),
    log,
  };
  const session = new Session({
    environment,
    history,
    front: { takeTarget, makeWay: askAboutSecondRequest, showRun: () => panel.reveal(true) },
  });
  const contracts = new ContractDocuments(session);
  pieces.desk.onList((list) => panel.showContext(list));
  panel.onGone(() => pieces.desk.look(undefined));
  const modelCards = new ModelCards({
    connector: model.connector,
    records: model.cardRecords,
    environment: () => environment,
    isBusy: () => session.assistant.current !== undefined,
  });
  const review = new Review(session, history, loaded);
  const handPlacing = new HandPlacing(session, history);
  const status = new StatusItem(history);

  let namedPlaces: Promise<NamedPlaces> | undefined;
  const places = (): Promise<NamedPlaces> => {
    namedPlaces ??= import("./editor/panel/named-places").then(({ NamedPlaces }) => {
      const loadedPlaces = new NamedPlaces(pieces.projects);
      context.subscriptions.push(loadedPlaces);
      return loadedPlaces;
    });
    return namedPlaces;
  };

  const parts: Parts = {
    ...model,
    ...pieces,
    archive,
    earlierRuns,
    carryOut,
    checks,
    contracts,
    handPlacing,
    history,
    loaded,
    runsFolder,
    log,
    modelCards,
    panel,
    places,
    review,
    session,
    status,
    syntax,
  };
  panel.onMessage(
    guard(async (message: FromPanel) => {
      const { panelReceiver } = await import("./editor/panel/panel-messages");
      await panelReceiver(parts)(message);
    }),
  );
  context.subscriptions.push(
    log,
    archive,
    model.credentials,
    panel,
    pieces.desk,
    pieces.recentPlaces,
    pieces.projects,
    contracts,
    review,
    handPlacing,
    status,
    ...follow(parts, guard),
    ...registerCommands(parts, guard),
    ...nativeChat(parts),
  );
  showPanelOnce(context.globalState, () => panel.reveal(true));
  const prepare = guard(async () => {
    await loaded;
    review.observe();
    await Promise.all([session.assistant.prepare(), model.connector.prepare(), checks.sweep()]);
  });
  const preparing = setTimeout(prepare, prepareAfterMs);
  close = async () => {
    clearTimeout(preparing);
    await session.assistant.stop(windowClosed());
    await history.flush();
    await Promise.all([syntax.dispose(), model.connector.dispose()]);
  };
  return context.extensionMode === ExtensionMode.Test ? parts : undefined;
}

/** Lets the run that goes on write its end, and ends the processes that were started. */
export async function deactivate(): Promise<void> {
  await close?.();
}
