import { describe, expect, it } from "vitest";
import { askedOllama, expectNothingPrinted } from "../../../support/asked-model";
import {
  contentLine,
  doneLine,
  errorLine,
  finalCounts,
  thinkingLine,
} from "../../../support/chat-lines";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import type { FakeDaemon } from "../../../support/fake-daemon";
import type { Reply, Step } from "../../../support/fake-wire";
import { pieces } from "../../../support/pieces";

let daemon: FakeDaemon;
const malformed = { kind: "streamBroken", how: "malformed" };
expectNothingPrinted();

/** What comes of a chat that the daemon answers with these packets. */
async function answered(
  steps: Iterable<Step>,
  more: Parameters<typeof chatRequest>[0] = {},
  reply: Omit<Reply, "steps"> = {},
) {
  const models = [{ name: "m", capabilities: ["completion", "thinking"] }];
  const asked = await askedOllama({ models, chat: () => ({ ...reply, steps }) });
  daemon = asked.daemon;
  return collectChat(asked.model, chatRequest(more));
}

describe("the answer of a daemon", () => {
  it("arrives piece by piece and ends with its counts in milliseconds", async () => {
    const { events } = await answered([contentLine("a"), contentLine("b"), doneLine()]);
    expect(events).toEqual([
      { kind: "sent" },
      { kind: "loading" },
      { kind: "answer", text: "a" },
      { kind: "answer", text: "b" },
      {
        kind: "done",
        reason: "stop",
        metrics: { promptTokens: 5, answerTokens: 2, loadMs: 1, promptMs: 2, answerMs: 3 },
      },
    ]);
  });

  it.each([1, 2, 3, 7])(
    "keeps characters whole when packets cut them into %i bytes",
    async (size) => {
      const bytes = Buffer.from(contentLine("schön 🦙 日本") + doneLine());
      expect((await answered(pieces(bytes, size))).answer).toBe("schön 🦙 日本");
    },
  );

  it("is complete when several lines come in one packet, and when the last newline is missing", async () => {
    const all = contentLine("a") + contentLine("b") + doneLine().trimEnd();
    expect(await answered([all])).toMatchObject({ answer: "ab", done: { reason: "stop" } });
  });

  it("ignores blank lines, Windows line ends and a byte-order mark", async () => {
    const all = `\uFEFF${contentLine("a")}\r\n\n   \n${contentLine("b").replace("\n", "\r\n")}${doneLine()}`;
    expect(await answered([all])).toMatchObject({ answer: "ab", done: { reason: "stop" } });
  });

  it("takes back as thought what was closed without being opened, once", async () => {
    const { events, thought, answer } = await answered([
      contentLine("reason"),
      contentLine("ing</think>y"),
      doneLine(),
    ]);
    expect(events.filter((event) => event.kind === "answerWasThought")).toHaveLength(1);
    expect({ thought, answer }).toEqual({ thought: "reasoning", answer: "y" });
  });

  it("shows no thought where the model left it empty", async () => {
    const { events, answer } = await answered([
      contentLine("<think>\n\n</think>\n\nHi"),
      doneLine(),
    ]);
    expect(answer).toBe("Hi");
    expect(events.some((event) => event.kind === "thought")).toBe(false);
  });

  it("takes every tag for text once the daemon marks the thinking", async () => {
    const lines = [thinkingLine("t"), contentLine("a </think> b"), doneLine()];
    expect(await answered(lines)).toMatchObject({ thought: "t", answer: "a </think> b" });
  });

  it("goes on inside the thought that the request left open", async () => {
    const messages = [
      { role: "user", content: "q" } as const,
      { role: "assistant", content: "<think>\nSo far" } as const,
    ];
    const found = await answered(
      [contentLine(" and on.\n</thi"), contentLine("nk>\n\nDone"), doneLine()],
      { messages },
    );
    expect(found).toMatchObject({ thought: " and on.", answer: "Done" });
  });

  it("starts with the answer after a thought that the request closed", async () => {
    const messages = [
      { role: "user", content: "q" } as const,
      { role: "assistant", content: "<think>\nx\n</think>\n\n" } as const,
    ];
    expect(await answered([contentLine("Done"), doneLine()], { messages })).toMatchObject({
      thought: "",
      answer: "Done",
    });
  });

  it("skips lines that are none of the daemon's", async () => {
    const foreign = [
      ...["null\n", "42\n", '"secret text"\n', "[1]\n", "<html>secret</html>\n"],
      ...['data: {"secret":1}\n', ": ping\n", "{}\n"],
    ];
    const steps = [contentLine("a"), ...foreign, contentLine("b"), doneLine()];
    expect(await answered(steps)).toMatchObject({ answer: "ab", done: { reason: "stop" } });
    expect(await answered([...foreign, ...steps])).toMatchObject({
      answer: "ab",
      done: { reason: "stop" },
    });
  });

  it("ends in a failure when a line of it was damaged, since a part of the text is lost", async () => {
    const damaged = '{"message":{"content":"lost\n';
    const found = await answered([contentLine("a"), damaged, contentLine("b"), doneLine()]);
    expect(found).toMatchObject({ answer: "a", failure: malformed });
  });

  it("ends in a failure when its very first line was broken in two", async () => {
    const whole = contentLine("lost");
    const broken = `${whole.slice(0, -20)}\n${whole.slice(-20)}`;
    const found = await answered([broken, contentLine("b"), doneLine()]);
    expect(found).toMatchObject({ answer: "", failure: malformed });
  });

  it.each(["load", "unload"])(
    "that only says the model was changed (%s) is none",
    async (reason) => {
      const found = await answered([doneLine(reason, {})]);
      expect(found.failure).toEqual({ kind: "emptyAnswer", model: "m", notAsked: true });
    },
  );

  it.each([[null], [{ role: "assistant" }], [{ content: null }], [{ content: 7 }], ["text"]])(
    "is not upset by a chunk whose message is %j",
    async (message) => {
      const odd = `${JSON.stringify({ message, done: false, error: null })}\n`;
      expect(await answered([contentLine("a"), odd, doneLine()])).toMatchObject({
        answer: "a",
        done: { reason: "stop" },
      });
    },
  );

  it("has no counts where the daemon gives none", async () => {
    expect((await answered([contentLine("a"), doneLine("stop", {})])).done?.metrics).toEqual({});
  });

  it("comes with a warning when the daemon read far less than was sent", async () => {
    const messages = [{ role: "user", content: "word ".repeat(6_000) } as const];
    const found = await answered(
      [contentLine("a"), doneLine("stop", { ...finalCounts, prompt_eval_count: 2048 })],
      { messages, contextTokens: 8192 },
    );
    expect(found.notices).toEqual([expect.stringContaining("2048 tokens")]);
    const whole = await answered(
      [contentLine("a"), doneLine("stop", { ...finalCounts, prompt_eval_count: 6_010 })],
      { messages, contextTokens: 8192 },
    );
    expect(whole.notices).toEqual([]);
  });

  it("names a tool that the model calls once, however often it calls it", async () => {
    const line = (name: string): string =>
      `${JSON.stringify({ message: { content: "", tool_calls: [{ function: { name } }] } })}\n`;
    const found = await answered([
      line("edit"),
      line("edit"),
      line("run"),
      line("edit"),
      doneLine(),
    ]);
    expect(found.notices.map((text) => /a tool, (\w+)/.exec(text)?.[1])).toEqual(["edit", "run"]);
  });

  it("tells how far the built-in engine is with loading and reading", async () => {
    const progress = (phase: string) =>
      contentLine("", { thinkaloud_progress: { phase, done: 1, total: 4 } });
    const { events } = await answered([
      progress("loading"),
      progress("reading"),
      progress("dreaming"),
      contentLine("a"),
      doneLine(),
    ]);
    expect(events.slice(2, 5)).toEqual([
      { kind: "loading", done: 1, total: 4 },
      { kind: "reading", done: 1, total: 4 },
      { kind: "answer", text: "a" },
    ]);
  });
});

describe("an answer that goes wrong", () => {
  it("reports an error that is an object in its own words", async () => {
    expect((await answered([errorLine({ message: "it broke" })])).failure).toEqual({
      kind: "modelReportedError",
      message: "it broke",
    });
  });

  it("gives out what it held back as a possible tag before it fails", async () => {
    expect(await answered([contentLine("a</thi"), errorLine("x")])).toMatchObject({
      answer: "a</thi",
    });
  });

  it("is incomplete when it ends without being done", async () => {
    const found = await answered([contentLine("a")]);
    expect(found).toMatchObject({ answer: "a", failure: { kind: "streamBroken", how: "ended" } });
    expect((await answered([])).failure).toEqual({ kind: "streamBroken", how: "empty" });
  });

  it("drops the fragment that a reset connection leaves", async () => {
    const found = await answered([
      contentLine("a"),
      contentLine("bcd").slice(0, 80),
      { waitMs: 30 },
      { fault: "reset" },
    ]);
    expect(found).toMatchObject({ answer: "a", failure: { kind: "streamBroken", how: "reset" } });
  });

  it("is incomplete when the connection is closed without an end", async () => {
    const found = await answered([contentLine("a"), { waitMs: 30 }, { fault: "cut" }]);
    expect(found).toMatchObject({ answer: "a", failure: { kind: "streamBroken" } });
  });

  it.each([
    ["the", 31],
    ["\n", 31],
  ])(
    "is recognised as repetition when it stops after the same token (%j) %i times",
    async (token, times) => {
      const lines = Array.from({ length: times }, () => contentLine(token));
      const found = await answered([contentLine("a"), ...lines]);
      expect(found.failure).toEqual({ kind: "repetition", sample: token });
      expect(found.answer).toBe(`a${token.repeat(times)}`);
    },
  );

  it("is stopped when one line of it has no end", async () => {
    function* endless(): Generator<Step> {
      yield '{"message":"';
      for (;;) yield "x".repeat(1024 * 1024);
    }
    expect((await answered(endless())).failure?.kind).toBe("answerTooLong");
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });

  it("is not a daemon's when a web page comes instead", async () => {
    const page = "<!doctype html>\n<html>\n<body>secret</body>\n</html>\n";
    const found = await answered([page], {}, { headers: { "content-type": "text/html" } });
    expect(found.failure).toEqual({
      kind: "notADaemon",
      endpoint: daemon.endpoint,
      found: "HTTP 200, text/html",
      page: true,
    });
  });

  it("is not a daemon's when a page without end comes instead", async () => {
    function* endless(): Generator<Step> {
      for (;;) yield "<p>and on it goes</p>\n".repeat(100);
    }
    expect((await answered(endless())).failure?.kind).toBe("notADaemon");
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });
});
