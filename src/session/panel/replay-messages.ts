import type { ToPanel } from "../../protocol/panel/to-panel";
import type { StoredRun } from "../history/history-folder";

/** So many runs are taken in at once: more of them would keep the page from answering meanwhile. */
const runsAtOnce = 20;

/**
 * All runs as the messages that show them anew, to be sent one right after the other.
 * @param areAll whether there are no others, such as runs of earlier windows that are not read yet.
 */
export function replayMessages(runs: readonly StoredRun[], areAll = true): readonly ToPanel[] {
  const parts: ToPanel[] = [];
  for (let from = 0; from === 0 || from < runs.length; from += runsAtOnce) {
    const part = runs.slice(from, from + runsAtOnce);
    parts.push({
      kind: "replay",
      runs: part.map(({ runId, events }) => ({ runId, seq: 0, events })),
      ...(from + runsAtOnce < runs.length ? { more: true } : {}),
      ...(areAll ? {} : { unread: true }),
    });
  }
  return parts;
}
