import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { defined } from "../base/defined";
import { t } from "../base/l10n";
import { ProjectChecker } from "../checks/project-checker";
import { noChoices } from "../core/context/select-pieces";
import { describeFailure } from "../core/describe-failure";
import { failureOf } from "../core/failure-error";
import type { Log } from "../core/log";
import { answerLanguage } from "../core/prompt/answer-language";
import { defaultExtraTokens } from "../core/prompt/budget/extra-tokens";
import { defaultGreenLimits } from "../core/run/checks/checker";
import { thinkaloudFolders } from "../model-setup/folders";
import { StoredRecords, tokenCounts } from "../model-setup/records/stored-records";
import type { RunEvent } from "../protocol/run-events";
import { gotWorse, isGreen } from "../runs/compare-checks";
import { proposalsIn } from "../runs/run-lists";
import type { RunState } from "../runs/run-state";
import { RunHistory } from "../session/history/run-history";
import { Session } from "../session/session";
import { Grammars } from "../syntax/grammars";
import { createSyntaxSource } from "../syntax/syntax-source";
import { type CliArguments, parseArguments, usage } from "./arguments";
import { speakAsTerminal, terminalLanguage } from "./display-language";
import { FileReview } from "./file-review";
import { onInterrupt } from "./interrupt";
import { modelConnector } from "./model-connector";
import { Outlet } from "./outlet";
import { projectContext } from "./project-context";
import { RecordFile } from "./record-file";
import { Reporter } from "./reporter";
import { readSourceFile, type SourceFile } from "./source-file";
import { unifiedDiff } from "./unified-diff";

/** As shells have it for a program that was interrupted. */
const exitCodes = {
  proposal: 0,
  nothing: 1,
  failure: 2,
  worse: 3,
  notGreen: 4,
  stopped: 130,
} as const;

/**
 * `npm run fix`: asks for a fix of one file. @returns the exit code, with everything written. Never
 * throws.
 */
export async function commandLine(words: readonly string[]): Promise<number> {
  speakAsTerminal(process.env, join(__dirname, "l10n"));
  const stop = new AbortController();
  // A reader that left hears nothing of what would still come.
  const out = new Outlet(process.stdout, () => stop.abort());
  const told = new Outlet(process.stderr, () => {});
  const reporter = new Reporter(told, process.stderr.isTTY === true && !process.env["NO_COLOR"]);
  onInterrupt(() => {
    if (stop.signal.aborted) process.exit(exitCodes.stopped);
    stop.abort();
  });
  const code = await answer(words, out, reporter, stop.signal);
  await Promise.all([out.flush(), told.flush()]);
  return code;
}

async function answer(
  words: readonly string[],
  out: Outlet,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<number> {
  const request = parseArguments(words);
  if (request === "help") {
    out.write(`${usage()}\n`);
    return exitCodes.proposal;
  }
  if (typeof request === "string") {
    reporter.line(`${request}\n\n${usage()}`);
    return exitCodes.failure;
  }
  const hear = (event: RunEvent): void => {
    if (request.json) out.write(`${JSON.stringify(event)}\n`);
    reporter.hear(event);
  };
  try {
    return await carryOut(request, hear, out, reporter, signal);
  } catch (thrown) {
    // In the same words and the same stream as a failure of the run itself.
    hear({ kind: "failed", at: Date.now(), report: describeFailure(failureOf(thrown)) });
    return exitCodes.failure;
  }
}

async function carryOut(
  request: CliArguments,
  hear: (event: RunEvent) => void,
  out: Outlet,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<number> {
  const source = await readSourceFile(request.file, request.line);
  const { run, session } = await runOnce(request, source, hear, reporter, signal);
  const end = run?.end;
  if (run === undefined || end === undefined)
    throw new Error("the run ended without its last event");
  switch (end.kind) {
    case "failed":
      return exitCodes.failure;
    case "finished": {
      if (end.outcome === "stopped") return exitCodes.stopped;
      const proposal = proposalsIn([run]).at(-1)?.proposal;
      if (proposal === undefined) return exitCodes.nothing;
      // The diff first: if the file cannot be written, the change is still to be had.
      if (!request.json)
        out.write(proposal.files.map((file) => unifiedDiff(file, source.prefix)).join(""));
      if (gotWorse(proposal.checks ?? [])) {
        reporter.line(t("Something that was checked gets worse with this change."));
        return exitCodes.worse;
      }
      if (request.write) {
        const review = new FileReview({
          asked: source,
          folder: projectFolder(source),
          named: request.guarded,
        });
        await (await session.decideWith(review)).accept(proposal.id);
      }
      return run.started?.untilGreen && !isGreen(proposal.checks ?? [])
        ? exitCodes.notGreen
        : exitCodes.proposal;
    }
    default:
      return end satisfies never;
  }
}

/** The working folder, or the file's own where it is elsewhere. */
function projectFolder({ absolutePath, target }: SourceFile): string {
  return isAbsolute(target.path) ? dirname(absolutePath) : process.cwd();
}

interface FinishedRun {
  readonly run: RunState | undefined;
  readonly session: Session;
}

async function runOnce(
  { ask, problem, model, endpoint, check, contextTokens = defaultExtraTokens }: CliArguments,
  source: SourceFile,
  hear: (event: RunEvent) => void,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<FinishedRun> {
  const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => reporter.line(message) };
  const connector = modelConnector({ model, endpoint, log });
  const history = new RunHistory(undefined);
  const grammars = new Grammars(join(__dirname, "grammars"));
  // The trees of other files must not push out the file's own.
  const project = projectContext(source.absolutePath, createSyntaxSource(grammars));
  const session = new Session({
    environment: {
      connect: (limited) => connector.connect(limited),
      syntax: createSyntaxSource(grammars),
      ...project,
      contextWishes: () => ({ extraTokens: contextTokens, choices: noChoices }),
      fileExists: async (path) => existsSync(path),
      answerLanguage: () => answerLanguage("", terminalLanguage(process.env) ?? "en"),
      tokenCounts: new StoredRecords(
        new RecordFile(join(thinkaloudFolders().cache, "records.json")),
        tokenCounts,
      ),
      // Naming it is the person's yes.
      ...(check === undefined
        ? {}
        : {
            checkers: [
              new ProjectChecker({
                kept: join(thinkaloudFolders().cache, "checks"),
                openedFolder: () => process.cwd(),
                ...defined({ testWords: check.testWords }),
              }),
            ],
            tries: () => check.tries,
            greenLimits: () => check.untilGreen ?? defaultGreenLimits,
          }),
      log,
    },
    history,
    front: {
      takeTarget: async () => source.target,
      makeWay: async () => "wait",
      showRun() {},
    },
  });
  history.subscribe((_runId, _seq, event) => hear(event));
  const stop = (): void => void session.say({ kind: "stop" });
  signal.addEventListener("abort", stop);
  try {
    if (check?.untilGreen !== undefined) await session.fixUntilGreen(undefined, problem ?? ask);
    else await session.start(ask === undefined ? "fix" : "ask", undefined, ask ?? problem);
    if (signal.aborted) stop();
    await session.assistant.idle();
  } finally {
    signal.removeEventListener("abort", stop);
    await connector.dispose();
  }
  return { run: history.states.at(-1), session };
}
