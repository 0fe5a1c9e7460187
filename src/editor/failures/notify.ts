import { window } from "vscode";
import type { Failure, FailureReport, RemedyAction } from "../../protocol/failure";

/**
 * Tells the person of a failure outside a run: what happened, what to do, and what does it. Those
 * of a run are in the panel.
 */
export async function notify(
  failure: Failure,
  carryOut: (report: FailureReport, action: RemedyAction) => Promise<void>,
): Promise<void> {
  const { describeFailure } = await import("../../core/describe-failure");
  const report = describeFailure(failure);
  const { title, remedy, button, otherwise } = report;
  const buttons = [button, otherwise].filter((each) => each !== undefined);
  const chosen = await window.showErrorMessage(
    `${title}. ${remedy}`,
    ...buttons.map(({ label }) => label),
  );
  const action = buttons.find(({ label }) => label === chosen)?.action;
  if (action !== undefined) await carryOut(report, action);
}
