import { isRecord } from "../../base/guards";
import type { ChatRequest, ModelEvent } from "./language-model";

/** No tokenizer makes so few tokens of code or prose: fewer were read than were sent. */
const sparsestCharactersPerToken = 7;

const toolCallCharacters = 2_000;

/**
 * What to tell when the server says that it read less than was sent; undefined when all is well.
 */
export function tooLittleRead(
  request: ChatRequest,
  readTokens: number | undefined,
): ModelEvent | undefined {
  const sent = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  if (readTokens === undefined || readTokens >= Math.floor(sent / sparsestCharactersPerToken))
    return undefined;
  return {
    kind: "notice",
    text: `The server read only ${readTokens} tokens of a prompt of about ${Math.round(sent / 4)}. It may have left out part of what was sent without saying so, so check the answer with more care.`,
  };
}

/**
 * Thinkaloud offers no tools; a model that calls one anyway has written something that the person
 * should see.
 */
export function toolCallNotice(call: unknown): ModelEvent {
  const called = isRecord(call) && isRecord(call["function"]) ? call["function"] : {};
  const name =
    typeof called["name"] === "string" && called["name"] !== "" ? called["name"] : "unnamed";
  const given = JSON.stringify(called["arguments"] ?? {}).slice(0, toolCallCharacters);
  return {
    kind: "notice",
    text: `The model tried to call a tool, ${name}, with ${given}. Thinkaloud gave it none, so nothing was run.`,
  };
}
