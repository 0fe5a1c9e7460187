import { afterEach, expect, it } from "vitest";
import { describeFailure } from "../../../../src/core/describe-failure";
import { OllamaModel } from "../../../../src/core/model/ollama/ollama-model";
import { contentLine, doneLine, errorLine } from "../../../support/chat-lines";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../../support/fake-daemon";
import type { Reply } from "../../../support/fake-wire";

let daemon: FakeDaemon;
afterEach(() => daemon?.close());

const html = { "content-type": "text/html" };
const refused = (status: number, error: string): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  steps: [JSON.stringify({ error })],
});
const page = (status: number, more: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...html, ...more },
  steps: ["<html>no</html>"],
});
const overflow = JSON.stringify({
  error: {
    code: 400,
    message: "request (9000 tokens) exceeds the available context size (4096 tokens)",
    type: "exceed_context_size_error",
    n_prompt_tokens: 9000,
    n_ctx: 4096,
  },
});
const wordBefore = contentLine("a word ");

/** What the daemon, or what stands at its address, does; what is kept of the answer; what the person reads as the title. */
const told: readonly (readonly [string, Reply, string, string])[] = [
  [
    "fails in the middle",
    { steps: [wordBefore, errorLine("it broke")] },
    "a word ",
    "The model broke off with an error",
  ],
  [
    "fails at once with status 200",
    { steps: [errorLine("it broke")] },
    "",
    "The model broke off with an error",
  ],
  ["knows no such model", refused(404, "model 'm' not found"), "", "m is not there"],
  ["is sent too much", refused(400, overflow), "", "The request is too long for the model"],
  [
    "has no memory",
    refused(500, "model requires more system memory (9 GiB)"),
    "",
    "The model does not fit into memory",
  ],
  ["wants a sign-in", refused(401, "unauthorized"), "", "m needs you to sign in to Ollama"],
  ["lets nobody in", { status: 403, steps: [] }, "", "Ollama refused to talk to Thinkaloud"],
  ["ends without an end", { steps: [wordBefore] }, "a word ", "The answer broke off"],
  [
    "is cut in a line",
    { steps: [wordBefore, '{"mess', { fault: "reset" }] },
    "a word ",
    "The connection broke",
  ],
  [
    "wants a password",
    page(401, { "www-authenticate": "Basic" }),
    "",
    "A user name and a password are wanted",
  ],
  ["is behind a proxy that forbids", page(405), "", "A proxy does not let the request through"],
  ["is behind a proxy that wants a password", page(407), "", "A proxy wants a password"],
  ["is behind a proxy of small requests", page(413), "", "The request is too large for a proxy"],
  ["is behind a proxy without patience", page(504), "", "A proxy gave up waiting for the model"],
  ["is another program", page(200), "", "Something else than Ollama answers"],
  [
    "says nothing but that it is done",
    { steps: [doneLine("load")] },
    "",
    "The model was not asked anything",
  ],
  [
    "sends a broken line",
    { steps: ['{"message":{"content":"a\nb"}}\n', doneLine()] },
    "",
    "A part of the answer arrived damaged",
  ],
];

it.each(told)("a daemon that %s is told by its cause, and what came is kept", async (...row) => {
  const [, reply, kept, title] = row;
  daemon = await startFakeDaemon({ models: [{ name: "m" }], chat: () => reply });
  const model = new OllamaModel({ endpoint: daemon.endpoint });
  const { answer, failure } = await collectChat(model, chatRequest());
  expect(answer).toBe(kept);
  expect(failure && describeFailure(failure).title).toBe(title);
});
