import { createServer, type Server, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { failureOf } from "../../../src/core/failure-error";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { probeDaemon, whoAnswers } from "../../../src/model-setup/find/find-daemon";
import type { Failure } from "../../../src/protocol/failure";
import { daemonForTest } from "../../support/asked-model";
import { listening } from "../../support/loopback";

/** A port where something listens below HTTP. */
async function rawPort(
  onConnection: (socket: Socket) => void,
): Promise<{ server: Server; endpoint: string }> {
  const server = createServer(onConnection);
  return { server, endpoint: `http://127.0.0.1:${await listening(server)}` };
}

const html = { "content-type": "text/html" };
const basic = { ...html, "www-authenticate": 'Basic realm="box"' };
const never = new AbortController().signal;

async function failureAt(endpoint: string, timeoutMs?: number): Promise<Failure> {
  try {
    await probeDaemon(new OllamaModel({ endpoint }), never, timeoutMs);
  } catch (thrown) {
    return failureOf(thrown);
  }
  throw new Error("the probe found a daemon");
}

describe("who answers there", () => {
  it("a daemon gives its version", async () => {
    const { endpoint } = await daemonForTest({ version: "0.33.0-rc2" });
    expect(await probeDaemon(new OllamaModel({ endpoint }), never)).toBe("0.33.0-rc2");
  });

  it("nobody: the port is dead", async () => {
    const { server, endpoint } = await rawPort(() => {});
    await new Promise((resolve) => server.close(resolve));
    expect(await failureAt(endpoint)).toMatchObject({
      kind: "daemonUnreachable",
      endpoint,
      cause: "ECONNREFUSED",
    });
  });

  it("somebody who never says a word is given up in time", async () => {
    const sockets: Socket[] = [];
    const { server, endpoint } = await rawPort((socket) => sockets.push(socket));
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    expect(await failureAt(endpoint, 200)).toMatchObject({
      kind: "daemonUnreachable",
      endpoint,
      cause: expect.stringContaining("no answer"),
    });
  });

  it("a daemon is not late for the time in which this process stood still", async () => {
    const { endpoint } = await daemonForTest({ version: "0.34.2" });
    const probe = new OllamaModel({ endpoint });
    // What asks is loaded before, so that the question is on its way when all stands still.
    await probeDaemon(probe, never);
    const asking = probeDaemon(probe, never, 300);
    await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 600;
    while (performance.now() < until);
    expect(await asking).toBe("0.34.2");
  });

  it("somebody who hangs up at once is no daemon", async () => {
    const { server, endpoint } = await rawPort((socket) => socket.destroy());
    onTestFinished(() => void server.close());
    expect(await failureAt(endpoint)).toMatchObject({ kind: "notADaemon", endpoint });
  });

  it("an answer that breaks off is told as another program's, in what it said where it said something", () => {
    const broken = { kind: "streamBroken", how: "malformed" } as const;
    expect(whoAnswers({ ...broken, detail: "no JSON" }, "http://box")).toMatchObject({
      found: "no JSON",
    });
    expect(whoAnswers(broken, "http://box")).toMatchObject({ found: "it closes the connection" });
  });

  it.each([
    ["a web page", { headers: html, steps: ["<html>hello</html>"] }, "notADaemon"],
    ["JSON that is not a version", { steps: ['{"name":"other"}'] }, "notADaemon"],
    ["a page that is not found", { status: 404, headers: html, steps: ["no"] }, "notADaemon"],
    [
      "another service's own error",
      { status: 404, steps: ['{"error":"no such route"}'] },
      "notADaemon",
    ],
    ["a daemon that will not talk to us", { status: 403, steps: [] }, "forbidden"],
    [
      "LM Studio, which answers everything with 200",
      { steps: ['{"error":"Unexpected endpoint or method. (GET /api/version)"}'] },
      "notADaemon",
    ],
    [
      "who sends requests on to another address",
      { status: 301, headers: { location: "https://box/" }, steps: [] },
      "notADaemon",
    ],
    [
      "a daemon behind a password",
      { status: 401, headers: basic, steps: ["<html>401</html>"] },
      "credentialsWanted",
    ],
    [
      "a daemon behind a key",
      { status: 401, steps: ['{"error":"invalid api key"}'] },
      "credentialsWanted",
    ],
    ["a proxy that wants a password of its own", { status: 407, steps: [] }, "proxyRefused"],
    [
      "a gateway before a dead daemon",
      { status: 502, headers: html, steps: ["bad gateway"] },
      "proxyRefused",
    ],
    ["a gateway that is overrun", { status: 503, headers: html, steps: ["busy"] }, "proxyRefused"],
  ])("%s is told from a daemon", async (_title, reply, kind) => {
    const { endpoint } = await daemonForTest({ reply: () => reply });
    expect(await failureAt(endpoint)).toMatchObject({ kind, endpoint });
  });

  it("another program is named in its own words, and a new address where it sends us", async () => {
    const { endpoint } = await daemonForTest({
      reply: ({ path }) => {
        if (path.startsWith("/lm-studio"))
          return { steps: ['{"error":"Unexpected endpoint or method."}'] };
        return {
          status: 308,
          headers: { location: "https://me:secret@box/ollama?key=1" },
          steps: [],
        };
      },
    });
    const lmStudio = await failureAt(`${endpoint}/lm-studio`);
    expect(lmStudio).toMatchObject({ found: "Unexpected endpoint or method." });
    expect(await failureAt(endpoint)).toMatchObject({
      found: "it sends requests on to https://box/ollama",
      to: "https://box/ollama",
    });
  });

  it("whoever stops looking gets their own reason back", async () => {
    const { endpoint } = await daemonForTest({ reply: () => ({ steps: [{ fault: "hang" }] }) });
    const stop = new AbortController();
    const looking = probeDaemon(new OllamaModel({ endpoint }), stop.signal);
    const reason = new Error("enough");
    stop.abort(reason);
    await expect(looking).rejects.toBe(reason);
  });
});
