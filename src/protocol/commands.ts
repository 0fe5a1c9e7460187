import type { Diagnostic, Range } from "./document";
import type { Action } from "./run-events";

/** Command ids, as in the manifest. */
export const commands = {
  explain: "thinkaloud.explain",
  fix: "thinkaloud.fix",
  fixUntilGreen: "thinkaloud.fixUntilGreen",
  fixOutput: "thinkaloud.fixOutput",
  improve: "thinkaloud.improve",
  writeTests: "thinkaloud.writeTests",
  document: "thinkaloud.document",
  ask: "thinkaloud.ask",
  stop: "thinkaloud.stop",
  takeNow: "thinkaloud.takeNow",
  answerNow: "thinkaloud.answerNow",
  thinkAgain: "thinkaloud.thinkAgain",
  accept: "thinkaloud.accept",
  reject: "thinkaloud.reject",
  undo: "thinkaloud.undo",
  openDiff: "thinkaloud.openDiff",
  acceptHunk: "thinkaloud.acceptHunk",
  rejectHunk: "thinkaloud.rejectHunk",
  reviewAll: "thinkaloud.reviewAll",
  nextFile: "thinkaloud.nextFile",
  previousFile: "thinkaloud.previousFile",
  placeHere: "thinkaloud.placeHere",
  chooseModel: "thinkaloud.chooseModel",
  manageDownload: "thinkaloud.manageDownload",
  showModelCard: "thinkaloud.showModelCard",
  useBuiltInEngine: "thinkaloud.useBuiltInEngine",
  enterCredentials: "thinkaloud.enterCredentials",
  searchHistory: "thinkaloud.searchHistory",
  exportHistory: "thinkaloud.exportHistory",
  showSent: "thinkaloud.showSent",
  previewSent: "thinkaloud.previewSent",
  copySent: "thinkaloud.copySent",
  commitMessage: "thinkaloud.commitMessage",
  forgetChecks: "thinkaloud.forgetChecks",
  showLog: "thinkaloud.showLog",
  showPanel: "thinkaloud.showPanel",
} as const satisfies Record<Action, string> & Record<string, string>;

/**
 * What a code action hands to its command; without it the command takes the active editor and its
 * selection.
 */
export interface ActionArguments {
  readonly uri: string;
  readonly range: Range;
  readonly diagnostics?: readonly Diagnostic[];
  readonly question?: string;
}
