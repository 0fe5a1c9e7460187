import { describe, expect, it } from "vitest";
import { askedOpenAi } from "../../../support/asked-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import {
  delta,
  events,
  eventsCut,
  type FakeOpenAiServer,
  json,
  type OpenAiScript,
  stop,
} from "../../../support/fake-openai-server";
import type { Reply } from "../../../support/fake-wire";

let server: FakeOpenAiServer;

async function answerTo(reply: Reply, script: OpenAiScript = {}, request = chatRequest()) {
  const asked = await askedOpenAi({ chat: () => reply, ...script });
  server = asked.server;
  return collectChat(asked.model, request);
}

describe("where servers put the thought", () => {
  const thought = "n & (n - 1) drops one bit.";
  const answer = "Use &=.";
  const ways: [string, object[]][] = [
    [
      "a field called reasoning_content",
      [delta({ reasoning_content: thought }), delta({ content: answer })],
    ],
    ["a field called reasoning", [delta({ reasoning: thought }), delta({ content: answer })]],
    [
      "both fields with the same text, which is read once",
      [delta({ reasoning: thought, reasoning_content: thought }), delta({ content: answer })],
    ],
    [
      "parts of the content",
      [
        delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: thought }] }] }),
        delta({ content: [{ type: "text", text: answer }] }),
      ],
    ],
    [
      "marks in the content",
      [
        ...[delta({ content: "<thi" }), delta({ content: `nk>${thought}</think>` })],
        delta({ content: answer }),
      ],
    ],
    [
      "a whole message at once",
      [{ choices: [{ message: { reasoning: thought, content: answer }, finish_reason: "stop" }] }],
    ],
  ];
  it.each(ways)("%s", async (_way, chunks) => {
    const found = await answerTo(events(...chunks, stop()));
    expect(found).toMatchObject({ thought, answer });
    expect(found.done?.reason).toBe("stop");
  });

  it("an edit that is only thought of is never answer, in whatever pieces it comes", async () => {
    const found = await answerTo(
      events(
        delta({ role: "assistant", content: null, reasoning_content: "<<<<<<< SEARCH\na\n" }),
        delta({ content: "", reasoning_content: "=======\nb\n>>>>>>> REPLACE\n" }),
        delta({ content: "No change is needed." }),
        stop(),
      ),
    );
    expect(found.answer).toBe("No change is needed.");
  });

  it("begins with its first line, not with the blank ones behind the mark of a closed thought", async () => {
    const said = (...texts: string[]) =>
      answerTo(events(...texts.map((content) => delta({ content })), stop()));
    const found = await said("\n\n", "    return", " 1\n\n", "\n# b");
    expect(found.answer).toBe("    return 1\n\n\n# b");
    expect(found.events.filter(({ kind }) => kind === "answer")).toHaveLength(3);
    expect((await said("\n\n", " ")).answer).toBe("");
  });

  it("goes on with a begun turn at once, whatever it goes on with", async () => {
    const question = { role: "user", content: "Go on." } as const;
    const messages = [question, { role: "assistant", content: "It is" } as const];
    const reply = events(delta({ content: "\n\n" }), delta({ content: "four." }), stop());
    const found = await answerTo(reply, {}, chatRequest({ messages }));
    expect(found.answer).toBe("\n\nfour.");
  });
});

describe("what an answer took", () => {
  const usage = { prompt_tokens: 832, completion_tokens: 3, total_tokens: 835 };

  it("is told behind the end of the text, with times where the server has them", async () => {
    const timings = { cache_n: 0, prompt_n: 832, prompt_ms: 9303.094, predicted_ms: 94.485 };
    const found = await answerTo(
      events(delta({ content: "ok" }), stop(), { choices: [], usage, timings }),
    );
    expect(found.done?.metrics).toEqual({
      promptTokens: 832,
      answerTokens: 3,
      promptMs: 9303.094,
      answerMs: 94.485,
    });
  });

  it("is the time that was seen to pass where it has none", async () => {
    const found = await answerTo(
      events({ waitMs: 60 }, delta({ content: "o" }), { waitMs: 60 }, stop(), {
        choices: [],
        usage,
      }),
    );
    expect(found.done?.metrics.promptMs).toBeGreaterThanOrEqual(50);
    expect(found.done?.metrics.answerMs).toBeGreaterThanOrEqual(50);
  });

  it("says with a word that fewer tokens were read than were sent", async () => {
    const long = chatRequest({ messages: [{ role: "user", content: "word ".repeat(4_000) }] });
    const found = await answerTo(
      events(delta({ content: "ok" }), stop(), { choices: [], usage }),
      {},
      long,
    );
    expect(found.notices.join()).toMatch(/read only 832 tokens/);
  });
});

describe("how a stream ends", () => {
  it("at a limit, so that the answer is cut off", async () => {
    const found = await answerTo(events(delta({ content: "The" }), stop("length")));
    expect(found.done?.reason).toBe("length");
  });

  it("without [DONE], which gateways swallow, when the reason was told", async () => {
    const found = await answerTo(eventsCut(delta({ content: "ok" }), stop()));
    expect(found).toMatchObject({ answer: "ok", done: { reason: "stop" } });
  });

  it("with a last event that no blank line ends", async () => {
    const last = `data: ${JSON.stringify(stop())}`;
    expect((await answerTo(eventsCut(delta({ content: "ok" }), last))).done?.reason).toBe("stop");
  });

  it("before any reason was told, which loses nothing that came", async () => {
    const found = await answerTo(eventsCut(delta({ content: "The loop <" })));
    expect(found.answer).toBe("The loop <");
    expect(found.failure).toEqual({ kind: "streamBroken", how: "ended" });
  });

  it("with an error in it, in the server's words", async () => {
    const error = { error: { code: 500, message: "the slot was lost", type: "server_error" } };
    const found = await answerTo(eventsCut(delta({ content: "The" }), error));
    expect(found.answer).toBe("The");
    expect(found.failure).toEqual({ kind: "modelReportedError", message: "the slot was lost" });
  });

  it("by a content filter, which is said", async () => {
    const found = await answerTo(events(delta({ content: "The" }), stop("content_filter")));
    expect(found.failure).toMatchObject({ kind: "modelReportedError" });
  });

  it("with half an event, whose text is lost", async () => {
    const found = await answerTo(
      eventsCut(delta({ content: "a" }), 'data: {"choices": [{"del\n\n'),
    );
    expect(found.failure).toMatchObject({ kind: "streamBroken", how: "malformed" });
  });

  it("by the end of the model's turn, although the server would go on", async () => {
    const found = await answerTo(
      eventsCut(delta({ content: "ok<|im_end|>\n" }), delta({ content: "<|im_start|>user" }), {
        waitMs: 60_000,
      }),
    );
    expect(found).toMatchObject({ answer: "ok", done: { reason: "stop" } });
  });
});

describe("what else comes over the wire", () => {
  it("comments, names and numbers of events are nobody's text", async () => {
    const found = await answerTo(
      events(": ping\n\n", "event: message\nid: 7\nretry: 10\n", delta({ content: "ok" }), stop()),
    );
    expect(found).toMatchObject({ answer: "ok", notices: [] });
  });

  it("a comment that runs into an event has damaged it, and its text is not lost without a word", async () => {
    const more = `: ping${JSON.stringify("x")}data: ${JSON.stringify(delta({ content: "and" }))}\n\n`;
    const found = await answerTo(events(delta({ content: "so " }), more, stop()));
    expect(found).toMatchObject({
      answer: "so ",
      failure: { kind: "streamBroken", how: "malformed" },
    });
  });

  it("comments and nothing else are a server that broke off, not a page of something else", async () => {
    const found = await answerTo(eventsCut(": ping\n\n", ": ping\n\n"));
    expect(found.failure).toEqual({ kind: "streamBroken", how: "empty" });
  });

  it("a server that does not stream answers all the same", async () => {
    const message = { role: "assistant", content: "<think>a</think>b" };
    const usage = { prompt_tokens: 9, completion_tokens: 2 };
    const found = await answerTo(json({ choices: [{ message, finish_reason: "stop" }], usage }));
    expect(found).toMatchObject({ thought: "a", answer: "b" });
    expect(found.done?.metrics).toMatchObject({ promptTokens: 9 });
  });

  it("how far the prompt is read is told as progress", async () => {
    const progress = (processed: number) => ({
      ...delta({ role: "assistant", content: null }),
      prompt_progress: { total: 832, cache: 0, processed, time_ms: 1 },
    });
    const found = await answerTo(
      events(progress(0), progress(832), delta({ content: "ok" }), stop()),
      { owner: "llamacpp" },
    );
    expect(found.events.filter(({ kind }) => kind === "reading")).toEqual([
      { kind: "reading", done: 0, total: 832 },
      { kind: "reading", done: 832, total: 832 },
    ]);
    expect(server.fields()[0]).toMatchObject({ return_progress: true });
  });

  it.each([
    [false, "", "It adds.\n\n"],
    [true, "It adds.\n\n", ""],
  ])(
    "a mark behind all that it says closes a thought only where it may think: %s",
    async (think, thought, answer) => {
      const chunks = [..."It adds.|\n\n|</|think|>".split("|")].map((content) =>
        delta({ content }),
      );
      const found = await answerTo(events(...chunks, stop()), {}, chatRequest({ think }));
      expect(found).toMatchObject({ thought, answer });
    },
  );

  it("a tool that the model calls is named once, however many pieces its call has", async () => {
    const call = (fields: object) => delta({ tool_calls: [{ index: 0, function: fields }] });
    const found = await answerTo(
      events(call({ name: "edit", arguments: "" }), call({ arguments: '{"a' }), stop("tool_calls")),
    );
    expect(found.notices).toHaveLength(1);
    expect(found.notices[0]).toMatch(/tried to call a tool, edit/);
  });

  it("the same bytes in pieces of any size give the same text", async () => {
    const bytes = Buffer.from(
      [delta({ reasoning: "Ünïcödé" }), delta({ content: "“ok”" }), stop()]
        .map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`)
        .join(""),
    );
    for (const size of [1, 3, 7]) {
      const steps = function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const headers = { "content-type": "text/event-stream" };
      const found = await answerTo({ headers, steps: steps() });
      expect(found).toMatchObject({ thought: "Ünïcödé", answer: "“ok”" });
    }
  });
});

it("a comment keeps the socket open and is no sign that the model lives", async () => {
  const comments = Array.from({ length: 12 }, () => [{ waitMs: 50 }, ": ping\n\n"]).flat();
  const chat = () => events(...comments, delta({ content: "ok" }), stop());
  const timing = { stallNoticeMs: 150, silenceLimitMs: 400 };
  const { model } = await askedOpenAi({ chat }, { timing });
  const found = await collectChat(model);
  expect(found.events.some(({ kind }) => kind === "stalled")).toBe(true);
  expect(found.failure?.kind).toBe("silent");
});
