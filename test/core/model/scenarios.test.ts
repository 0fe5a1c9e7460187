import { afterEach, describe, expect, it } from "vitest";
import { describeFailure } from "../../../src/core/describe-failure";
import type { Failure } from "../../../src/protocol/failure";
import { type Api, apis, apiWires } from "../../support/api-wires";
import { expectNothingPrinted } from "../../support/asked-model";
import { chatRequest, collectChat } from "../../support/collect-chat";
import type { FakeDaemon } from "../../support/fake-daemon";
import type { Reply, Step } from "../../support/fake-wire";
import { freePort } from "../../support/loopback";
import { answerTo, scenarios, seenOf } from "../../support/scenarios";

const reply = (steps: Iterable<Step>): Reply => ({ steps });
function* forever(piece: (at: number) => string): Generator<Step> {
  for (let at = 0; ; at++) yield piece(at);
}

const timing = { busyWaitsMs: [1, 1], loadingWaitMs: 1 };
/** The person's own name for the server beside Ollama; Ollama is called by its own. */
const titleOf = (api: Api, failure: Failure): string =>
  describeFailure(api === "ollama" ? failure : { ...failure, server: "team" }).title;

let server: FakeDaemon | undefined;
afterEach(() => server?.close());
expectNothingPrinted();

describe.each(apis)("what the person sees of %s", (api) => {
  const wire = apiWires[api];

  it.each(scenarios)("$name", async (scenario) => {
    const { request, chats = 1 } = scenario;
    server = await wire.start((before) => answerTo(scenario, wire, before));
    const model = wire.model(server.endpoint, timing);
    const found = await collectChat(model, chatRequest(request));
    const { failure, done, notices } = found;
    const wanted = seenOf(scenario, api);
    expect({
      thought: found.thought,
      answer: found.answer,
      end: done?.reason,
      title: failure && titleOf(api, failure),
    }).toEqual({
      thought: "",
      answer: "",
      end: wanted.title === undefined ? "stop" : undefined,
      title: undefined,
      ...Object.fromEntries(Object.entries(wanted).filter(([key]) => key !== "notice")),
    });
    expect(notices).toEqual(
      wanted.notice === undefined ? [] : [expect.stringContaining(wanted.notice)],
    );
    for (const value of Object.values(done?.metrics ?? {}))
      expect(Number.isFinite(value)).toBe(true);
    expect(server.requests.filter(({ path }) => path === wire.path)).toHaveLength(
      typeof chats === "number" ? chats : chats[api],
    );
  });

  it.each([
    ["29 long silence before the headers", { headersAfterMs: 300 }],
    ["30 long silence in the middle", { waitMs: 300 }],
  ])("%s is told and survived", async (_name, slow) => {
    server = await wire.start(() => ({
      ...("headersAfterMs" in slow && slow),
      headers: { "content-type": wire.contentType },
      steps: [
        wire.answer("a"),
        ...("waitMs" in slow ? [slow as { waitMs: number }] : []),
        wire.answer("b"),
        wire.end(),
      ],
    }));
    const model = wire.model(server.endpoint, { stallNoticeMs: 60, silenceLimitMs: 10_000 });
    const found = await collectChat(model, chatRequest());
    expect(found).toMatchObject({ answer: "ab", done: { reason: "stop" } });
    expect(found.events.some(({ kind }) => kind === "stalled")).toBe(true);
  });

  it("a server that falls silent for good is given up, and what it wrote is kept", async () => {
    server = await wire.start(() => reply([wire.answer("a"), { fault: "hang" }]));
    const model = wire.model(server.endpoint, { leastWritingSilenceMs: 300 });
    const { answer, failure } = await collectChat(model, chatRequest());
    expect([answer, failure && titleOf(api, failure)]).toEqual(["a", "The model fell silent"]);
  });

  it.each([
    ["31 before the headers", (): Reply => ({ headersAfterMs: 60_000, steps: [] }), "sent"],
    ["32 in the middle", (): Reply => reply([wire.answer("a"), { fault: "hang" }]), "answer"],
  ] as const)("a stop %s leaves the server within a second", async (_when, does, at) => {
    server = await wire.start(does);
    const stop = new AbortController();
    const reason = new Error("stopped");
    const model = wire.model(server.endpoint, {});
    let stoppedAt = 0;
    const work = (async () => {
      for await (const { kind } of model.chat(chatRequest(), stop.signal)) {
        if (kind !== at) continue;
        await server?.received(wire.path);
        stoppedAt = performance.now();
        stop.abort(reason);
      }
    })();
    await expect(work).rejects.toBe(reason);
    expect(await (await server.received(wire.path)).over).toBe("clientLeft");
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  });

  it("33 a reader that loses interest leaves the server", async () => {
    server = await wire.start(() => reply([wire.answer("a"), { fault: "hang" }]));
    const model = wire.model(server.endpoint, {});
    for await (const { kind } of model.chat(chatRequest(), new AbortController().signal))
      if (kind === "answer") break;
    expect(await (await server.received(wire.path)).over).toBe("clientLeft");
  });

  it("39 an answer without end is stopped, and the server left", async () => {
    server = await wire.start(() =>
      reply(forever((at) => wire.answer(`line ${at} of many that never end\n`.repeat(20)))),
    );
    const model = wire.model(server.endpoint, {});
    const { answer, failure } = await collectChat(model, chatRequest());
    expect(failure && titleOf(api, failure)).toBe("The answer did not come to an end");
    expect(answer.length).toBeGreaterThan(65_536);
    expect(await (await server.received(wire.path)).over).toBe("clientLeft");
  });

  it("46 nobody at the address is told as that", async () => {
    const root = `http://127.0.0.1:${await freePort()}`;
    const model = wire.model(`${root}${api === "openai" ? "/v1" : ""}`, timing);
    const { failure } = await collectChat(model, chatRequest());
    const title = { ollama: "Ollama is not running", openai: "team does not answer" }[api];
    expect(failure && titleOf(api, failure)).toBe(title);
  });
});

it("41, 42 only a daemon fetches models", () => {
  expect("pull" in apiWires.openai.model("http://127.0.0.1:1/v1", {})).toBe(false);
});

it.each(apis)("47 %s is not asked for a shape of the answer", async (api) => {
  const wire = apiWires[api];
  server = await wire.start(() => reply([wire.answer("a"), wire.end()]));
  await collectChat(wire.model(server.endpoint, {}), chatRequest());
  const sent = JSON.parse((await server.received(wire.path)).text);
  for (const name of ["format", "response_format"]) expect(sent).not.toHaveProperty(name);
});
