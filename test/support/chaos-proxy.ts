import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Api } from "./api-wires";
import { disturbanceOf } from "./chaos-server";
import { listening } from "./loopback";
import { type Random, randomNumbers } from "./random-numbers";

/** What the proxy did to one answer of the real server. */
export interface PassedAnswer {
  /** All text that the server sent. */
  whole: string;
  /** What was let through before anything went wrong that breaks an answer. */
  least: string;
  /** What went wrong first. */
  broken: string | undefined;
  /** The server's end of it is over: it ended, or the proxy left it. */
  isOver: boolean;
}

export interface ChaosProxy {
  readonly origin: string;
  /** One for each chat, in order. */
  readonly answers: readonly PassedAnswer[];
  close(): Promise<void>;
}

const chatPaths: { readonly [Each in Api]: string } = {
  ollama: "/api/chat",
  openai: "/chat/completions",
};

/**
 * Stands before a real server and lets everything through but the answers to chats, which it cuts,
 * stalls, soils and resets.
 */
export async function startChaosProxy(
  api: Api,
  target: string,
  headers: Readonly<Record<string, string>>,
): Promise<ChaosProxy> {
  const { host, origin } = new URL(target);
  const answers: PassedAnswer[] = [];
  const server = createServer((incoming, outgoing) => {
    outgoing.on("error", () => {});
    const isChat = incoming.url?.endsWith(chatPaths[api]) === true;
    const forwarded = request(
      `${origin}${incoming.url}`,
      { method: incoming.method ?? "GET", headers: { ...incoming.headers, host, ...headers } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, withoutLength(answer));
        if (!isChat || answer.statusCode !== 200) {
          answer.pipe(outgoing);
          return;
        }
        const passed = { whole: "", least: "", broken: undefined, isOver: false };
        answers.push(passed);
        const random = randomNumbers(answers.length);
        void disturbed(api, answer, outgoing, random, passed).finally(() => forwarded.destroy());
      },
    );
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  return {
    origin: `http://127.0.0.1:${await listening(server)}`,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function withoutLength({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !["content-length", "transfer-encoding", "connection"].includes(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

async function disturbed(
  api: Api,
  answer: IncomingMessage,
  outgoing: ServerResponse,
  random: Random,
  passed: PassedAnswer,
): Promise<void> {
  try {
    for await (const line of linesOf(answer)) {
      const text = textIn(line);
      passed.whole += text;
      if (passed.broken === undefined) passed.least += text;
      const bytes = Buffer.from(line);
      // In two packets, cut anywhere.
      const cut = random(bytes.length);
      if (cut > 0) outgoing.write(bytes.subarray(0, cut));
      await delay(1);
      outgoing.write(bytes.subarray(cut));
      // Between events, never within one: what follows is a line of its own.
      if (random(10) > 0 || (api === "openai" && line.trim() !== "")) continue;
      const disturbance = disturbanceOf(api, random);
      if (disturbance.isFatal) passed.broken ??= disturbance.name;
      for (const step of disturbance.steps(random)) {
        if (typeof step === "string" || step instanceof Uint8Array) outgoing.write(step);
        else if ("waitMs" in step) await delay(step.waitMs);
        else if (step.fault === "reset" || step.fault === "cut") {
          // What was let through is on its way by then, and not thrown away with the socket.
          await delay(50);
          if (step.fault === "reset") outgoing.socket?.resetAndDestroy();
          else outgoing.socket?.destroy();
        } else await new Promise((resolve) => outgoing.once("close", resolve));
        if (outgoing.destroyed) return;
      }
    }
    outgoing.end();
  } catch {
    // The real server was left because the client was.
    outgoing.destroy();
  } finally {
    passed.isOver = true;
  }
}

/** Lines with their ends. */
async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = "";
  answer.setEncoding("utf8");
  for await (const piece of answer) {
    const lines = `${rest}${piece}`.split(/(?<=\n)/);
    rest = lines.at(-1)?.endsWith("\n") === true ? "" : (lines.pop() ?? "");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The text that a line of either API carries, whichever field it is in. */
function textIn(line: string): string {
  let text = "";
  const at = line.indexOf("{");
  if (at < 0) return "";
  JSON.parse(line.slice(at), (key, value) => {
    if (/^(?:content|thinking|reasoning_content)$/.test(key) && typeof value === "string")
      text += value;
    return value;
  });
  return text;
}
