import { FailureError } from "../../src/core/failure-error";
import type { ChatRequest, LanguageModel, ModelEvent } from "../../src/core/model/language-model";
import type { Failure } from "../../src/protocol/failure";

/** A chat as the person sees it at its end. */
export interface CollectedChat {
  readonly events: readonly ModelEvent[];
  readonly thought: string;
  readonly answer: string;
  readonly notices: readonly string[];
  readonly failure?: Failure;
  readonly done?: Extract<ModelEvent, { kind: "done" }>;
}

export function chatRequest(more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "m",
    messages: [{ role: "user", content: "q" }],
    contextTokens: 4096,
    think: true,
    sampling: {},
    ...more,
  };
}

/**
 * Runs a chat to its end and folds its events as the view does. Anything thrown that is no failure
 * is thrown on.
 */
export async function collectChat(
  model: LanguageModel,
  request: ChatRequest = chatRequest(),
  signal: AbortSignal = new AbortController().signal,
): Promise<CollectedChat> {
  const events: ModelEvent[] = [];
  let failure: Failure | undefined;
  try {
    for await (const event of model.chat(request, signal)) events.push(event);
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    failure = thrown.failure;
  }
  let thought = "";
  let answer = "";
  for (const event of events) {
    if (event.kind === "thought") thought += event.text;
    if (event.kind === "answer") answer += event.text;
    if (event.kind === "answerWasThought") {
      thought += answer;
      answer = "";
    }
  }
  const notices = events.flatMap((event) => (event.kind === "notice" ? event.text : []));
  const done = events.find((event) => event.kind === "done");
  return {
    events,
    thought,
    answer,
    notices,
    ...(failure === undefined ? {} : { failure }),
    ...(done === undefined ? {} : { done }),
  };
}
