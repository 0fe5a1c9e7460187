import type {
  ChatRequest,
  LanguageModel,
  ModelEvent,
  WireChat,
} from "../../src/core/model/language-model";

/** A model that keeps what it was sent, and answers with a sentence. */
export class CapturingModel implements LanguageModel {
  readonly endpoint = "http://127.0.0.1:11434";
  last = "";

  async wire({ messages }: ChatRequest): Promise<WireChat> {
    return { path: "", body: { messages: messages.map((message) => ({ ...message })) } };
  }

  async *chat({ messages }: ChatRequest): AsyncGenerator<ModelEvent, void, void> {
    this.last = messages.map(({ content }) => content).join("\n");
    yield { kind: "answer", text: "It finds what the imports lead to." };
    yield { kind: "done", reason: "stop", metrics: {} };
  }
}
