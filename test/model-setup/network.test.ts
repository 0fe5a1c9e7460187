import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import tls from "node:tls";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { describeFailure } from "../../src/core/describe-failure";
import { silentLog } from "../../src/core/log";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../src/core/model/openai/openai-model";
import { Network, type NetworkSettings, plainNetwork } from "../../src/model-setup/network";
import { buildProduct } from "../support/built-product";
import { chatRequest, collectChat } from "../support/collect-chat";
import { listening } from "../support/loopback";
import { makeCertificates, type RunningProxy, startProxy } from "../support/proxy-and-certificates";
import { failureFrom } from "./connect/connector-world";

const host = "models.example.test";
const certificates = makeCertificates(host);
afterAll(() => certificates?.remove());
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface ModelServerHere {
  readonly port: number;
  readonly requests: IncomingMessage[];
}

/** Answers as servers of OpenAI's API do, or hangs in the middle of the answer. */
async function startServer(isEncrypted: boolean, redirectTo?: string): Promise<ModelServerHere> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    if (redirectTo !== undefined) response.writeHead(307, { location: redirectTo }).end();
    else if (request.url === "/v1/models")
      response.setHeader("content-type", "application/json").end('{"data":[{"id":"m"}]}');
    else {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"choices":[{"delta":{"content":"yes"}}]}\n\n');
      if (request.headers["x-hang"] === undefined)
        response.end('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    }
  };
  const server =
    isEncrypted && certificates !== undefined
      ? createTlsServer({ key: certificates.key, cert: certificates.cert }, listener)
      : createServer(listener);
  const port = await listening(server);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, requests };
}

async function proxyTo(port: number, password?: string): Promise<RunningProxy> {
  const proxy = await startProxy(port, password);
  closing.push(() => proxy.close());
  return proxy;
}

type Env = Readonly<Record<string, string>>;

function networkOf(settings: Partial<NetworkSettings>, env: Env = {}): Network {
  const all = { ...plainNetwork, systemCertificates: false, ...settings };
  return new Network(() => all, env, silentLog);
}

const trusting = (): Env => ({ NODE_EXTRA_CA_CERTS: certificates?.authorityFile ?? "" });

function modelAt(endpoint: string, settings: Partial<NetworkSettings>, env: Env = {}): OpenAiModel {
  const network = networkOf(settings, env);
  const routeTo = (to: string) => network.routeTo(to);
  return new OpenAiModel({ endpoint, authorization: async () => "Bearer secret", routeTo });
}

async function names(model: OpenAiModel): Promise<readonly string[]> {
  return (await model.list()).map(({ name }) => name);
}

describe.skipIf(certificates === undefined)("a server with a certificate of its own", () => {
  const at = (port: number): string => `https://localhost:${port}/v1`;

  it("is believed by the authority in NODE_EXTRA_CA_CERTS", async () => {
    const { port } = await startServer(true);
    expect(await names(modelAt(at(port), {}, trusting()))).toEqual(["m"]);
  });

  it("is not believed without it, and it is said why", async () => {
    const { port, requests } = await startServer(true);
    const failure = await failureFrom(names(modelAt(at(port), {})));
    expect(failure.kind).toBe("daemonUnreachable");
    expect(describeFailure(failure)).toMatchObject({
      title: "Ollama does not prove who it is",
      remedy: expect.stringMatching(/^Your computer does not know who vouches/),
    });
    expect(requests).toEqual([]);
  });

  it("is believed by the system's authority once the editor is told to believe those", async () => {
    const before = Reflect.get(tls, "getCACertificates");
    const authority = readFileSync(certificates?.authorityFile ?? "", "utf8");
    Reflect.set(tls, "getCACertificates", () => [authority]);
    let settings = { ...plainNetwork, systemCertificates: false };
    const network = new Network(() => settings, {}, silentLog);
    const trust = async () => (await network.routeTo(at(443)))?.tls?.secureContext;
    expect(await trust()).toBeUndefined();
    settings = { ...settings, systemCertificates: true };
    expect(await trust()).toBeDefined();
    Reflect.set(tls, "getCACertificates", before);
  });

  it("is taken as it is where the editor was told not to look", async () => {
    const { port } = await startServer(true);
    expect(await names(modelAt(at(port), { strictSsl: false }))).toEqual(["m"]);
  });

  it("is reached through a proxy by the library as it ships, too", async () => {
    const { port } = await startServer(true);
    const proxy = await proxyTo(port);
    const product = await buildProduct();
    closing.push(() => product.remove());
    const { EnvHttpProxyAgent, fetch } = createRequire(import.meta.url)(product.path("undici.cjs"));
    const agent = new EnvHttpProxyAgent({
      httpsProxy: proxy.address,
      requestTls: { rejectUnauthorized: false },
    });
    closing.push(() => agent.destroy());
    const answer = await fetch(`https://${host}/v1/models`, { dispatcher: agent });
    expect(await answer.json()).toEqual({ data: [{ id: "m" }] });
    expect(proxy.asked.map(({ line }) => line)).toEqual([`CONNECT ${host}:443`]);
  }, 60_000);

  it("is reached through a proxy, which sees the name alone: no key, no code", async () => {
    const { port, requests } = await startServer(true);
    const proxy = await proxyTo(port, `Basic ${btoa("me:word")}`);
    const address = proxy.address.replace("http://", "http://me:word@");
    const model = modelAt(`https://${host}/v1`, { proxy: address }, trusting());
    expect(await names(model)).toEqual(["m"]);
    expect((await collectChat(model, chatRequest())).answer).toBe("yes");
    expect(proxy.asked.every(({ line }) => line === `CONNECT ${host}:443`)).toBe(true);
    expect(proxy.asked.some(({ headers }) => "authorization" in headers)).toBe(false);
    expect(requests.map(({ headers }) => headers.authorization)).toContain("Bearer secret");
    expect(requests.some(({ headers }) => "proxy-authorization" in headers)).toBe(false);
  });

  it("is left by a stop through the proxy too", async () => {
    const { port } = await startServer(true);
    const proxy = await proxyTo(port);
    const network = networkOf({ proxy: proxy.address }, trusting());
    const routeTo = (to: string) => network.routeTo(to);
    const model = new OpenAiModel({ endpoint: `https://${host}/v1`, routeTo });
    await model.list();
    const stop = new AbortController();
    for await (const event of model.chat(chatRequest({ model: "m" }), stop.signal))
      if (event.kind === "answer") break;
    await vi.waitFor(() => expect(proxy.open()).toBe(0), 1_000);
  });
});

describe("a proxy", () => {
  const endpoint = `http://${host}:8000/v1`;

  it("is asked for the whole address of a server that speaks without encryption", async () => {
    const { port } = await startServer(false);
    const proxy = await proxyTo(port, "Bearer of a proxy");
    const settings = { proxy: proxy.address, proxyAuthorization: "Bearer of a proxy" };
    expect(await names(modelAt(endpoint, settings))).toEqual(["m"]);
    expect(proxy.asked.map(({ line }) => line)).toContain(`GET ${endpoint}/models`);
  });

  it("is the one that the environment names, unless the editor names one or wants none", async () => {
    const { port } = await startServer(false);
    const proxy = await proxyTo(port);
    const env = { HTTP_PROXY: proxy.address.replace("http://", "") };
    expect(await names(modelAt(endpoint, {}, env))).toEqual(["m"]);
    const count = proxy.asked.length;
    for (const settings of [{ usesProxy: false }, { proxy: "http://127.0.0.1:9" }])
      expect(await failureFrom(names(modelAt(endpoint, settings, env)))).toMatchObject({
        kind: "daemonUnreachable",
      });
    expect(
      await failureFrom(names(modelAt(endpoint, {}, { ...env, NO_PROXY: host }))),
    ).toBeDefined();
    expect(proxy.asked.length).toBe(count);
  });

  it.each([host, `*.example.test`, ".example.test", `${host}:8000`, "*"])(
    "is left out for %s",
    async (noProxy) => {
      const { port } = await startServer(false);
      const proxy = await proxyTo(port);
      const model = modelAt(endpoint, { proxy: proxy.address, noProxy: [noProxy] });
      expect(await failureFrom(names(model))).toMatchObject({ kind: "daemonUnreachable" });
      expect(proxy.asked).toEqual([]);
    },
  );

  it("is never between us and this machine", async () => {
    const { port } = await startServer(false);
    const proxy = await proxyTo(port);
    for (const here of ["127.0.0.1", "localhost"])
      expect(await names(modelAt(`http://${here}:${port}/v1`, { proxy: proxy.address }))).toEqual([
        "m",
      ]);
    expect(proxy.asked).toEqual([]);
  });

  it.each(["http", "https"])("that wants a password is called by its name (%s)", async (scheme) => {
    const proxy = await proxyTo(9, "Basic other");
    const model = modelAt(`${scheme}://${host}/v1`, { proxy: proxy.address });
    const failure = await failureFrom(names(model));
    expect(failure).toMatchObject({ kind: "proxyRefused", status: 407 });
    expect(describeFailure(failure).remedy).toContain("http.proxy");
  });

  it("that is not there is called by its name", async () => {
    const failure = await failureFrom(names(modelAt(endpoint, { proxy: "http://127.0.0.1:9" })));
    expect(describeFailure(failure).remedy).toMatch(
      /^The proxy 127\.0\.0\.1:9 gives no connection to the server at http:\/\/models/,
    );
  });
});

it("a server that sends on to another is told by name, and the other gets neither key nor code", async () => {
  const other = await startServer(false);
  const { port } = await startServer(false, `http://localhost:${other.port}/v1/models`);
  const endpoint = `http://127.0.0.1:${port}`;
  const authorization = async (): Promise<string> => "Bearer secret";
  for (const model of [
    new OpenAiModel({ endpoint: `${endpoint}/v1`, authorization }),
    new OllamaModel({ endpoint, authorization }),
  ]) {
    const failure = await failureFrom(model.list());
    expect(failure).toMatchObject({ kind: "notADaemon" });
    expect(JSON.stringify(failure)).toContain(`localhost:${other.port}`);
  }
  expect(other.requests).toEqual([]);
});

it("the programs that fetch the engine and its models are told of the proxy", () => {
  const env = networkOf({ proxy: "http://proxy:3128", noProxy: ["a.test"] }).childEnvironment();
  expect(env).toMatchObject({
    HTTPS_PROXY: "http://proxy:3128",
    NO_PROXY: "localhost,127.0.0.1,::1,a.test",
    NODE_USE_ENV_PROXY: "1",
  });
  expect(networkOf({}).childEnvironment()).toEqual({});
  expect(networkOf({ usesProxy: false, proxy: "http://proxy:3128" }).childEnvironment()).toEqual(
    {},
  );
});
