import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeFailure } from "../../../src/core/describe-failure";
import type { ModelServer } from "../../../src/core/model/language-model";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../../src/core/model/openai/openai-model";
import type { Connector } from "../../../src/model-setup/connect/connector";
import { buildEngine } from "../../built-in-engine/engine-fixture";
import { type ChaosProxy, startChaosProxy } from "../../support/chaos-proxy";
import { chatRequest, collectChat } from "../../support/collect-chat";
import { healthyDaemonSuite, type RunningServer } from "../../support/healthy-daemon-suite";
import { namedServers, reached } from "../../support/named-servers";
import { plainConnector, settingsFor } from "../../support/plain-connector";
import { Asker, contextTokens, type Outcome, twentyRequests } from "../../support/twenty-requests";

/** Real servers, where somebody names some: see `namedServers`. */
const servers = namedServers();
const streams = Number(process.env["THINKALOUD_CHAOS_STREAMS"] ?? 36);

for (const named of servers) {
  const { kind, model, goesOn } = named;
  healthyDaemonSuite({
    name: `${kind} with ${model}`,
    ...(named.thinks ? { thinkingModel: model } : { plainModel: model }),
    goesOn,
    contextTokens: 1024,
    timeoutMs: 600_000,
    ...(kind === "openai" && {
      server: ({ endpoint }: RunningServer) => new OpenAiModel({ endpoint }),
    }),
    start: () => reached(named),
  });
}

describe.skipIf(servers.length === 0)("a proxy that does its worst before a real server", () => {
  describe.each(servers)("$kind", (named) => {
    let stop = async (): Promise<void> => {};
    let proxy: ChaosProxy;
    let through: ModelServer;
    let straight: ModelServer;
    beforeAll(async () => {
      const place = await reached(named);
      stop = place.stop;
      const { endpoint, headers } = place;
      const api = named.kind === "openai" ? "openai" : "ollama";
      proxy = await startChaosProxy(api, endpoint, headers);
      // Longer than any of these machines needs to read a question of ten words.
      const timing = { silenceLimitMs: 60_000, leastWritingSilenceMs: 5_000, busyWaitsMs: [1] };
      const way = endpoint.replace(new URL(endpoint).origin, proxy.origin);
      through =
        api === "openai"
          ? new OpenAiModel({ endpoint: way, timing })
          : new OllamaModel({ endpoint: way, timing, headers, steers: named.kind === "builtin" });
      straight =
        api === "openai"
          ? new OpenAiModel({ endpoint })
          : new OllamaModel({ endpoint, headers, steers: named.kind === "builtin" });
    }, 120_000);
    afterAll(async () => {
      await proxy?.close();
      await stop();
    });

    it(`ends each of ${streams} streams once, loses no word and makes none up`, async () => {
      const ends = new Map<string, number>();
      for (let at = 1; at <= streams; at++) {
        const content = `Write a short poem about the number ${at}.`;
        const request = chatRequest({
          model: named.model,
          messages: [{ role: "user", content }],
          contextTokens: 2048,
          think: false,
          sampling: { temperature: 0, maxTokens: 40 },
        });
        const before = proxy.answers.length;
        const { thought, answer, failure, done, events } = await collectChat(through, request);
        // The proxy has passed on one answer, unless the refusal came before it.
        const passed = proxy.answers[before];
        const text = thought + answer;
        const about = `stream ${at}, ${passed?.broken ?? "sound"}: ${JSON.stringify(failure)}`;
        expect(events.filter(({ kind }) => kind === "done").length, about).toBe(failure ? 0 : 1);
        expect(passed, about).toBeDefined();
        if (passed === undefined) continue;
        const least = fromFirstLine(passed.least);
        const whole = fromFirstLine(passed.whole);
        expect(text.replace(/\uFFFD[\s\S]*$/, "").length, about).toBeGreaterThanOrEqual(
          least.length,
        );
        expect(text.startsWith(least), about).toBe(true);
        if (passed.broken === undefined) expect([failure, text], about).toEqual([undefined, whole]);
        if (failure !== undefined) {
          const { title, remedy } = describeFailure(failure);
          expect(title.length > 0 && remedy.length > 0, about).toBe(true);
        }
        const how = `${failure?.kind ?? done?.reason ?? "none"} after ${passed.broken ?? "nothing"}`;
        ends.set(how, (ends.get(how) ?? 0) + 1);
      }
      console.log(named.kind, Object.fromEntries(ends));
      const after = await collectChat(
        straight,
        chatRequest({
          model: named.model,
          messages: [{ role: "user", content: "Say hello." }],
          contextTokens: 2048,
          think: false,
          sampling: { temperature: 0, maxTokens: 8 },
        }),
      );
      expect(after.failure).toBeUndefined();
      await isLeft(proxy);
    }, 1_200_000);

    it("ends each of twenty runs once and in words, with what came of it", async () => {
      const details = await straight.describe(named.model);
      const think = details.capabilities.includes("thinking") && details.nativeThinking !== false;
      const asker = new Asker(async () => ({
        ...{ model: through, name: named.model, details, local: true, contextTokens, think },
        ...{ keepAlive: "10m", allowedCloudModels: [] },
      }));
      const ends = new Map<string, number>();
      for (const asked of twentyRequests()) {
        const before = proxy.answers.length;
        const { all, end } = await asker.ask(asked);
        const passed = proxy.answers.slice(before);
        const about = `${asked.name}: ${end} ${JSON.stringify(passed.map(({ broken }) => broken))}`;
        const last = all.filter(({ kind }) => kind === "finished" || kind === "failed");
        expect([last.length, all.at(-1)], about).toEqual([1, last[0]]);
        expect(end, about).not.toMatch(/^(?:none|without words|internal)$/);
        const text = all.map((event) =>
          event.kind === "thought" || event.kind === "answer" ? event.text : "",
        );
        const told = bare(text.join(""));
        // What was on its way when the person stopped is not waited for.
        if (end !== "stopped")
          for (const { least } of passed) expect(told, about).toContain(bare(least).slice(0, 40));
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      console.log(named.kind, Object.fromEntries(ends));
      await isLeft(proxy);
    }, 1_800_000);
  });
});

describe.skipIf(servers.length < 2)("twenty requests, one setting apart", () => {
  const connectors: Connector[] = [];
  const askers: Asker[] = [];
  let remove = (): void => {};
  beforeAll(async () => {
    const engine = await buildEngine();
    ({ remove } = engine);
    for (const named of servers) {
      const connector = plainConnector(settingsFor(named, contextTokens), engine.script);
      connectors.push(connector);
      askers.push(new Asker((signal) => connector.connect(signal)));
    }
  }, 120_000);
  afterAll(async () => {
    for (const connector of connectors) await connector.dispose();
    remove();
  });

  it.each(twentyRequests())(
    "$name: the same events, end and review on each server",
    async (asked) => {
      const outcomes: Outcome[] = [];
      for (const asker of askers) outcomes.push(await asker.ask(asked));
      const told = ({ events, end, review }: Outcome) => ({ events, end, review });
      const [first, ...others] = outcomes.map(told);
      for (const other of others) expect(other).toEqual(first);
    },
    600_000,
  );
});

/** Nothing of the real server is open any more, as soon as the proxy has done what it was at. */
async function isLeft({ answers }: ChaosProxy): Promise<void> {
  await vi.waitFor(() => expect(answers.filter(({ isOver }) => !isOver)).toEqual([]), 5_000);
}

/** Blank lines that a server begins with are no words. */
function fromFirstLine(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "");
}

/** Without marks of thoughts and blanks, which are no text of anybody's. */
function bare(text: string): string {
  return text.replace(/<\/?think>|\s+/g, "");
}
