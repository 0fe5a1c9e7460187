import type { Proposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import type { ChatRequest, SamplesRequest } from "../../model/language-model";
import { buildPrompt } from "../../prompt/build-prompt";
import { messageOf } from "../../prompt/prompt";
import { type Asking, samplingFor } from "../asking/ask-model";
import { type SealedPrompt, sealPrompt } from "../asking/seal-prompt";
import type { ProposeFacts } from "../edits/propose";
import { addMetrics } from "../metrics";
import { askedPart, restText } from "../steer/rest-watch";
import { attemptEvent } from "../telling";
import {
  type AttemptFacts,
  type Course,
  groundOf,
  promptOfAttempt,
  type Step,
  stepOfSample,
} from "./attempt";

/** An answer that was read, as soon as it is whole; or an edit of one line that was filled in. */
export interface SampledStep {
  readonly kind: "sampled";
  readonly step: Step | { readonly kind: "line"; readonly proposal: Proposal };
}

/**
 * Beside what the prompt shows, which an answer gives back changed, there may be words around it.
 */
const wordsTokens = 256;

/**
 * How many answers the model may be asked for at once. A thought is steered and limited while it
 * goes on, which is not there for several at once; and an answer that is no edit is asked for once.
 */
export function answersTogether({ asking, request }: Course): number {
  const { connection } = asking;
  if (connection.think || request.action === "ask") return 1;
  return connection.model.samples === undefined ? 1 : (connection.model.together ?? 1);
}

/**
 * Asks for several answers to one prompt. They are told one after the other, each when it is whole,
 * so that the first good one ends the others: leaving the loop does. No answer goes back for
 * repair, since another one is on its way.
 */
export async function* attemptTogether(
  course: Course,
  facts: AttemptFacts,
  count: number,
): AsyncGenerator<RunEvent | SampledStep, void, void> {
  const { asking } = course;
  const { secrets } = course.environment;
  const prompt = await sealPrompt(buildPrompt(promptOfAttempt(course, facts)), secrets);
  const ground = groundOf(course, prompt);
  const { model } = asking.connection;
  const { stopped } = asking.interventions;
  const request = { ...requestOf(prompt, asking, facts.number), ...ending(prompt, ground) };
  const samples = model.samples?.(request, count, stopped);
  if (samples === undefined) return;
  yield attemptEvent(facts.reason, { text: messageOf(prompt.parts) });
  yield {
    kind: "notice",
    text: `Up to ${count} more answers follow, over one reading of the request.`,
  };
  let ended = 0;
  for await (const event of samples) {
    switch (event.kind) {
      case "sent":
      case "loading":
      case "reading":
        yield {
          kind: "phase",
          at: Date.now(),
          phase: event.kind === "sent" ? "reading" : event.kind,
        };
        break;
      case "writing":
        yield { kind: "phase", at: Date.now(), phase: "answering" };
        yield { kind: "progress", phase: "answering", done: ended, total: count };
        break;
      case "sample": {
        if (ended++ > 0) yield attemptEvent("Another of these answers is whole.");
        if (event.thought !== "") yield { kind: "thought", text: event.thought };
        yield { kind: "answer", text: event.answer };
        yield { kind: "phase", at: Date.now(), phase: "checking" };
        const step = await stepOfSample({ ...event, metrics: {} }, prompt, ground, course);
        stopped.throwIfAborted();
        yield { kind: "sampled", step };
        break;
      }
      case "stalled":
        break;
      case "notice":
        yield event;
        break;
      case "done":
        asking.metrics = addMetrics(asking.metrics, event.metrics);
        break;
      default:
        event satisfies never;
    }
  }
}

/**
 * Nobody watches these answers, so the server ends one that goes on with the file behind what was
 * asked for.
 */
function ending(prompt: SealedPrompt, { target }: ProposeFacts): Pick<SamplesRequest, "stop"> {
  const asked = askedPart(prompt, target);
  const rest = asked && restText(asked);
  return rest === undefined ? {} : { stop: [rest] };
}

function requestOf(prompt: SealedPrompt, { connection }: Asking, attempt: number): ChatRequest {
  const room = Math.max(wordsTokens, connection.contextTokens - prompt.tokens);
  const maxTokens = Math.min(room, prompt.tokens + wordsTokens);
  return {
    model: connection.name,
    messages: prompt.messages,
    contextTokens: connection.contextTokens,
    think: connection.think,
    sampling: { ...samplingFor(connection, attempt), maxTokens },
    keepAlive: connection.keepAlive,
    allowedCloudModels: connection.allowedCloudModels,
  };
}
