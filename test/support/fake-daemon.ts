import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { RecordedRequest, Reply, Step, WireBody } from "./fake-wire";
import { listening } from "./loopback";
import { type ChatAnswer, type ScriptedModel, ScriptedModels } from "./scripted-models";

type Said = string | ChatAnswer;

export interface FakeDaemonScript {
  readonly version?: string;
  readonly models?: readonly ScriptedModel[];
  /**
   * What the models say: the same each time, one answer after the other (the last one from then
   * on), or what a function makes of the request. Without it they echo the last message.
   */
  readonly chat?: Said | readonly Said[] | ((body: WireBody) => ChatAnswer | Reply);
  /** Asked first, for every request; undefined leaves it to what stands below. */
  readonly reply?: (request: RecordedRequest) => Reply | undefined;
  /** What is replied on these paths, each time; all others are left to the scripted models. */
  readonly at?: Readonly<Partial<Record<string, readonly Step[]>>>;
  /** 0 takes any free port. */
  readonly port?: number;
}

export interface FakeDaemon {
  readonly endpoint: string;
  /** Every request in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The chat requests alone. */
  chats(): readonly RecordedRequest[];
  /** How many replies are going on. */
  busy(): number;
  /** Resolves with the next request on this path, one that came already included. */
  received(path: string): Promise<RecordedRequest>;
  close(): Promise<void>;
}

/**
 * A real HTTP server that answers like an Ollama daemon, or as badly as its script says. Listens on
 * loopback.
 */
export async function startFakeDaemon(script: FakeDaemonScript = {}): Promise<FakeDaemon> {
  const requests: RecordedRequest[] = [];
  const chat = typeof script.chat === "function" ? script.chat : inTurn(script.chat);
  const models = new ScriptedModels(script.version ?? "0.34.2", script.models ?? [], chat);
  let busy = 0;
  let heard = () => {};

  const server = createServer(async (incoming, response) => {
    const text = await bodyOf(incoming);
    let finish: (how: "finished" | "clientLeft") => void = () => {};
    const over = new Promise<"finished" | "clientLeft">((resolve) => {
      finish = resolve;
    });
    busy++;
    // Answers to whoever has gone are not errors of the test.
    response.on("error", () => {});
    response.on("close", () => {
      busy--;
      finish(response.writableFinished ? "finished" : "clientLeft");
    });
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      text,
      body: jsonOf(text),
      over,
    };
    requests.push(request);
    heard();
    const steps = script.at?.[request.path];
    const reply = script.reply?.(request) ?? (steps && { steps });
    await send(response, reply ?? models.answer(request));
  });
  const port = await listening(server, script.port);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    chats: () => requests.filter((one) => one.path === "/api/chat"),
    busy: () => busy,
    async received(path) {
      for (;;) {
        const found = requests.find((one) => one.path === path);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.headersAfterMs !== undefined) await wait(reply.headersAfterMs);
  let started = false;
  const start = () => {
    if (!started)
      response.writeHead(reply.status ?? 200, {
        "content-type": "application/x-ndjson",
        ...reply.headers,
      });
    started = true;
  };
  for (const step of reply.steps) {
    if (response.destroyed) return;
    if (typeof step === "string" || step instanceof Uint8Array) {
      start();
      // Waiting for each piece keeps them apart on the wire, and an endless reply from filling the
      // memory.
      if (!(await written(response, step))) return;
    } else if ("waitMs" in step) {
      await wait(step.waitMs);
    } else if (step.fault === "hang") {
      // Headers that nothing follows still arrive.
      if (started) response.flushHeaders();
      return;
    } else {
      if (step.fault === "reset") response.socket?.resetAndDestroy();
      else response.socket?.destroy();
      return;
    }
  }
  start();
  response.end();
}

/** False when the client has gone. */
async function written(response: ServerResponse, bytes: string | Uint8Array): Promise<boolean> {
  await new Promise<void>((resolve) => {
    const over = () => {
      response.off("close", over);
      resolve();
    };
    response.once("close", over);
    response.write(bytes, over);
  });
  return !response.destroyed;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(text: string): WireBody {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function wait(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}

function inTurn(said: Said | readonly Said[] | undefined): (() => ChatAnswer) | undefined {
  if (said === undefined) return undefined;
  const all = [said].flat();
  let asked = 0;
  return () => {
    const answer = all[Math.min(asked++, all.length - 1)] ?? "";
    return typeof answer === "string" ? { answer } : answer;
  };
}
