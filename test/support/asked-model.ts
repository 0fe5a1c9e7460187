import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../src/core/model/openai/openai-model";
import { type FakeDaemon, type FakeDaemonScript, startFakeDaemon } from "./fake-daemon";
import { type OpenAiScript, startFakeOpenAiServer } from "./fake-openai-server";

type Options<T extends abstract new (options: never) => unknown> = Partial<
  ConstructorParameters<T>[0]
>;

/** A daemon that ends with the test which starts it. */
export async function daemonForTest(script: FakeDaemonScript = {}): Promise<FakeDaemon> {
  const daemon = await startFakeDaemon(script);
  onTestFinished(() => daemon.close());
  return daemon;
}

/** The same, and a client of it. */
export async function askedOllama(
  script: FakeDaemonScript = {},
  options: Options<typeof OllamaModel> = {},
) {
  const daemon = await daemonForTest(script);
  return { daemon, model: new OllamaModel({ endpoint: daemon.endpoint, ...options }) };
}

/** The same with the other API. */
export async function askedOpenAi(
  script: OpenAiScript = {},
  options: Options<typeof OpenAiModel> = {},
) {
  const server = await startFakeOpenAiServer(script);
  onTestFinished(() => server.close());
  return { server, model: new OpenAiModel({ endpoint: server.endpoint, ...options }) };
}

/** Whatever a server sends, it is never printed: it may be somebody's code. */
export function expectNothingPrinted(): void {
  const printed: unknown[][] = [];
  beforeEach(() => {
    printed.length = 0;
    for (const name of ["log", "warn", "error", "info", "debug"] as const)
      vi.spyOn(console, name).mockImplementation((...parts) => void printed.push(parts));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(printed).toEqual([]);
  });
}
