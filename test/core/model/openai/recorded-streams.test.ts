import { afterEach, describe, expect, it } from "vitest";
import { OpenAiModel } from "../../../../src/core/model/openai/openai-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../../support/fake-daemon";
import { recording, replay } from "../../../support/recorded-stream";

let server: FakeDaemon;
afterEach(() => server.close());

/** The models of the recorded server; the one that was asked is listed by its file there. */
const listed = replay(recording("models", "openai"));
const model = "/models/coder-1.5b.gguf";

async function chatReplayed(name: string, pieceBytes?: number) {
  const recorded = recording(name, "openai");
  server = await startFakeDaemon({
    reply: ({ path }) => {
      if (path === "/v1/models") return listed;
      const isChat = path === recorded.request.path;
      return isChat ? replay(recorded, pieceBytes) : { status: 404, steps: [] };
    },
  });
  const messages = (recorded.request.body.messages ?? []).map(({ role, content }) => ({
    role: role as "user",
    content,
  }));
  const client = new OpenAiModel({ endpoint: `${server.endpoint}/v1` });
  return collectChat(client, chatRequest({ model, messages }));
}

/** The text of all chunks, straight from the recording. */
function written(name: string): string {
  return recording(name, "openai")
    .response.lines.flatMap(({ text }) =>
      text.startsWith("data: {")
        ? (JSON.parse(text.slice(6)) as { choices: { delta: { content?: string } }[] }).choices
        : [],
    )
    .map(({ delta }) => delta.content ?? "")
    .join("");
}

describe("what a real llama.cpp server wrote", () => {
  describe.each([undefined, 1, 7, 1_000])("in packets of %s bytes", (pieceBytes) => {
    it("goes on in the thought that was given to it, and is not told again what it was given", async () => {
      const { thought, answer, done } = await chatReplayed("chat-prefill-open", pieceBytes);
      const given = recording("chat-prefill-open", "openai").request.body.messages?.at(-1)?.content;
      expect(given).toMatch(/^<think>/);
      const [before = "", after = ""] = written("chat-prefill-open").split("</think>");
      expect(`${given}${thought}`.trimEnd()).toBe(before.trimEnd());
      expect(answer).toBe(after.trimStart());
      expect(done).toMatchObject({ reason: "stop", metrics: { promptTokens: 116 } });
    });

    it("is cut off at the limit, character for character", async () => {
      const { answer, done } = await chatReplayed("chat-length", pieceBytes);
      expect(answer).toBe(written("chat-length"));
      expect(done).toMatchObject({ reason: "length", metrics: { answerTokens: 15 } });
    });

    it("tells how far the prompt is read before its first word", async () => {
      const { events, answer } = await chatReplayed("chat-progress", pieceBytes);
      expect(answer).toBe(written("chat-progress"));
      const read = events.flatMap((event) => (event.kind === "reading" ? [event.done] : []));
      expect(read).toEqual([0, 832]);
      expect(events.findIndex(({ kind }) => kind === "answer")).toBeGreaterThan(
        events.findLastIndex(({ kind }) => kind === "reading"),
      );
    });

    it("is kept where the connection ended in the middle", async () => {
      const { answer, failure } = await chatReplayed("chat-client-cut", pieceBytes);
      expect(answer).toBe(written("chat-client-cut"));
      expect(failure).toMatchObject({ kind: "streamBroken", how: "ended" });
    });
  });

  it.each([
    ["chat-too-long", { kind: "contextOverflow", promptTokens: 6_030, contextTokens: 4_096 }],
    ["chat-bad-json", { kind: "serverError", status: 500 }],
  ])("is understood when it refuses: %s", async (name, failure) => {
    expect((await chatReplayed(name)).failure).toMatchObject(failure);
  });

  it("names its model, what it is and how much of its window is there", async () => {
    server = await startFakeDaemon({ reply: () => listed });
    const client = new OpenAiModel({ endpoint: `${server.endpoint}/v1` });
    expect((await client.list()).map(({ name }) => name)).toEqual([model]);
    expect(await client.describe(model)).toMatchObject({ configuredContextTokens: 4_096 });
  });
});
