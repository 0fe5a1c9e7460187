import { expect, it, onTestFinished, vi } from "vitest";
import type { CancellationToken } from "vscode";
import { ChatProvider } from "../../src/editor/native-chat/chat-provider";
import { coder, never, World } from "../model-setup/connect/connector-world";

vi.mock("vscode", () => ({
  EventEmitter: class {
    event = () => {};
    fire() {}
    dispose() {}
  },
}));

it("a base model is not offered to the editor's chat, which may choose one by itself", async () => {
  const world = new World();
  onTestFinished(() => world.end());
  await world.daemon({
    models: [{ name: "gemma3-270m:latest", template: "{{ .Prompt }}" }, coder],
  });
  await world.connector.look(never);
  const provider = new ChatProvider(world.connector, () => {});
  const token = { onCancellationRequested: () => {} } as unknown as CancellationToken;
  const offered = await provider.provideLanguageModelChatInformation({}, token);
  expect(offered.map(({ id }) => id)).toEqual([coder.name]);
  // Without it the editor's chat lists no model of ours, and refuses `@thinkaloud`.
  expect(offered[0]?.capabilities.toolCalling).toBe(true);
  provider.dispose();
});
