import type { Assistant } from "../../core/run/assistant";
import type { FromPanel } from "../../protocol/panel";
import type { RunHistory } from "../../session/history/run-history";

type SteeringKind = "answerNow" | "thinkLonger" | "letGoOn" | "hint" | "beginAnew";
export type SteeringMessage = Extract<FromPanel, { kind: SteeringKind }>;

/** Does to a thought what the person wishes, in this window or in the one whose run it is. A click that comes late does nothing. */
export async function steer(
  message: SteeringMessage,
  assistant: Assistant,
  history: RunHistory,
): Promise<void> {
  const { runId } = message;
  const isHere = assistant.current?.runId === runId;
  if (message.kind === "hint") {
    if (isHere) assistant.hint(message.text);
    else await history.leaveHint(runId, message.text);
    if (message.anew) await steer({ kind: "beginAnew", runId }, assistant, history);
  } else if (isHere) {
    assistant[message.kind]();
  } else {
    await history.wish(runId, message.kind);
  }
}
