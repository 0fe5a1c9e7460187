import { window } from "vscode";
import type { Failure, FailureReport } from "../../protocol/failure";

/**
 * Tells the person of a failure outside a run: what happened, what to do, and at most one button.
 * Those of a run are in the panel.
 */
export async function notify(
  failure: Failure,
  carryOut: (report: FailureReport) => Promise<void>,
): Promise<void> {
  const { describeFailure } = await import("../../core/describe-failure");
  const report = describeFailure(failure);
  const { title, remedy, button } = report;
  const chosen = await window.showErrorMessage(
    `${title}. ${remedy}`,
    ...(button === undefined ? [] : [button.label]),
  );
  if (chosen !== undefined) await carryOut(report);
}
