import type { CheckName, CheckSaid } from "../../../protocol/checks";
import { canTell, gotWorse, stillFailing } from "../../../runs/compare-checks";
import type { EditedFile, PreparedChecks } from "./checker";

/** A check that has said something of the code as it is. */
export interface ReadyCheck {
  readonly prepared: PreparedChecks;
  readonly name: CheckName;
  readonly before: CheckSaid;
}

/** An edit that makes a run twice as long, and this, most likely never ends. */
const spareMs = 1_000;

/**
 * How many of the cases that should pass fail with an edit, by one short run of what runs code;
 * undefined where one gets worse, or nothing is told. For many edits of which few are any good:
 * nothing of it is told, and what speaks against an edit is believed at once. Throws the signal's
 * own reason.
 */
export async function failuresOf(
  checks: readonly ReadyCheck[],
  edited: readonly EditedFile[],
  signal: AbortSignal,
): Promise<number | undefined> {
  let failures = 0;
  for (const { prepared, name, before } of checks) {
    if (name.kind === "problems" || !canTell({ ...name, before })) continue;
    const limit = AbortSignal.timeout(2 * before.tookMs + spareMs);
    let after: CheckSaid;
    try {
      after = await prepared.run(name.id, edited, AbortSignal.any([signal, limit]));
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
    const check = { ...name, before, after };
    if (after.broken !== undefined || gotWorse([check])) return undefined;
    failures += stillFailing(check).length;
  }
  return failures;
}
