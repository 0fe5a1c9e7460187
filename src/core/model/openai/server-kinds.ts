/** How a last turn of the assistant is given to a server so that the model goes on with it. */
export type Continuing =
  /**
   * `continue_final_message`, with the thought inside the text as the model's template writes it.
   */
  | "text"
  /**
   * The same, with the thought in a field of its own where the model's template has a place for
   * one.
   */
  | "fields"
  /** `prefix` on the message. */
  | "prefix"
  /** Not at all: what was written is quoted in the question. */
  | "quoted";

/** What a server is known to do. What nobody knows of it is not asked of it. */
export interface ServerKind {
  /** For the person: "LM Studio". */
  readonly name: string;
  readonly continuing: Continuing;
  /** Whether arguments for the model's template are taken: those switch thinking on and off. */
  readonly takesTemplateArguments?: boolean;
  /** The `reasoning_effort` of a request for no thought at all; absent: it has none. */
  readonly noEffort?: string;
  /** The fields by which no thought at all is asked for, with 0. */
  readonly noBudget?: readonly string[];
  /**
   * The field that says after how many tokens the server ends a thought itself; absent where it is
   * ended better while it goes on, or not at all.
   */
  readonly budget?: string;
  /** Whether it takes `repeat_penalty`, which is about what was written lately. */
  readonly penalisesRepeats?: boolean;
  /**
   * Whether it works on several requests side by side, each with a memory of its own of what it
   * read.
   */
  readonly hasSlots?: boolean;
  /** Whether it tells how far it is with reading the prompt. */
  readonly tellsProgress?: boolean;
  /** Whether a thought can be ended while it goes on. */
  readonly endsThoughts?: boolean;
  /** Whether a gap in a text can be filled in, by a model that was trained for it. */
  readonly fillsGaps?: boolean;
}

export const llamaServer: ServerKind = {
  name: "llama.cpp’s server",
  continuing: "fields",
  takesTemplateArguments: true,
  // The second is what it was called before.
  noBudget: ["thinking_budget_tokens", "reasoning_budget_tokens"],
  penalisesRepeats: true,
  hasSlots: true,
  tellsProgress: true,
  endsThoughts: true,
  fillsGaps: true,
};

export const lmStudio: ServerKind = { name: "LM Studio", continuing: "quoted" };

const unknownServer: ServerKind = { name: "The server", continuing: "quoted" };

/** Servers by the `owned_by` of the models that they list. */
const byOwner: Readonly<Record<string, ServerKind>> = {
  llamacpp: llamaServer,
  vllm: {
    name: "vLLM",
    continuing: "text",
    takesTemplateArguments: true,
    // Refused, by this name, where vLLM was started without a reasoning parser.
    budget: "thinking_token_budget",
  },
  sglang: { name: "SGLang", continuing: "text", takesTemplateArguments: true },
  organization_owner: lmStudio,
  deepseek: { name: "DeepSeek", continuing: "prefix", noEffort: "none" },
  mistralai: { name: "Mistral", continuing: "prefix" },
};

/** What answers, by what it says of its models. @param owners `owned_by` of each of them. */
export function serverKindOf(owners: readonly unknown[]): ServerKind {
  for (const owner of owners) {
    const kind = typeof owner === "string" ? byOwner[owner.toLowerCase()] : undefined;
    if (kind !== undefined) return kind;
  }
  return unknownServer;
}
