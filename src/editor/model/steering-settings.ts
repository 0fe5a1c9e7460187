import { workspace } from "vscode";
import type { Steering } from "../../core/run/run-request";
import { parseThinkingBudget } from "../../core/run/steer/thinking-budget";

/**
 * What the person set about thoughts; a value that cannot be used takes its default, and every run
 * says so.
 */
export function readSteering(): Steering {
  const configuration = workspace.getConfiguration("thinkaloud", null);
  const budget = parseThinkingBudget(configuration.get<unknown>("thinkingBudget") ?? "auto");
  const loopGuard = configuration.get<unknown>("loopGuard") ?? "end";
  const isKnown = loopGuard === "end" || loopGuard === "ask" || loopGuard === "off";
  const unread = [
    ...(budget === undefined ? (["thinkingBudget"] as const) : []),
    ...(isKnown ? [] : (["loopGuard"] as const)),
  ];
  return { budget: budget ?? { kind: "auto" }, loopGuard: isKnown ? loopGuard : "end", unread };
}
