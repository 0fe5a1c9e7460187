import { workspace } from "vscode";
import type { Log } from "../../core/log";
import type { Steering } from "../../core/run/run-request";
import { parseThinkingBudget } from "../../core/run/steer/thinking-budget";

/**
 * What the person set about thoughts; a value that cannot be used takes its default and is named in
 * the log.
 */
export function readSteering(log: Log): Steering {
  const configuration = workspace.getConfiguration("thinkaloud", null);
  const budget = parseThinkingBudget(configuration.get<unknown>("thinkingBudget") ?? "auto");
  const loopGuard = configuration.get<unknown>("loopGuard") ?? "end";
  const isKnown = loopGuard === "end" || loopGuard === "ask" || loopGuard === "off";
  if (budget === undefined)
    log.warn('The setting "thinkingBudget" is no time and no number of tokens; "auto" is used.');
  if (!isKnown) log.warn('The setting "loopGuard" must be one of end, ask, off; "end" is used.');
  return { budget: budget ?? { kind: "auto" }, loopGuard: isKnown ? loopGuard : "end" };
}
