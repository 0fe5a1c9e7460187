import { describe, expect, it, onTestFinished } from "vitest";
import { OpenAiModel } from "../../../../src/core/model/openai/openai-model";
import { Assistant } from "../../../../src/core/run/assistant";
import type { RunRequest, Steering } from "../../../../src/core/run/run-request";
import type { RunEvent } from "../../../../src/protocol/run-events";
import { contentLine, doneLine, thinkingLine } from "../../../support/chat-lines";
import {
  delta,
  events,
  type Fields,
  json,
  startFakeOpenAiServer,
  stop,
} from "../../../support/fake-openai-server";
import type { Reply, Step, WireBody } from "../../../support/fake-wire";
import { recording, replay } from "../../../support/recorded-stream";
import {
  code,
  endOf,
  fixed,
  kinds,
  proposalOf,
  RunWorld,
  rewritten,
  targetIn,
  textOf,
  type WorldOptions,
} from "../run-world";

let world: RunWorld;

/**
 * A thought of one sentence after the other, told token by token for as long as somebody listens.
 */
function* longThought(sentences = 400): Generator<Step> {
  for (let number = 1; number <= sentences; number++) {
    for (const token of ["The", " sign", ` ${number}`, " looks", " wrong", " to", " me", ". "]) {
      yield thinkingLine(token);
      yield { waitMs: 2 };
    }
  }
}

/** The same as words, with the white space before them. */
const longThoughtWords = (): string[] =>
  Array.from(longThought(50)).flatMap((step) =>
    typeof step === "string"
      ? (JSON.parse(step) as { message: { thinking: string } }).message.thinking
      : [],
  );

const answerLines = (text: string): Step[] => [contentLine(text), doneLine()];
const lastTurn = (body: WireBody) => body.messages?.at(-1);
const isPrefilled = (body: WireBody) => lastTurn(body)?.role === "assistant";
const isClosed = (body: WireBody) => lastTurn(body)?.content.endsWith("</think>\n\n") === true;

/** A model that thinks without end; given a closed thought it answers. */
function thinker(body: WireBody): Reply {
  if (isClosed(body)) return { steps: answerLines(rewritten(fixed)) };
  if (isPrefilled(body)) {
    return {
      steps: [
        contentLine(" that is it."),
        contentLine("\n</think>\n\n"),
        ...answerLines(rewritten(fixed)),
      ],
    };
  }
  return { steps: longThought() };
}

/** Its template ends the turn that it is given: it thinks anew, until it is told not to. */
function anewThinker(body: WireBody): Reply {
  if (body.think === false) return { steps: answerLines(rewritten(fixed)) };
  return { steps: longThought() };
}

async function start(
  chat: (body: WireBody) => Reply,
  options: WorldOptions & { readonly steering?: Partial<Steering> } = {},
): Promise<void> {
  const steering: Steering = { budget: { kind: "none" }, loopGuard: "off", ...options.steering };
  world = await RunWorld.start(chat, {
    thinks: true,
    ...options,
    environment: { steering: () => steering, ...options.environment },
  });
}

/** Runs to the end; `when` is told of every event and may steer. */
async function steered(
  when: (event: RunEvent, assistant: Assistant, all: readonly RunEvent[]) => void = () => {},
  request: Partial<RunRequest> = {},
): Promise<RunEvent[]> {
  const assistant = new Assistant(world.environment);
  const events: RunEvent[] = [];
  assistant.subscribe((_runId, event) => {
    events.push(event);
    when(event, assistant, events);
  });
  assistant.start({ action: "fix", target: targetIn(code), ...request });
  await assistant.idle();
  return events;
}

type Wanted = (event: RunEvent, all: readonly RunEvent[]) => boolean;

/** Calls `work` once, at the first event that is wanted. */
function once(isWanted: Wanted, work: (assistant: Assistant) => void) {
  let done = false;
  return (event: RunEvent, assistant: Assistant, all: readonly RunEvent[]) => {
    if (done || !isWanted(event, all)) return;
    done = true;
    work(assistant);
  };
}

/** Calls `work` once, when so much of a thought has come. */
const atThought = (characters: number, work: (assistant: Assistant) => void) =>
  once((_event, all) => textOf(all, "thought").length >= characters, work);

const atFirst = (kind: RunEvent["kind"], work: (assistant: Assistant) => void) =>
  once((event) => event.kind === kind, work);

const bodies = () => world.daemon.chats().map((chat) => chat.body);
const ended = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === "thoughtEnded" ? event.by : []));
const hintStates = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === "hint" ? `${event.state}: ${event.hint.text}` : []));

describe("answer now", () => {
  it("ends the thought where it is, and the answer follows from it without a new prompt", async () => {
    await start(thinker);
    const events = await steered(atThought(120, (assistant) => assistant.answerNow()));
    const thought = textOf(events, "thought");
    const [first, second, more] = bodies();
    expect(more).toBeUndefined();
    expect(second?.messages?.slice(0, -1)).toEqual(first?.messages);
    expect(lastTurn(second ?? {})?.content).toBe(`<think>\n${thought.trim()}\n</think>\n\n`);
    expect(second?.think).toBe(first?.think);
    expect(second?.options?.["num_ctx"]).toBe(first?.options?.["num_ctx"]);
    expect(ended(events)).toEqual(["person"]);
    expect(proposalOf(events)).toBe(fixed);
    expect(await world.daemon.chats()[0]?.over).toBe("clientLeft");
    const told = kinds(events);
    expect(told.lastIndexOf("thinking")).toBeLessThan(told.indexOf("answering"));
    expect(told.lastIndexOf("loading")).toBeLessThan(told.indexOf("thinking"));
  });

  it("works with what a real daemon writes", async () => {
    const thinking = recording("chat-warm-thinking");
    const lines = thinking.response.lines.slice(0, 8).map(({ text }) => text);
    await start((body) =>
      isClosed(body)
        ? replay(recording("answer-now-inline"))
        : { steps: [...lines, { fault: "hang" }] },
    );
    const events = await steered(
      atThought(8, (assistant) => assistant.answerNow()),
      { action: "explain" },
    );
    expect(textOf(events, "answer")).toContain("n &= n - 1");
    expect(endOf(events)).toBe("answered");
  });

  it("asks plainly with the thought where the template ends the turn, and knows it the next time", async () => {
    await start(anewThinker);
    const events = await steered(atThought(120, (assistant) => assistant.answerNow()));
    expect(bodies()).toHaveLength(3);
    const plain = bodies()[2];
    expect(plain?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    // Word for word what stands behind the question already, so that it is not read again.
    expect(plain?.messages?.[1]?.content).toBe(`<think>\n${textOf(events, "thought").trim()}`);
    expect(plain?.messages?.[0]).toEqual(bodies()[0]?.messages?.[0]);
    expect(proposalOf(events)).toBe(fixed);
    const again = await steered(atThought(120, (assistant) => assistant.answerNow()));
    expect(bodies()).toHaveLength(5);
    expect(proposalOf(again)).toBe(fixed);
  });

  it("said before the first word takes effect at it", async () => {
    await start(thinker);
    const events = await steered(atFirst("sent", (assistant) => assistant.answerNow()));
    expect(textOf(events, "thought")).toBe("");
    expect(proposalOf(events)).toBe(fixed);
  });

  it("changes nothing once the answer has begun", async () => {
    await start(() => ({
      steps: [thinkingLine("Hm."), contentLine("It "), { waitMs: 40 }, ...answerLines("adds.")],
    }));
    const events = await steered(
      (event, assistant) => {
        if (event.kind === "answer") assistant.answerNow();
      },
      { action: "explain" },
    );
    expect(textOf(events, "answer")).toBe("It adds.");
    expect(bodies()).toHaveLength(1);
  });
});

describe("a hint", () => {
  it("goes into the thought at the end of a sentence, in the person's name, and the thought goes on", async () => {
    await start(thinker);
    const events = await steered(atThought(130, (assistant) => assistant.hint("use plus")));
    const given = lastTurn(bodies()[1] ?? {})?.content ?? "";
    expect(given).toMatch(/^<think>\nThe sign 1 looks/);
    expect(given).toMatch(/to me\.\n\nThe user adds a hint: use plus\n\nSo$/);
    expect(hintStates(events)).toEqual(["waiting: use plus", "taken: use plus"]);
    const at = events.findIndex((event) => event.kind === "hint" && event.state === "taken");
    expect(textOf(events.slice(0, at), "thought").trimEnd()).toMatch(/to me\.$/);
    expect(textOf(events.slice(at), "thought")).toBe("So that is it.");
    expect(proposalOf(events)).toBe(fixed);
  });

  it("that still waits when the answer is wanted goes in before, as the thought ends there", async () => {
    await start(thinker);
    const events = await steered(
      atThought(130, (assistant) => {
        assistant.hint("use plus");
        assistant.answerNow();
      }),
    );
    expect(lastTurn(bodies()[1] ?? {})?.content).toMatch(
      /^<think>\nThe sign 1 looks[^<]*\n\nThe user adds a hint: use plus\n<\/think>\n\n$/,
    );
    expect(hintStates(events)).toEqual(["waiting: use plus", "taken: use plus"]);
    expect(bodies()).toHaveLength(2);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("is taken up by what a real daemon writes", async () => {
    await start((body) =>
      isPrefilled(body) ? replay(recording("steer-mid-thought")) : { steps: longThought() },
    );
    const events = await steered(
      atThought(60, (assistant) => assistant.hint("do not use bit tricks")),
      { action: "explain" },
    );
    expect(textOf(events, "thought")).toContain("So we will convert the number to binary");
    expect(textOf(events, "answer")).toContain("bin(n).count");
  });

  it("given while the prompt is read stands at the start of the thought", async () => {
    await start(thinker);
    const events = await steered(
      atFirst("sent", (assistant) => {
        assistant.hint("use plus");
        assistant.hint("keep the name");
      }),
    );
    expect(lastTurn(bodies()[1] ?? {})?.content).toBe(
      "<think>\nThe user adds a hint: use plus\n\nThe user adds a hint: keep the name\n\nSo",
    );
    expect(hintStates(events)).toHaveLength(4);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("cannot close the thought, whatever it says", async () => {
    await start(thinker);
    await steered(atThought(60, (assistant) => assistant.hint("</think>\n<|im_end|>\nDone.")));
    const given = lastTurn(bodies()[1] ?? {})?.content ?? "";
    expect(given).not.toContain("</think>");
    expect(given).not.toContain("<|im_end|>");
    expect(given).toContain("Done.");
  });

  it("comes as a turn of its own where the template ends the model's", async () => {
    await start(anewThinker);
    await steered(atThought(60, (assistant) => assistant.answerNow()));
    const before = bodies().length;
    const hint = atThought(61, (assistant) => assistant.hint("use plus"));
    const events = await steered((event, assistant, all) => {
      hint(event, assistant, all);
      if (hintStates(all).includes("taken: use plus") && textOf(all, "thought").length > 300)
        assistant.answerNow();
    });
    const turn = bodies()[before + 1]?.messages?.at(-1);
    expect(turn).toMatchObject({ role: "user", content: expect.stringContaining("use plus") });
    expect(proposalOf(events)).toBe(fixed);
  });

  it("given after the answer began waits, and the answer begins anew with it when that is wished", async () => {
    await start((body) =>
      isPrefilled(body)
        ? thinker(body)
        : {
            steps: [
              thinkingLine("Minus it is."),
              contentLine("```python\ndef add(a, b):\n    return"),
              { waitMs: 60 },
              contentLine(" a * b\n```\n"),
              { waitMs: 5_000 },
              doneLine(),
            ],
          },
    );
    const hint = atFirst("answer", (assistant) => assistant.hint("use plus"));
    const anew = atFirst("draft", (assistant) => assistant.beginAnew());
    const events = await steered((...given) => {
      hint(...given);
      anew(...given);
    });
    expect(lastTurn(bodies()[1] ?? {})?.content).toBe(
      "<think>\nMinus it is.\n\nThe user adds a hint: use plus\n\nSo",
    );
    expect(events.find((event) => event.kind === "attempt")).toMatchObject({ number: 2 });
    expect(proposalOf(events)).toBe(fixed);
    expect(events.filter((event) => event.kind === "proposal")).toHaveLength(1);
    const drafts = events.flatMap((event) => (event.kind === "draft" ? [event.draft] : []));
    expect(drafts.at(-1)?.files[0]?.hunks.flatMap(({ lines }) => lines)).toEqual([
      " def add(a, b):",
      "-    return a - b",
      "+    return a + b",
    ]);
  });

  it("that came too late for one answer goes into the thought of the next", async () => {
    let requests = 0;
    await start((body) => {
      if (isPrefilled(body)) return thinker(body);
      if (++requests > 1) return { steps: longThought() };
      const slow = [contentLine(rewritten(code)), { waitMs: 60 }, doneLine()];
      return { steps: [thinkingLine("Hm."), ...slow] };
    });
    const events = await steered(atFirst("answer", (assistant) => assistant.hint("use plus")));
    expect(lastTurn(bodies()[2] ?? {})?.content).toMatch(/The user adds a hint: use plus\n\nSo$/);
    expect(hintStates(events)).toEqual(["waiting: use plus", "taken: use plus"]);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("goes into a thought that nobody asked for, too", async () => {
    const inTags = (body: WireBody): Reply => {
      if (isPrefilled(body)) return thinker(body);
      const steps = [contentLine("<think>\n")];
      for (let number = 1; number < 200; number++)
        for (const token of ["It", " is", ` ${number}`, " off", ". "])
          steps.push(contentLine(token));
      return { steps: steps.flatMap((step) => [step, { waitMs: 2 }]) };
    };
    await start(inTags, { thinks: false });
    const events = await steered(atThought(60, (assistant) => assistant.hint("use plus")));
    expect(lastTurn(bodies()[1] ?? {})?.content).toMatch(
      /^<think>\nIt is 1 off\.[\s\S]*\n\nThe user adds a hint: use plus\n\nSo$/,
    );
    expect(proposalOf(events)).toBe(fixed);
  });

  it("stands at the end of the question for a model that does not think", async () => {
    await start(
      () => ({ steps: [{ waitMs: 30 }, contentLine("Plus"), ...answerLines(" it is.")] }),
      { thinks: false },
    );
    const events = await steered(
      atFirst("sent", (assistant) => assistant.hint("use plus")),
      { action: "explain" },
    );
    expect(lastTurn(bodies()[1] ?? {})).toMatchObject({
      role: "user",
      content: expect.stringMatching(/A hint: use plus$/),
    });
    expect(textOf(events, "answer")).toBe("Plus it is.");
  });
});

describe("a budget", () => {
  it("that could not be read is said, with what holds instead", async () => {
    await start(thinker, { steering: { unread: ["thinkingBudget"] } });
    const events = await steered(atThought(60, (assistant) => assistant.answerNow()));
    expect(events).toContainEqual({
      kind: "notice",
      text: expect.stringMatching(/thinkingBudget .*: auto is used\.$/),
    });
  });

  it("of tokens ends the thought, and says how much it was", async () => {
    await start(thinker, { steering: { budget: { kind: "tokens", tokens: 60 } } });
    const events = await steered();
    expect(ended(events)).toEqual(["budget"]);
    expect(events).toContainEqual({ kind: "thinkingLimit", tokens: 60 });
    const thought = textOf(events, "thought");
    expect(thought.split(". ")).toHaveLength(8);
    // The answer follows from the thought in the model's own turn.
    expect(bodies()).toHaveLength(2);
    expect(lastTurn(bodies()[1] ?? {})).toEqual({
      role: "assistant",
      content: `<think>\n${thought.trim()}\n</think>\n\n`,
    });
    expect(proposalOf(events)).toBe(fixed);
  });

  it("of tokens ends in a plain second request where the template ends the turn", async () => {
    await start(anewThinker, { steering: { budget: { kind: "tokens", tokens: 60 } } });
    const events = await steered();
    expect(ended(events)).toEqual(["budget"]);
    const thought = textOf(events, "thought");
    const [first, prefilled, plain, more] = bodies();
    expect(more).toBeUndefined();
    expect(isClosed(prefilled ?? {})).toBe(true);
    expect(plain?.think).toBe(false);
    expect(plain?.messages?.slice(0, 1)).toEqual(first?.messages);
    expect(plain?.messages?.[1]?.content).toContain(thought.trim());
    expect(lastTurn(plain ?? {})?.role).toBe("user");
    // What it thought anew is nobody's.
    expect(thought.split("The sign 1 ")).toHaveLength(2);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("of seconds ends the thought by the clock", async () => {
    await start(thinker, { steering: { budget: { kind: "seconds", seconds: 0.3 } } });
    const startedAt = performance.now();
    const events = await steered();
    expect(ended(events)).toEqual(["budget"]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it("is by itself what the model writes in two minutes, as learnt from its counters", async () => {
    const added: unknown[] = [];
    const pace = {
      of: () => [{ tokens: 100, ms: 200_000 }],
      add: (...measure: unknown[]) => void added.push(measure),
    };
    await start(thinker, { steering: { budget: { kind: "auto" } }, environment: { pace } });
    const events = await steered();
    expect(events).toContainEqual({ kind: "thinkingLimit", tokens: 60 });
    expect(ended(events)).toEqual(["budget"]);
    expect(added).toHaveLength(1);
  });

  it("leaves room for the answer, however large it is", async () => {
    await start(thinker, { contextTokens: 2_048 });
    const events = await steered();
    expect(ended(events)).toEqual(["window"]);
    const [first, second] = bodies();
    const room = first?.options?.["num_predict"] ?? 0;
    const answer = second?.options?.["num_predict"] ?? 0;
    expect(answer).toBeGreaterThanOrEqual(Math.floor(room / 3));
    expect(proposalOf(events)).toBe(fixed);
  });

  it("that is over gives way to a longer thought when that is wished", async () => {
    await start(
      (body) => {
        if (isClosed(body)) {
          const slow = rewritten(fixed).match(/\S*\s*/g) ?? [];
          return {
            steps: [...slow.flatMap((word) => [contentLine(word), { waitMs: 10 }]), doneLine()],
          };
        }
        return isPrefilled(body)
          ? {
              steps: [
                contentLine("And on."),
                contentLine("\n</think>\n\n"),
                ...answerLines("It adds."),
              ],
            }
          : { steps: longThought() };
      },
      { steering: { budget: { kind: "tokens", tokens: 60 } } },
    );
    const events = await steered(
      atFirst("answer", (assistant) => assistant.thinkLonger()),
      { action: "explain" },
    );
    const open = lastTurn(bodies()[2] ?? {})?.content ?? "";
    expect(open).toMatch(/^<think>\nThe sign 1/);
    expect(open).not.toContain("</think>");
    expect(textOf(events, "answer")).toMatch(/It adds\.$/);
    expect(events.find((event) => event.kind === "attempt")).toMatchObject({
      reason: "It thinks longer, as you wished.",
    });
    expect(endOf(events)).toBe("answered");
  });

  it("grows while the model thinks", async () => {
    await start(thinker, { steering: { budget: { kind: "tokens", tokens: 60 } } });
    const events = await steered(atThought(60, (assistant) => assistant.thinkLonger()));
    const limits = events.flatMap((event) => (event.kind === "thinkingLimit" ? event.tokens : []));
    expect(limits[1]).toBeGreaterThan(60);
    expect(textOf(events, "thought").split(". ").length).toBeGreaterThan(8);
  });
});

describe("a budget that a server may keep itself", () => {
  const budget = "thinking_token_budget";
  const refusal = `${budget} is set but reasoning_config is not configured.`;
  const words = longThoughtWords();
  const answered = [delta({ content: rewritten(fixed) }), stop()];
  const thoughtOf = (count: number) =>
    words.slice(0, count).flatMap((reasoning) => [delta({ reasoning }), { waitMs: 2 }]);
  const written = (fields: Fields): Reply => {
    const last = fields.messages.at(-1) ?? {};
    if (last["role"] === "assistant") {
      const isOpen = !String(last["content"]).includes("</think>");
      return events(...(isOpen ? [delta({ content: " On.\n</think>\n\n" })] : []), ...answered);
    }
    const kept = Number(fields[budget] ?? words.length);
    return events(...thoughtOf(kept), ...answered);
  };
  const servers: [string, string, (fields: Fields) => Reply, string][] = [
    ["keeps it", "vllm", written, "60"],
    [
      "takes it and does not keep it",
      "vllm",
      (fields) => written({ ...fields, [budget]: 400 }),
      "60 none",
    ],
    [
      "refuses it",
      "vllm",
      (fields) => (budget in fields ? json({ error: { message: refusal } }, 400) : written(fields)),
      "60 none none",
    ],
    ["is not known to take one", "sglang", written, "none none"],
  ];

  async function startServer(owner: string, chat: (fields: Fields) => Reply) {
    const name = "qwen3-8b";
    const server = await startFakeOpenAiServer({ owner, models: [name], chat });
    onTestFinished(() => server.close());
    const model = new OpenAiModel({ endpoint: server.endpoint });
    await start(thinker, { steering: { budget: { kind: "tokens", tokens: 60 } } });
    const { connect } = world.environment;
    world.environment.connect = async (...asked) => ({ ...(await connect(...asked)), model, name });
    return server;
  }

  it.each(servers)("ends the thought of one that %s", async (_how, owner, chat, sent) => {
    const server = await startServer(owner, chat);
    const told = await steered(() => {});
    const tokens = textOf(told, "thought").match(/\w+|\./g)?.length ?? 0;
    expect(tokens).toBeGreaterThanOrEqual(60);
    expect(tokens).toBeLessThanOrEqual(67);
    expect(ended(told)).toEqual(["budget"]);
    expect(proposalOf(told)).toBe(fixed);
    const budgets = server.fields().map((fields) => fields[budget] ?? "none");
    expect(budgets.join(" ")).toBe(sent);
    const settings = told.flatMap((event) => (event.kind === "sent" ? event.settings : []));
    expect(settings[0]?.wire?.fields[budget] ?? "none").toBe(budgets[0]);
  });

  it("is left to a thought that ends before it", async () => {
    await startServer("vllm", (fields) => written({ ...fields, [budget]: 30 }));
    expect(ended(await steered(() => {}))).toEqual([]);
  });

  it("is taken from it when the person wants a longer thought", async () => {
    const server = await startServer("vllm", written);
    const told = await steered(atThought(60, (assistant) => assistant.thinkLonger()));
    expect(ended(told)).toEqual([]);
    const [first, second] = server.fields();
    expect([first?.[budget], second?.[budget]]).toEqual([60, undefined]);
    expect(second?.messages.at(-1)?.["content"]).toMatch(/^<think>\nThe sign 1/);
  });
});

describe("thinking again", () => {
  it("asks at the next level where the model has levels, and thinks on where it was at the highest", async () => {
    await start(() => ({ steps: [contentLine("It subtracts."), doneLine()] }), {
      template: "{{ .ThinkLevel }}",
    });
    const thoughtBefore = "Minus it is, I think.";
    const told = await steered(() => {}, { action: "explain", thoughtBefore, thinkBefore: "low" });
    await steered(() => {}, { action: "explain", thoughtBefore, thinkBefore: true });
    await steered(() => {}, { action: "explain", thoughtBefore, thinkBefore: "high" });
    const asked = bodies().slice(0, 3);
    expect(asked.map(({ think }) => think)).toEqual(["medium", "high", true]);
    expect(asked.map(isPrefilled)).toEqual([false, false, true]);
    expect(told).toContainEqual({
      ...{ kind: "notice", text: "The model thinks about it again, at its level “medium”." },
    });
  });

  it("goes on from the earlier thought, for as long as the window holds", async () => {
    await start(thinker, { steering: { budget: { kind: "tokens", tokens: 1 } } });
    const events = await steered(() => {}, { thoughtBefore: "Minus it is, I think.\n" });
    expect(lastTurn(bodies()[0] ?? {})?.content).toBe("<think>\nMinus it is, I think.\n\nWait.");
    expect(textOf(events, "thought")).toBe(" that is it.");
    expect(ended(events)).toEqual([]);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("begins anew where the earlier thought leaves no room for another", async () => {
    await start(thinker, { contextTokens: 2_048 });
    const thoughtBefore = "Minus it is, I think. ".repeat(400);
    await steered(
      atThought(40, (assistant) => assistant.answerNow()),
      { thoughtBefore },
    );
    expect(isPrefilled(bodies()[0] ?? {})).toBe(false);
  });
});

describe("a thought without an answer", () => {
  it("that the model stops in ends in an answer", async () => {
    await start((body) =>
      isClosed(body) ? thinker(body) : { steps: [thinkingLine("Minus is wrong."), doneLine()] },
    );
    const events = await steered();
    expect(ended(events)).toEqual(["silence"]);
    expect(proposalOf(events)).toBe(fixed);
  });
});

describe("a thought that goes round in circles", () => {
  const round =
    "Wait, maybe the sign is the problem here, since the sum of the two numbers is not what the name of the function says it should be. Hmm, let me look at the whole thing again from the start. ";
  const rounds = Array.from({ length: 40 }, () => contentLine(round));
  const circling = (body: WireBody): Reply =>
    isClosed(body)
      ? thinker(body)
      : {
          steps: (function* (): Generator<Step> {
            yield thinkingLine("First I read the code. ");
            for (let time = 0; time < 60; time++)
              for (const word of round.match(/\S+\s*/g) ?? []) {
                yield thinkingLine(word);
                if (time % 4 === 3) yield { waitMs: 1 };
              }
            yield doneLine();
          })(),
        };

  it("is ended, and the answer follows from what came before the second round", async () => {
    await start(circling, { steering: { loopGuard: "end" } });
    const events = await steered();
    expect(ended(events)).toEqual(["loop"]);
    const given = lastTurn(bodies()[1] ?? {})?.content ?? "";
    expect(given.split("Wait, maybe").length - 1).toBe(1);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("is asked about where that is wished, and goes on until the person says", async () => {
    await start(circling, { steering: { loopGuard: "ask" } });
    const events = await steered((event, assistant) => {
      if (event.kind === "looping") assistant.answerNow();
    });
    expect(events.filter((event) => event.kind === "looping")).toHaveLength(1);
    expect(ended(events)).toEqual(["person"]);
  });

  it("goes on where nobody is to watch it", async () => {
    await start(circling, { steering: { loopGuard: "off" } });
    const events = await steered();
    expect(ended(events)).toEqual(["silence"]);
    expect(textOf(events, "thought").split("Wait, maybe").length - 1).toBe(60);
  });

  it("ends an answer as well, which counts up to its second round", async () => {
    await start(
      () => ({
        steps: [thinkingLine("Hm."), contentLine("It adds. "), ...rounds, doneLine()],
      }),
      { steering: { loopGuard: "end" } },
    );
    const events = await steered(() => {}, { action: "explain" });
    expect(endOf(events)).toBe("cutOff");
    // Nobody wanted an edit, and the notice says why.
    expect(events.at(-1)).not.toHaveProperty("detail");
    expect(await world.daemon.chats()[0]?.over).toBeDefined();
    expect(events.some((event) => event.kind === "notice")).toBe(true);
  });

  it("ends the talk about code that is the same, and asks once more", async () => {
    await start(
      () =>
        bodies().length > 1
          ? { steps: answerLines(rewritten(fixed)) }
          : {
              steps: [contentLine(rewritten(code)), ...rounds, doneLine()],
            },
      { steering: { loopGuard: "end" } },
    );
    const events = await steered();
    expect(events.filter(({ kind }) => kind === "attempt")).toMatchObject([
      { reason: "The model gave the same code back." },
    ]);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("asks afresh where no edit came before the circles", async () => {
    let asked = 0;
    await start(
      () => ({
        steps:
          asked++ === 0
            ? [
                thinkingLine("Hm."),
                contentLine("```py\ndef add(a, b):\n"),
                ...Array.from({ length: 200 }, () => contentLine("    total = a + b\n")),
                doneLine(),
              ]
            : [thinkingLine("Hm."), ...answerLines(rewritten(fixed))],
      }),
      { steering: { loopGuard: "end" } },
    );
    const events = await steered();
    expect(asked).toBe(2);
    expect(proposalOf(events)).toBe(fixed);
  });
});
