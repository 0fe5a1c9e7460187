import { lastAnswer } from "../../runs/last-answer";
import type { RunPart, RunState } from "../../runs/run-state";
import type { ChatMessage } from "../model/language-model";

/** What was said before a follow-up, as it was sent and answered, without the reasoning. */
export interface Conversation {
  /** Question and answer by turns, oldest first: byte for byte what the model has read already. */
  readonly messages: readonly ChatMessage[];
  /**
   * What became of the last answer's edit, in a sentence for the model; absent where there was
   * none.
   */
  readonly since?: string;
}

/**
 * The talk that led to a follow-up. A run that was never sent or never answered is no turn of it.
 * @param runs the runs of the talk, oldest first.
 * @returns undefined when nothing was said.
 */
export function conversationOf(runs: readonly RunState[]): Conversation | undefined {
  const messages = runs.flatMap((run): readonly ChatMessage[] => {
    const question = run.sent?.prompt;
    const answer = lastAnswer(run);
    if (question === undefined || answer === undefined) return [];
    return [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ];
  });
  const last = runs.at(-1);
  if (messages.length === 0 || last === undefined) return undefined;
  const since = whatBecameOf(last);
  return since === undefined ? { messages } : { messages, since };
}

function whatBecameOf({ parts }: RunState): string | undefined {
  const proposal = parts.findLast((part) => part.kind === "proposal");
  if (proposal?.kind === "proposal") return decisionOn(proposal);
  return parts.some((part) => part.kind === "unplaced" && !part.placed)
    ? "Your edit fits nowhere in the file, so it was not made."
    : undefined;
}

function decisionOn({ state, blocks }: Extract<RunPart, { kind: "proposal" }>): string {
  const decided = Object.values(blocks);
  switch (state) {
    case "accepted":
      return decided.some((each) => each !== "accepted")
        ? "I took a part of your edit into the file."
        : "I took your edit into the file.";
    case "rejected":
      return "I did not take your edit.";
    case "undone":
      return "I took your edit into the file, and undid that again.";
    case "open":
      return "I have not taken your edit yet.";
    case "conflict":
      return "I changed the same lines myself, so your edit was not made.";
    default:
      return state satisfies never;
  }
}
