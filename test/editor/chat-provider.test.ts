import { expect, it, onTestFinished, vi } from "vitest";
import type * as vscode from "vscode";
import { ChatProvider } from "../../src/editor/native-chat/chat-provider";
import { coder, never, World } from "../model-setup/connect/connector-world";
import { apiWires } from "../support/api-wires";
import type { Reply } from "../support/fake-wire";

vi.mock("vscode", () => ({
  LanguageModelTextPart: class {
    constructor(readonly value: string) {}
  },
  LanguageModelToolResultPart: class {},
  LanguageModelThinkingPart: undefined,
  LanguageModelChatMessageRole: { User: 1, Assistant: 2 },
  LanguageModelChatToolMode: { Auto: 1, Required: 2 },
  EventEmitter: class {
    event = () => {};
    fire() {}
    dispose() {}
  },
}));

const token = { onCancellationRequested: () => {} } as unknown as vscode.CancellationToken;
const { answer, end, toolCall } = apiWires.ollama;
const saying = (...words: string[]): Reply => ({ steps: [...words.map(answer), end("stop", 90)] });
const tools = [{ name: "readFile", description: "", inputSchema: {} }];

/** What a request of the editor's chat with tools comes to, and what was sent for it. */
async function asked(reply: Reply, toolMode = 1) {
  const world = new World();
  onTestFinished(() => world.end());
  const daemon = await world.daemon({ models: [coder], chat: () => reply });
  await world.connector.look(never);
  const provider = new ChatProvider(world.connector, () => {});
  onTestFinished(() => provider.dispose());
  const { LanguageModelTextPart: Text } = await import("vscode");
  const told = (role: number, text: string) =>
    ({ role, content: [new Text(text)] }) as unknown as vscode.LanguageModelChatRequestMessage;
  let text = "";
  const progress = {
    report: (part: unknown) => {
      text += (part as vscode.LanguageModelTextPart).value;
    },
  };
  const [model] = await provider.provideLanguageModelChatInformation({}, token);
  const working = provider.provideLanguageModelChatResponse(
    model as vscode.LanguageModelChatInformation,
    [told(3, "Call readFile first."), told(1, "Is it right?")],
    { tools, toolMode },
    progress,
    token,
  );
  const failure = await working.then(
    () => undefined,
    (thrown: Error) => thrown.message,
  );
  return { text, failure, sent: daemon.chats().map(({ body }) => body) };
}

it("a model of a chat with tools is told that it has none, and answers in words", async () => {
  const { text, failure, sent } = await asked(saying("Yes."));
  expect([text, failure]).toEqual(["Yes.", undefined]);
  expect(sent[0]).not.toHaveProperty("tools");
  expect(sent[0]?.messages).toMatchObject([
    { role: "system", content: "Call readFile first." },
    {
      role: "user",
      content: expect.stringMatching(/^Is it right\?\n\nNo tool can be called here/),
    },
  ]);
});

it("a model that calls a tool nevertheless is told of, as one that says nothing", async () => {
  const call = await asked({ steps: [toolCall("readFile", "a.py"), end()] });
  expect(call.text).toMatch(/tried to call a tool, readFile/);
  const nothing = await asked(saying());
  expect([nothing.text, nothing.failure]).toEqual(["", expect.stringMatching(/with nothing/)]);
});

it("a request that takes nothing but the call of a tool is refused in words, and not sent", async () => {
  const { failure, sent } = await asked(saying("Yes."), 2);
  expect(failure).toMatch(/answers in words/);
  expect(sent).toEqual([]);
});

it("a base model is not offered to the editor's chat, which may choose one by itself", async () => {
  const world = new World();
  onTestFinished(() => world.end());
  await world.daemon({
    models: [{ name: "gemma3-270m:latest", template: "{{ .Prompt }}" }, coder],
  });
  await world.connector.look(never);
  const provider = new ChatProvider(world.connector, () => {});
  const offered = await provider.provideLanguageModelChatInformation({}, token);
  expect(offered.map(({ id }) => id)).toEqual([coder.name]);
  // Without it the editor's chat lists no model of ours, and refuses `@thinkaloud`.
  expect(offered[0]?.capabilities.toolCalling).toBe(true);
  provider.dispose();
});
