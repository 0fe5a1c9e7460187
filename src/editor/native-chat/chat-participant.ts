import type * as vscode from "vscode";
import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import { failureOf } from "../../core/failure-error";
import { commands } from "../../protocol/commands";
import type { RunEvent } from "../../protocol/run-events";
import { actionOf } from "../../runs/slash-commands";
import { outcomeTitle } from "../../runs/words/outcome-words";
import { phaseWords } from "../../runs/words/phase-words";
import type { RunHistory } from "../../session/history/run-history";
import type { Session } from "../../session/session";

/** As in the manifest. */
export const participantId = "thinkaloud.chat";

/**
 * Answers `@thinkaloud` in the editor's own chat with a run like any other: what it proposes is
 * reviewed as a diff.
 */
export function chatParticipant(session: Session, history: RunHistory): vscode.ChatRequestHandler {
  return async (request, _context, stream, token) => {
    const action = actionOf(request.command ?? "") ?? "ask";
    const question = request.prompt.trim();
    try {
      // The panel stands where the chat does in most windows, and would hide it.
      const asked = question === "" ? undefined : question;
      const runId = await session.start(action, undefined, asked, true);
      if (runId === undefined) return {};
      const stop = (): void => void session.say({ kind: "stop" }, runId);
      const stopped = token.onCancellationRequested(stop);
      if (token.isCancellationRequested) stop();
      try {
        return await tell(runId, history, stream);
      } finally {
        stopped.dispose();
      }
    } catch (thrown) {
      const { describeFailure } = await import("../../core/describe-failure");
      const { title, remedy } = describeFailure(failureOf(thrown));
      return { errorDetails: { message: `${title}. ${remedy}` } };
    }
  };
}

/** Tells a run in the chat until it is over. */
function tell(
  runId: string,
  history: RunHistory,
  stream: vscode.ChatResponseStream,
): Promise<vscode.ChatResult> {
  return new Promise((resolve) => {
    const seen = (event: RunEvent): void => {
      const end = tellEvent(event, stream);
      if (end === undefined) return;
      unsubscribe();
      resolve(end);
    };
    const unsubscribe = history.subscribe((id, _seq, event) => {
      if (id === runId) seen(event);
    });
    for (const event of [...history.eventsOf(runId)]) seen(event);
  });
}

/** @returns what the chat is told at the run's end; undefined before. */
function tellEvent(
  event: RunEvent,
  stream: vscode.ChatResponseStream,
): vscode.ChatResult | undefined {
  switch (event.kind) {
    case "phase":
      stream.progress(phaseWords(event.phase));
      return undefined;
    case "answer":
      stream.markdown(event.text);
      return undefined;
    case "proposal":
      stream.button({ command: commands.openDiff, title: t("Review the Change") });
      return undefined;
    case "attempt":
      // What was said before is no part of what comes now.
      stream.markdown("\n\n---\n\n");
      stream.progress(inWords(event.reason));
      return undefined;
    case "unplaced":
      stream.markdown(paragraph(inWords(event.edit.reason)));
      stream.button({ command: commands.showPanel, title: t("Place It in the Panel") });
      return undefined;
    case "finished":
      tellOutcome(event, stream);
      return {};
    case "failed":
      return { errorDetails: { message: `${event.report.title}. ${event.report.remedy}` } };
    default:
      return undefined;
  }
}

/** An answer without a change may have a reason, too. */
function tellOutcome(
  { outcome, detail }: Extract<RunEvent, { kind: "finished" }>,
  stream: vscode.ChatResponseStream,
): void {
  const title = outcomeTitle(outcome, detail);
  if (title !== undefined) stream.markdown(paragraph(`**${title}**`));
  if (detail !== undefined) stream.markdown(paragraph(inWords(detail)));
}

function paragraph(text: string): string {
  return `\n\n${text}\n\n`;
}
