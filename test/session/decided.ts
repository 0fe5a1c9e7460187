import { hunksOf } from "../../src/core/edit/hunks";
import { FailureError } from "../../src/core/failure-error";
import type { FileProposal } from "../../src/protocol/proposal";
import type { RunHistory } from "../../src/session/history/run-history";

/** An edit of a file of the folder `/p`; of one that is to be new where there is nothing yet. */
export function edit(path: string, base: string, proposed: string): FileProposal {
  const found = { match: "exact", syntax: "unknown", notices: [] } as const;
  return {
    ...{ uri: `file:///p/${path}`, path, languageId: "plaintext" },
    change: base === "" ? "create" : "edit",
    ...{ base, proposed, hunks: hunksOf(base, proposed), ...found },
  };
}

/** What was decided in a run, in order: of blocks as `file/block state`. */
export function statesIn(history: RunHistory, runId = "run"): string[] {
  return history.eventsOf(runId).flatMap((event) => {
    if (event.kind === "proposalState") return event.state;
    return event.kind === "hunkState" ? `${event.fileIndex}/${event.block} ${event.state}` : [];
  });
}

export async function failureOf(work: Promise<unknown>): Promise<string | undefined> {
  return await work.then(
    () => undefined,
    (thrown) => (thrown instanceof FailureError ? thrown.failure.kind : String(thrown)),
  );
}
