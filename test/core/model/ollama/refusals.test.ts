import { createServer as createTcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../../src/core/failure-error";
import { OllamaModel } from "../../../../src/core/model/ollama/ollama-model";
import { askedOllama, expectNothingPrinted } from "../../../support/asked-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../../support/fake-daemon";
import type { Reply } from "../../../support/fake-wire";
import { listening } from "../../../support/loopback";

let daemon: FakeDaemon;
expectNothingPrinted();

const fast = { busyWaitsMs: [10, 20, 30] };

function refusal(
  status: number,
  body: string,
  contentType = "application/json; charset=utf-8",
): Reply {
  return { status, headers: { "content-type": contentType }, steps: body === "" ? [] : [body] };
}

async function failureAfter(reply: Reply) {
  const script = { models: [{ name: "m" }], chat: () => reply };
  const asked = await askedOllama(script, { timing: fast });
  daemon = asked.daemon;
  const found = await collectChat(asked.model, chatRequest({ contextTokens: 2048 }));
  expect(found.answer).toBe("");
  return found.failure;
}

const overflowInside = JSON.stringify({
  error: {
    ...{ code: 400, message: "too long", type: "exceed_context_size_error" },
    ...{ n_prompt_tokens: 6012, n_ctx: 2048 },
  },
});

describe("a refusal of the daemon", () => {
  const cases: [what: string, status: number, error: string, failure: object][] = [
    ["an unknown model", 404, "model 'm' not found", { kind: "modelMissing", model: "m" }],
    [
      "an unknown model, as newer ones say it",
      404,
      'model "m" not found, try pulling it first',
      { kind: "modelMissing", model: "m" },
    ],
    [
      "a prompt that is too long, with the numbers",
      400,
      overflowInside,
      { kind: "contextOverflow", promptTokens: 6012, contextTokens: 2048 },
    ],
    [
      "a prompt that is too long, in the words of older ones",
      400,
      "the input length exceeds the context length",
      { kind: "contextOverflow", contextTokens: 2048 },
    ],
    [
      "a prompt that is too long, in other words",
      400,
      "the prompt is longer than the context length currently available",
      { kind: "contextOverflow", contextTokens: 2048 },
    ],
    [
      "too little memory",
      500,
      "llama-server reported out-of-memory during startup: cudaMalloc failed",
      {
        kind: "outOfMemory",
        message: "llama-server reported out-of-memory during startup: cudaMalloc failed",
        contextTokens: 2048,
      },
    ],
    [
      "too little memory, in the words of older ones",
      500,
      "model requires more system memory (9.9 GiB) than is available (3.1 GiB)",
      { kind: "outOfMemory", contextTokens: 2048 },
    ],
    [
      "a crash",
      500,
      "llama-server process has terminated: signal: killed",
      { kind: "modelCrashed" },
    ],
    [
      "a crash while answering",
      500,
      "model runner has unexpectedly stopped, this may be due to resource limits",
      { kind: "modelCrashed" },
    ],
    [
      "a model that has no tools",
      400,
      "registry.ollama.ai/library/m:latest does not support tools",
      { kind: "requestRejected", status: 400 },
    ],
    [
      "options of a wrong type",
      500,
      "option num_ctx must be of type integer",
      { kind: "serverError", status: 500 },
    ],
    [
      "cloud models that are switched off",
      403,
      "ollama cloud is disabled: remote inference is unavailable",
      { kind: "cloudModelRefused", model: "m", turnedOff: true },
    ],
    [
      "a load that somebody else cancelled",
      499,
      "request canceled",
      { kind: "requestRejected", status: 499 },
    ],
  ];
  it.each(cases)("because of %s is understood", async (_what, status, error, failure) => {
    expect(await failureAfter(refusal(status, JSON.stringify({ error })))).toMatchObject(failure);
  });

  it("because nobody is signed in keeps the address to sign in at", async () => {
    const body = '{"error":"unauthorized","signin_url":"https://ollama.com/connect?name=box"}';
    expect(await failureAfter(refusal(401, body))).toEqual({
      kind: "signInRequired",
      model: "m",
      signInUrl: "https://ollama.com/connect?name=box",
    });
  });

  it("without a word means that it takes no requests from here", async () => {
    expect(await failureAfter(refusal(403, ""))).toEqual({
      kind: "forbidden",
      endpoint: daemon.endpoint,
    });
    expect(await failureAfter(refusal(401, ""))).toEqual({
      kind: "credentialsWanted",
      endpoint: daemon.endpoint,
      refused: false,
    });
  });

  it.each([405, 407, 413, 502, 504, 524])(
    "by what stands before it (%i) is not taken for the daemon's",
    async (status) => {
      const failure = await failureAfter(refusal(status, "<html>no</html>", "text/html"));
      expect(failure).toEqual({ kind: "proxyRefused", endpoint: daemon.endpoint, status });
    },
  );

  it("keeps status and words when it is none of those", async () => {
    expect(await failureAfter(refusal(418, '{"error":"short and stout"}'))).toEqual({
      kind: "requestRejected",
      status: 418,
      message: "short and stout",
    });
  });

  it("is not believed to be the daemon's when it is a web page", async () => {
    const page = refusal(404, "<html>secret</html>", "text/html; charset=utf-8");
    const failure = await failureAfter(page);
    const found = "HTTP 404, text/html";
    expect(failure).toEqual({
      ...{ kind: "notADaemon", endpoint: daemon.endpoint, found, page: true },
    });
  });

  it("that says nothing but its number is a problem of the server", async () => {
    expect(await failureAfter(refusal(500, "<html>it broke</html>", "text/html"))).toEqual({
      kind: "serverError",
      status: 500,
      message: "",
    });
  });

  it("because it is busy is tried again a few times, and succeeds when there is room", async () => {
    let times = 0;
    const busy = refusal(
      503,
      '{"error":"server busy, please try again.  maximum pending requests exceeded"}',
    );
    const { model } = await askedOllama(
      {
        models: [{ name: "m" }],
        chat: () => (++times <= 2 ? busy : { answer: "ok" }),
      },
      { timing: fast },
    );
    const found = await collectChat(model);
    expect(found).toMatchObject({
      answer: "ok",
      notices: [expect.stringContaining("trying again")],
    });
    expect(found.events.filter((event) => event.kind === "sent")).toHaveLength(1);
  });

  it("because it is busy is final after those", async () => {
    expect(await failureAfter(refusal(503, '{"error":"server busy"}'))).toEqual({
      kind: "serverBusy",
    });
    expect(daemon.chats()).toHaveLength(1 + fast.busyWaitsMs.length);
  });

  it("because it is busy is not waited for once the person stops", async () => {
    const { model } = await askedOllama(
      { models: [{ name: "m" }], chat: () => refusal(503, "") },
      { timing: { busyWaitsMs: [60_000] } },
    );
    const stop = new AbortController();
    const reason = new Error("stopped");
    const work = (async () => {
      for await (const event of model.chat(chatRequest(), stop.signal))
        if (event.kind === "notice") setTimeout(() => stop.abort(reason), 10);
    })();
    await expect(work).rejects.toBe(reason);
  });

  it("never sends the code on to another address", async () => {
    const elsewhere = await startFakeDaemon();
    const failure = await failureAfter({
      ...refusal(307, ""),
      headers: { location: `${elsewhere.endpoint}/api/chat` },
    });
    expect(failure).toMatchObject({ kind: "notADaemon", to: `${elsewhere.endpoint}/api/chat` });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });
});

describe("an endpoint without a daemon", () => {
  const failureAt = (endpoint: string) =>
    new OllamaModel({ endpoint }).version().then(() => undefined, failureOf);

  it("is unreachable when nobody listens", async () => {
    const { daemon, model } = await askedOllama();
    const { endpoint } = daemon;
    await daemon.close();
    expect(await failureAt(endpoint)).toEqual({
      kind: "daemonUnreachable",
      endpoint,
      cause: "ECONNREFUSED",
    });
    expect((await collectChat(model)).failure?.kind).toBe("daemonUnreachable");
  });

  it("has an unusable address when its port is one that may never be asked", async () => {
    expect((await failureAt("http://127.0.0.1:6666"))?.kind).toBe("invalidEndpoint");
  });

  it("is unreachable when there is no such computer", async () => {
    expect((await failureAt("http://no-such-host.invalid:11434"))?.kind).toBe("daemonUnreachable");
  });

  it.each<[string, Reply]>([
    ["a web page", refusal(200, "<html></html>", "text/html")],
    ["another service's object", refusal(200, '{"hello":"world"}')],
    ["a list", refusal(200, "[]")],
    ["a missing page", refusal(404, "404 page not found", "text/plain")],
  ])("is recognised by what answers instead: %s", async (_what, reply) => {
    const { daemon } = await askedOllama({ reply: () => reply });
    expect((await failureAt(daemon.endpoint))?.kind).toBe("notADaemon");
  });

  it("is recognised when something answers that does not speak HTTP", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.end("SSH-2.0-OpenSSH_9.6\r\n");
    });
    expect((await failureAt(`http://127.0.0.1:${await listening(server)}`))?.kind).toBe(
      "notADaemon",
    );
    server.close();
  });

  it("is told to speak plainly when the address asks for encryption", async () => {
    const { daemon } = await askedOllama({});
    const failure = await failureAt(daemon.endpoint.replace("http:", "https:"));
    expect(failure).toMatchObject({
      kind: "invalidEndpoint",
      cause: "what answers there speaks without encryption, so it begins with http://",
    });
  });

  it("reports an error that comes with status 200", async () => {
    const { daemon } = await askedOllama({ reply: () => refusal(200, '{"error":"it broke"}') });
    expect(await failureAt(daemon.endpoint)).toEqual({
      kind: "modelReportedError",
      message: "it broke",
    });
  });
});

describe("the failure that the built-in engine names beside its error", () => {
  const named = (failure: unknown): string =>
    `${JSON.stringify({ error: "download of x.gguf failed: ENOTFOUND", failure })}\n`;

  it.each([
    { kind: "downloadFailed", what: "x.gguf", cause: "ENOTFOUND" },
    { kind: "checksumMismatch", what: "x.gguf", expected: "aa", found: "bb" },
    { kind: "diskFull", path: "/models", neededBytes: 5_000_000_000 },
    { kind: "modelFileUnreadable", path: "/x.gguf", cause: "no GGUF file" },
  ] as const)("is the failure, before and within an answer: $kind", async (failure) => {
    expect(await failureAfter(refusal(500, named(failure)))).toEqual(failure);
    expect(await failureAfter({ steps: [named(failure)] })).toEqual(failure);
  });

  it("is the failure of a download", async () => {
    const failure = { kind: "downloadFailed", what: "x.gguf", cause: "ENOTFOUND" };
    const { model } = await askedOllama({
      at: { "/api/pull": [named(failure)] },
    });
    const pulling = model.pull("x", AbortSignal.timeout(5_000)).next();
    expect(failureOf(await pulling.catch((thrown: unknown) => thrown))).toEqual(failure);
  });

  it.each([
    { kind: "engineCrashed", exit: "1" },
    { kind: "downloadFailed", what: "x.gguf" },
    { kind: "downloadFailed", what: 7, cause: "" },
    { kind: "toString" },
    "downloadFailed",
  ])("is left aside when it is none that an engine may name: %j", async (failure) => {
    expect(await failureAfter({ steps: [named(failure)] })).toMatchObject({
      kind: "modelReportedError",
    });
  });
});
