import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { silentLog } from "../src/core/log";
import { Interventions } from "../src/core/run/interventions";
import { run } from "../src/core/run/run";
import type { RunEnvironment } from "../src/core/run/run-request";
import type { SyntaxSource } from "../src/core/run/syntax-source";
import { Connector } from "../src/model-setup/connect/connector";
import { thinkaloudFolders } from "../src/model-setup/folders";
import { defaultModelSettings } from "../src/model-setup/settings/settings";
import type { Target } from "../src/protocol/document";
import { type SyntaxContextResult, serverRequests } from "../src/protocol/language-server";
import { TextAnswers } from "../src/session/syntax/text-answers";
import { type SpawnedServer, startServer } from "../test/server/spawned-server";
import { startFakeDaemon } from "../test/support/fake-daemon";
import type { BenchResult } from "./bench-result";
import { longFile } from "./support/long-file";
import { percentile95 } from "./support/percentile";

const rounds = 60;
const warmUps = 5;
const uri = pathToFileURL("/bench/accounts.ts").href;

/**
 * From the click to the model's request on the wire, in a file of 10,000 lines, with the product's
 * own language server process.
 */
export async function bench(): Promise<BenchResult[]> {
  let text = longFile();
  let version = 1;
  let arrived = (_at: number): void => {};
  const daemon = await startFakeDaemon({
    models: [{ name: "bench:1b", capabilities: ["completion", "thinking"] }],
    chat: () => {
      arrived(performance.now());
      return { answer: "", fault: "hangAtOnce" };
    },
  });
  const server = await startServer({
    module: "dist/server.cjs",
    grammarsFolder: `${process.cwd()}/dist/grammars`,
    remove: () => {},
  });
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "typescript", version, text },
  });
  let clockAheadMs = 0;
  const connector = new Connector({
    settings: () => ({ ...defaultModelSettings, endpoint: daemon.endpoint, engine: "server" }),
    folders: thinkaloudFolders(),
    consent: { builtIn: () => false },
    log: silentLog,
    now: () => performance.now() + clockAheadMs,
  });
  const environment: RunEnvironment = {
    connect: (signal) => connector.connect(signal),
    syntax: overTheServer(server),
    fileExists: async () => false,
    log: silentLog,
  };

  /** Milliseconds from the click until the daemon has the whole request. */
  async function click(): Promise<number> {
    const from = performance.now();
    const arrival = new Promise<number>((resolve) => {
      arrived = resolve;
    });
    const place = { line: 5_004, character: 8 };
    const target: Target = {
      uri,
      path: "accounts.ts",
      languageId: "typescript",
      version,
      text,
      range: { start: place, end: place },
      diagnostics: [],
    };
    const interventions = new Interventions();
    const ended = (async () => {
      for await (const _event of run(
        crypto.randomUUID(),
        { action: "fix", target },
        environment,
        interventions,
      )) {
        // Only the request counts here.
      }
    })();
    const tookMs = (await arrival) - from;
    interventions.stop();
    await ended;
    return tookMs;
  }
  // In front of a name in a method's body. It has to be a place that is there: the server takes one
  // behind a line's end for that end, holds another text than the one typed here from then on, and
  // sends the whole outline with each answer.
  const typedAt = { line: 5_007, character: 4 };
  const typedOffset = text.split("\n", typedAt.line).join("\n").length + 1 + typedAt.character;
  /** Without a list of lines: what the bench throws away would be collected in the next click. */
  async function type(): Promise<void> {
    text = `${text.slice(0, typedOffset)}x${text.slice(typedOffset)}`;
    version++;
    const change = {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: typedAt, end: typedAt }, text: "x" }],
    };
    await server.connection.sendNotification("textDocument/didChange", change);
  }
  /** What the same bytes take without us: on a busy machine that is most of it. */
  async function bareRequest(): Promise<number> {
    const body = daemon.chats().at(-1)?.text ?? "{}";
    const spent: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      const arrival = new Promise<number>((resolve) => {
        arrived = resolve;
      });
      const stop = new AbortController();
      const ended = fetch(`${daemon.endpoint}/api/chat`, {
        method: "POST",
        body,
        signal: stop.signal,
      }).catch(() => {});
      spent.push((await arrival) - from);
      stop.abort();
      await ended;
    }
    return percentile95(spent);
  }
  async function measured(before: () => unknown): Promise<number> {
    const spent: number[] = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      await before();
      const tookMs = await click();
      if (round >= warmUps) spent.push(tookMs);
    }
    return percentile95(spent);
  }

  try {
    const note = `TypeScript, ${text.split("\n").length} lines, 95th percentile of ${rounds}; bound 50 ms`;
    const usual = await measured(() => {});
    const rested = await measured(() => {
      // More than the connector takes on trust, so that the daemon is asked for its models first.
      clockAheadMs += 60_000;
    });
    const paused = await measured(async () => {
      await type();
      await delay(400);
    });
    const typed = await measured(type);
    const bare = await bareRequest();
    return [
      { name: "click to request on the wire", value: usual, unit: "ms", note },
      {
        name: "click to request, first one after a minute",
        value: rested,
        unit: "ms",
        note: "the daemon is asked anew what it has",
      },
      { name: "click to request, 0.4 s after a keystroke", value: paused, unit: "ms" },
      {
        name: "click to request, in the very moment of a keystroke",
        value: typed,
        unit: "ms",
        note: "what was typed has to be read first",
      },
      {
        name: "the same request sent bare",
        value: bare,
        unit: "ms",
        note: "what this machine takes for it right now",
      },
    ];
  } finally {
    server.process.kill();
    await connector.dispose();
    await daemon.close();
  }
}

/** As the editor's client asks it. */
function overTheServer({ connection }: SpawnedServer): SyntaxSource {
  const answers = new TextAnswers((params) =>
    connection.sendRequest(serverRequests.textSyntax, params),
  );
  return {
    async context(target) {
      const found = await answers.context(target, (params) =>
        connection.sendRequest<SyntaxContextResult>(serverRequests.syntaxContext, params),
      );
      if (found === undefined) throw new Error("the server has another version of the document");
      return found;
    },
    outline: async (languageId, text) => (await answers.read(languageId, text))?.outline,
    check: async (languageId, text) => (await answers.read(languageId, text))?.check,
  };
}
