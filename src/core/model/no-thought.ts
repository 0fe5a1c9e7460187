import type { ChatMessage, ChatRequest } from "./language-model";

/**
 * How a family of models is told not to think, where an argument for its template does not do it.
 */
type Means =
  /** A word that the model was trained on. */
  | { readonly kind: "word"; readonly text: string; readonly where: "system" | "question" }
  /** Its thought is given to it, empty. */
  | { readonly kind: "emptyThought" };

interface Family {
  readonly names: RegExp;
  readonly means: Means;
  /** An argument for the template does the same, where the server takes one. */
  readonly orArgument?: true;
}

const word = (text: string, where: "system" | "question"): Means => ({ kind: "word", text, where });

/**
 * The first that fits counts. What is not here is told by an argument, or cannot be told at all.
 */
const families: readonly Family[] = [
  {
    names: /\br1\b|step-?3|kimi-k2-thinking|magistral|ministral.*reasoning|apriel/i,
    means: { kind: "emptyThought" },
  },
  { names: /smollm-?3/i, means: word("/no_think", "system"), orArgument: true },
  { names: /nemotron.*v1(?![._]\d)/i, means: word("detailed thinking off", "system") },
  { names: /nemotron/i, means: word("/no_think", "system") },
  { names: /qwen-?3(?![.\d])/i, means: word("/no_think", "question"), orArgument: true },
  { names: /glm-?5\.3-?flash/i, means: { kind: "emptyThought" } },
  { names: /glm-?(?:4\.[5-7]|5\.3)/i, means: word("/nothink", "question"), orArgument: true },
];

/** What a server does for it by itself. */
export interface ServerMeans {
  /** It takes an argument for the model's template. */
  readonly takesArguments: boolean;
  /** It goes on with a turn that was begun. */
  readonly goesOn: boolean;
}

/** A begun turn whose thought is over before it began. */
export const emptyThought: ChatMessage = {
  role: "assistant",
  content: "<think>\n\n</think>\n\n",
};

/**
 * The request of somebody who wants no thought, by the means of the model's family. A request that
 * is to think, or whose last turn is the model's own, stays as it is.
 */
export function withoutThought(request: ChatRequest, server: ServerMeans): ChatRequest {
  const { messages } = request;
  const last = messages.at(-1);
  if (request.think !== false || last?.role !== "user") return request;
  const family = families.find(({ names }) => names.test(request.model));
  if (family === undefined || (family.orArgument === true && server.takesArguments)) return request;
  const { means } = family;
  if (means.kind === "emptyThought")
    return server.goesOn && request.closesTurns !== true
      ? { ...request, messages: [...messages, emptyThought] }
      : request;
  if (means.where === "question") {
    const asked = { ...last, content: `${last.content}\n\n${means.text}` };
    return { ...request, messages: [...messages.slice(0, -1), asked] };
  }
  const [first, ...others] = messages;
  const told: readonly ChatMessage[] =
    first?.role === "system"
      ? [{ ...first, content: `${means.text}\n${first.content}` }, ...others]
      : [{ role: "system", content: means.text }, ...messages];
  return { ...request, messages: told };
}
