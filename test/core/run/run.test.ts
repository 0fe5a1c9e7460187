import { describe, expect, it } from "vitest";
import { FailureError } from "../../../src/core/failure-error";
import type { RunEvent } from "../../../src/protocol/run-events";
import { contentLine, doneLine, errorLine, thinkingLine } from "../../support/chat-lines";
import type { Reply } from "../../support/fake-wire";
import {
  block,
  code,
  endOf,
  fixed,
  kinds,
  noGrammar,
  proposalIn,
  proposalOf,
  RunWorld,
  reasonsIn,
  rewritten,
  targetIn,
  textOf,
} from "./run-world";

let world: RunWorld;

describe("a run", () => {
  it("tells what happens in the order in which it happens", async () => {
    world = await RunWorld.start(
      { thinking: "Minus is wrong.", answer: rewritten(fixed) },
      { thinks: true },
    );
    const events = await world.all();
    const told = kinds(events).filter((kind) => kind !== "loading" && kind !== "reading");
    expect(told).toEqual([
      "started",
      "connecting",
      "model",
      "sent",
      "thinkingLimit",
      "thinking",
      "thought",
      "answering",
      "answer",
      "draft",
      "answer",
      "checking",
      "proposal",
      "finished",
    ]);
    expect(proposalOf(events)).toBe(fixed);
    expect(textOf(events, "thought")).toBe("Minus is wrong.");
  });

  it("is loading until the daemon lists the model, and reading from then on", async () => {
    let tellLoaded: () => void = () => {};
    const loaded = new Promise<void>((resolve) => {
      tellLoaded = resolve;
    });
    let asked = 0;
    world = await RunWorld.start({
      models: [{ name: "deepseek-r1:1.5b", loadMs: 1_500 }],
      reply: (request) => {
        if (request.path !== "/api/ps") return undefined;
        tellLoaded();
        const models =
          ++asked > 1 ? [{ name: "deepseek-r1:1.5b", size: 1, context_length: 4096 }] : [];
        return {
          headers: { "content-type": "application/json" },
          steps: [JSON.stringify({ models })],
        };
      },
      chat: rewritten(fixed),
    });
    const events = await world.all();
    await loaded;
    expect(kinds(events)).toContain("loading");
    expect(kinds(events).indexOf("reading")).toBeGreaterThan(kinds(events).indexOf("loading"));
  });

  it("asks once whether the model is in memory, and reads at once when it is", async () => {
    world = await RunWorld.start(rewritten(fixed));
    await world.all();
    const before = world.daemon.requests.length;
    const told = kinds(await world.all());
    expect(told.indexOf("reading")).toBe(told.indexOf("loading") + 1);
    const asked = world.daemon.requests.slice(before).map(({ path }) => path);
    expect(asked).toEqual(["/api/ps", "/api/chat"]);
  });

  it("tells each step once, however often the engine tells it", async () => {
    const step = (phase: string, done: number) =>
      contentLine("", { thinkaloud_progress: { phase, done, total: 100 } });
    const loading = [50, 100, 100, 100, 100].map((done) => step("loading", done));
    const reading = [100, 100].map((done) => step("reading", done));
    world = await RunWorld.start(() => ({
      steps: [...loading, ...reading, contentLine("It adds."), doneLine()],
    }));
    const events = await world.all({ action: "explain" });
    const told = events.flatMap((event) =>
      event.kind === "progress" ? [`${event.phase} ${event.done}`] : [],
    );
    expect(told).toEqual(["loading 50", "loading 100", "reading 100"]);
  });

  it("takes an edit that names the file by its place on the disk, and none of a file of that name elsewhere", async () => {
    const edit = block("    return a - b", "    return a + b");
    world = await RunWorld.start(edit.replace("calc.py", "/project/calc.py"));
    expect(proposalOf(await world.all())).toBe(fixed);
    world = await RunWorld.start(edit.replace("calc.py", "/elsewhere/calc.py"));
    expect(endOf(await world.all())).toBe("refused");
  });

  it("brings new files along with an edit that was asked for in words, where nothing is yet", async () => {
    const helper = "lib/helpers.py\n```python\ndef plus(a, b):\n    return a + b\n```\n";
    const edit = block("    return a - b", "    return plus(a, b)");
    const target = targetIn(code, { uri: "file:///project/calc.py" });
    world = await RunWorld.start(`${edit}\n${helper}`);
    const events = await world.all({ action: "ask", question: "Move the sum out.", target });
    const path = "lib/helpers.py";
    const created = { path, uri: `file:///project/${path}`, change: "create", base: "" };
    expect(proposalIn(events)?.files).toMatchObject([
      { path: "calc.py", change: "edit" },
      { ...created, languageId: "python" },
    ]);
    const taken = { environment: { fileExists: async () => true } };
    world = await RunWorld.start(`${edit}\n${helper}`, taken);
    expect(
      (await world.all({ action: "ask", question: "Move the sum out.", target })).at(-1),
    ).toMatchObject({ outcome: "answered", detail: expect.stringContaining("is there already") });
  });

  it("takes code for a file of its own, beside no edit, for a part of the answer", async () => {
    world = await RunWorld.start("usage.py\n```python\nprint(add(1, 2))\n```\n");
    expect(endOf(await world.all({ action: "ask", question: "How is it used?" }))).toBe("answered");
  });

  it.each([
    ["in the form of an edit", block("", "def plus(a, b):\n    return a + b"), "Move the sum out."],
    [
      "as a diff",
      "```diff\n--- /dev/null\n+++ b/calc.py\n@@ -0,0 +1,2 @@\n+def plus(a, b):\n+    return a + b\n```\n",
      "Move the sum out.",
    ],
    [
      "under the name that the question says",
      "calc.py\n```python\ndef plus(a, b):\n    return a + b\n```\n",
      "Write plus into lib/helpers.py.",
    ],
  ])("proposes a new file alone that a question brings %s", async (_how, answer, question) => {
    const given = answer.replace("calc.py", "lib/helpers.py");
    world = await RunWorld.start(`Here:\n\n${given}`);
    const target = targetIn(code, { uri: "file:///project/calc.py" });
    const events = await world.all({ action: "ask", question, target });
    const file = { path: "lib/helpers.py", change: "create" };
    expect(proposalIn(events)?.files).toMatchObject([
      { ...file, proposed: "def plus(a, b):\n    return a + b\n" },
    ]);
    expect(endOf(events)).toBe("proposed");
    expect(world.prompts()).toHaveLength(1);
    // What is there already is not written over, and that is said.
    const taken = { environment: { fileExists: async () => true } };
    world = await RunWorld.start(given, taken);
    expect((await world.all({ action: "ask", question, target })).at(-1)).toMatchObject({
      outcome: "answered",
      detail: expect.stringContaining("is there already"),
    });
  });

  it("asks a fix again that brings a new file and leaves the code as it is", async () => {
    const file = block("", "LIMIT = 3").replace("calc.py", "limits.py");
    world = await RunWorld.start([file, rewritten(fixed)]);
    const target = targetIn(code, { uri: "file:///project/calc.py" });
    const events = await world.all({ question: "See limits.py.", target });
    expect(proposalOf(events)).toBe(fixed);
  });

  it("reports what the requests took, all of them together", async () => {
    world = await RunWorld.start([rewritten(code), rewritten(fixed)]);
    const last = (await world.all()).at(-1);
    expect(last?.kind === "finished" && last.metrics.promptMs).toBe(4);
  });

  it("explains without an edit, whatever the answer holds", async () => {
    world = await RunWorld.start(block("    return a - b", "    return a + b"));
    const events = await world.all({ action: "explain" });
    expect(endOf(events)).toBe("answered");
    expect(proposalOf(events)).toBeUndefined();
  });

  it("answers a question in words, or with an edit when the answer holds one", async () => {
    world = await RunWorld.start("It subtracts.");
    expect(endOf(await world.all({ action: "ask", question: "Why?" }))).toBe("answered");
    world = await RunWorld.start(block("    return a - b", "    return a + b"));
    const events = await world.all({ action: "ask", question: "Make it add." });
    expect(endOf(events)).toBe("proposed");
    expect(proposalOf(events)).toBe(fixed);
  });

  it("takes edits from the answer only, never from the reasoning", async () => {
    const draft = block("    return a - b", "    return 'from the thought'");
    world = await RunWorld.start(
      { thinking: draft, answer: "I see no mistake." },
      { thinks: true },
    );
    const events = await world.all();
    expect(textOf(events, "thought")).toContain("from the thought");
    expect(proposalOf(events)).toBeUndefined();
  });

  it.each([
    ["between tags in the answer", (draft: string) => `<think>${draft}</think>\nI see no mistake.`],
    [
      "before a closing tag that nothing opened",
      (draft: string) => `${draft}</think>\nI see no mistake.`,
    ],
    ["in a thought that is never closed", (draft: string) => `<think>${draft}`],
  ])("takes no edit from a thought that arrives %s", async (_how, answer) => {
    const draft = block("    return a - b", "    return 'from the thought'");
    world = await RunWorld.start(answer(draft));
    const events = await world.all();
    expect(proposalOf(events)).toBeUndefined();
  });

  it("goes on without a syntax source that is down, and says so", async () => {
    const down = async (): Promise<never> => {
      throw new Error("The language server is not running");
    };
    world = await RunWorld.start(rewritten(fixed), {
      syntax: { context: down, outline: down, check: down },
    });
    const events = await world.all();
    expect(events.find((event) => event.kind === "notice")).toMatchObject({
      text: "The language server is not running, so the model sees the lines around the place only.",
    });
    expect(proposalOf(events)).toBe(fixed);
  });

  it.each(["fix", "ask", "explain", "writeTests"] as const)(
    "says that the model answered with nothing: %s",
    async (action) => {
      world = await RunWorld.start(" \n");
      const events = await world.all({ action, question: "Why?" });
      expect(events.at(-1)).toMatchObject({
        kind: "failed",
        report: { failure: { kind: "emptyAnswer" }, title: "The model answered with nothing" },
      });
      const reasons = reasonsIn(events);
      expect(reasons.every((reason) => reason === "The model answered with nothing.")).toBe(true);
    },
  );

  it("asks nobody again when the daemon only loaded the model", async () => {
    world = await RunWorld.start(() => ({ steps: [doneLine("load", {})] }));
    const events = await world.all();
    expect(events.at(-1)).toMatchObject({
      kind: "failed",
      report: { title: "The model was not asked anything" },
    });
    expect(world.daemon.chats()).toHaveLength(1);
  });

  it("writes tests into a new file whose name is free", async () => {
    const taken = ["test_calc.py", "test_calc_2.py"];
    world = await RunWorld.start("```python\nfrom calc import add\n```\n", {
      environment: { fileExists: async (path) => taken.includes(path) },
    });
    const events = await world.all({ action: "writeTests" });
    expect(proposalIn(events)?.files[0]).toMatchObject({
      change: "create",
      path: "test_calc_3.py",
      uri: "file:///project/test_calc_3.py",
      base: "",
      proposed: "from calc import add\n",
    });
    expect(world.prompts()[0]).toContain("test_calc_3.py");
  });
});

describe("an answer that is of no use", () => {
  it("because nothing changes is asked for afresh and hotter, in other words, and then said plainly", async () => {
    world = await RunWorld.start(rewritten(code));
    const events = await world.all();
    expect(events.at(-1)).toMatchObject({
      kind: "finished",
      outcome: "unchanged",
      detail: "The model gave the same code back.",
    });
    expect(proposalOf(events)).toBeUndefined();
    const temperatures = world.daemon.chats().map((chat) => chat.body.options?.["temperature"]);
    expect(temperatures).toEqual([0, 0.9, 0.9]);
    const [first, second] = world.prompts();
    expect(second).not.toBe(first);
    // Asked afresh: what the model said before is not in the question.
    expect(world.daemon.chats()[1]?.body.messages).toHaveLength(1);
    expect(events.filter((event) => event.kind === "attempt")).toHaveLength(2);
  });

  it("is asked for until one changes something", async () => {
    world = await RunWorld.start([rewritten(code), rewritten(fixed)]);
    const events = await world.all();
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(2);
  });

  it("is asked for less often from a model that thinks", async () => {
    world = await RunWorld.start({ thinking: "Hm.", answer: rewritten(code) }, { thinks: true });
    await world.all();
    expect(world.prompts()).toHaveLength(2);
  });

  it("because it holds no edit ends as refused", async () => {
    world = await RunWorld.start("I would change the sign.");
    const last = (await world.all()).at(-1);
    expect(last).toMatchObject({ kind: "finished", outcome: "refused" });
    expect(last?.kind === "finished" && last.detail).toBeTruthy();
  });

  it.each([
    ["a whole function", "```python\ndef add(a, b):\n    return a"],
    ["a block", block("    return a - b", "    return a + b").slice(0, -12)],
  ])(
    "because it is cut off in the middle of %s is never a proposal, and not asked for again",
    async (_what, cut) => {
      world = await RunWorld.start(() => answerLines([contentLine(cut)], "length"));
      const events = await world.all();
      expect(endOf(events)).toBe("cutOff");
      expect(proposalOf(events)).toBeUndefined();
      expect(world.prompts()).toHaveLength(1);
    },
  );

  it("only from where it is cut off is proposed up to there, and says so", async () => {
    const whole = block("    return a - b", "    return a + b");
    world = await RunWorld.start(() =>
      answerLines([contentLine(`${whole}\nAnd so on and`)], "length"),
    );
    const events = await world.all();
    expect(proposalOf(events)).toBe(fixed);
    expect(proposalIn(events)?.files[0]?.notices.join()).toContain("cut off");
  });

  it("because it breaks the syntax gives way to one that does not", async () => {
    const broken = "def add(a, b):\n    return a + + )\n";
    world = await RunWorld.start([rewritten(broken), rewritten(fixed)], {
      syntax: {
        ...noGrammar,
        check: async (_language, text) => ({
          errors: text.includes(")\n") && text.includes("+ +") ? [place] : [],
        }),
      },
    });
    expect(proposalOf(await world.all())).toBe(fixed);
    world = await RunWorld.start(rewritten(broken), {
      syntax: {
        ...noGrammar,
        check: async (_language, text) => ({ errors: text.includes("+ +") ? [place] : [] }),
      },
    });
    const events = await world.all();
    // Nothing better came, so it is shown for what it is.
    expect(proposalIn(events)?.files[0]?.syntax).toBe("broken");
  });
});

describe("a thought that eats its budget", () => {
  it("is closed, and the model answers with what it has", async () => {
    world = await RunWorld.start(
      (body) =>
        body.messages?.at(-1)?.role === "assistant"
          ? { answer: rewritten(fixed) }
          : answerLines([thinkingLine("The sign "), thinkingLine("is wrong")], "length"),
      { thinks: true },
    );
    const events = await world.all();
    expect(proposalOf(events)).toBe(fixed);
    const closed = world.daemon.chats()[1]?.body.messages?.at(-1);
    expect(closed).toEqual({
      role: "assistant",
      content: "<think>\nThe sign is wrong\n</think>\n\n",
    });
    expect(world.daemon.chats()[1]?.body.messages?.[0]).toEqual(
      world.daemon.chats()[0]?.body.messages?.[0],
    );
  });

  it("and an answer that does not come either ends as cut off, with the thought kept", async () => {
    world = await RunWorld.start(() => answerLines([thinkingLine("On and on")], "length"), {
      thinks: true,
    });
    const events = await world.all();
    expect(endOf(events)).toBe("cutOff");
    expect(textOf(events, "thought")).toContain("On and on");
  });
});

describe("a run that fails", () => {
  const started = [
    thinkingLine("I have got "),
    thinkingLine("so far."),
    contentLine("The sign"),
    contentLine(" is"),
  ];
  const breaks: [what: string, reply: Reply, kind: string][] = [
    ["at a connection that breaks", { steps: [...started, { fault: "reset" }] }, "streamBroken"],
    ["at an end without the last line", { steps: started }, "streamBroken"],
    [
      "at an error in the middle",
      { steps: [...started, errorLine("an error was encountered while running the model")] },
      "modelReportedError",
    ],
    ["at a line cut in two", { steps: [...started, '{"model":"m","mess'] }, "streamBroken"],
  ];
  it.each(breaks)(
    "%s keeps what came before, and says what happened once",
    async (_what, reply, kind) => {
      world = await RunWorld.start(() => reply, { thinks: true });
      const events = await world.all();
      expect(textOf(events, "thought")).toBe("I have got so far.");
      expect(textOf(events, "answer")).toBe("The sign is");
      expect(proposalOf(events)).toBeUndefined();
      const failed = onlyFailure(events);
      expect(failed.report.failure.kind).toBe(kind);
    },
  );

  it.each([
    [
      "an unknown model",
      { status: 404, steps: [JSON.stringify({ error: "model 'x' not found" })] },
      "modelMissing",
    ],
    [
      "no memory",
      {
        status: 500,
        steps: [
          JSON.stringify({ error: "model requires more system memory (9 GiB) than is available" }),
        ],
      },
      "outOfMemory",
    ],
    [
      "a prompt that is too long",
      {
        status: 400,
        steps: [JSON.stringify({ error: "the input length exceeds the context length" })],
      },
      "contextOverflow",
    ],
  ] as [string, Reply, string][])("for %s says so once", async (_what, reply, kind) => {
    world = await RunWorld.start(() => reply);
    expect(onlyFailure(await world.all()).report.failure.kind).toBe(kind);
  });

  it("before the model is found says so once", async () => {
    const failure = {
      kind: "daemonUnreachable",
      endpoint: "http://127.0.0.1:1",
      cause: "ECONNREFUSED",
    } as const;
    world = await RunWorld.start(
      {},
      { environment: { connect: () => Promise.reject(new FailureError(failure)) } },
    );
    expect(onlyFailure(await world.all()).report.failure).toEqual(failure);
  });

  it("for a fault of ours is a failure too, with the trace in the log", async () => {
    world = await RunWorld.start(
      {},
      { environment: { connect: () => Promise.reject(new TypeError("undefined is no function")) } },
    );
    expect(onlyFailure(await world.all()).report.failure.kind).toBe("internal");
    expect(world.errors.join()).toContain("undefined is no function");
  });
});

const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function answerLines(lines: readonly string[], reason: string): Reply {
  return { steps: [...lines, doneLine(reason)] };
}

/** The one failure of a run: its last event, with a cause, a remedy and at most one button. */
function onlyFailure(events: readonly RunEvent[]): Extract<RunEvent, { kind: "failed" }> {
  const failures = events.filter((event) => event.kind === "failed");
  expect(failures).toHaveLength(1);
  expect(events.filter((event) => event.kind === "finished")).toEqual([]);
  const [failed] = failures;
  if (failed?.kind !== "failed" || events.at(-1) !== failed)
    throw new Error("the failure is not the last event");
  expect(failed.report.title).not.toBe("");
  expect(failed.report.remedy).not.toBe("");
  const { button } = failed.report;
  if (button !== undefined) expect(button.label).not.toBe("");
  return failed;
}

it("a target with the person's own line ends is proposed in them", async () => {
  world = await RunWorld.start(rewritten(fixed));
  const events = await world.all({ target: targetIn(code.replaceAll("\n", "\r\n")) });
  expect(proposalOf(events)).toBe(fixed.replaceAll("\n", "\r\n"));
});
