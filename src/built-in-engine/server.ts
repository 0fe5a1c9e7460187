import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { answerChat, type ChatParts } from "./chat";
import { modelName, parseChatRequest, RequestError } from "./chat-request";
import { HttpAnswer, readJson } from "./http-answer";
import { answerInfill, parseInfillRequest } from "./infill";
import type { Puller } from "./models/pull";

/** The daemon's version whose behaviour this engine follows. */
const apiVersion = "0.30.1";

export interface ServerParts extends ChatParts {
  readonly puller: Puller;
  readonly secret: string;
  /** Whether a graphics card was to compute and cannot. */
  graphicsFailed(): Promise<boolean>;
  readonly log: (line: string) => void;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Another program or a web page that found the port gets nothing: it lacks the secret, and a
 * rebound name fails on `Host`.
 */
function refusal(request: IncomingMessage, secret: string): 401 | 403 | undefined {
  const host = request.headers.host ?? "";
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) || request.headers.origin !== undefined)
    return 403;
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${secret}`))
    ? undefined
    : 401;
}

async function route(
  parts: ServerParts,
  request: IncomingMessage,
  answer: HttpAnswer,
): Promise<void> {
  const { store, slot } = parts;
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const method = request.method === "HEAD" ? "GET" : request.method;
  switch (`${method} ${path}`) {
    case "GET /":
      return answer.text("The built-in engine is running");
    case "GET /api/version":
      return answer.json({ version: apiVersion, engine: "thinkaloud" });
    case "GET /api/tags":
      return answer.json({ models: store.list().map((model) => store.tag(model)) });
    case "GET /api/ps":
      return answer.json({ models: loadedModels(parts) });
    case "POST /api/show":
      return answer.json(
        store.show(store.find(modelName(await readJson(request))), await parts.graphicsFailed()),
      );
    case "POST /api/chat":
      return answerChat(parts, parseChatRequest(await readJson(request)), answer);
    case "POST /api/generate":
      return answerInfill(parts, parseInfillRequest(await readJson(request)), answer);
    case "POST /api/thinkaloud/steer":
      return answer.json(parts.running.steer(await readJson(request)));
    case "POST /api/pull":
      return parts.puller.answer(await readJson(request), answer);
    case "DELETE /api/delete": {
      const stored = store.find(modelName(await readJson(request)));
      await parts.queue.run(async () => {
        if (slot.loaded?.stored.path === stored.path) await slot.unload();
        store.delete(stored.name);
      }, answer.signal);
      return answer.empty(200);
    }
    default:
      return answer.fail(404, "404 page not found");
  }
}

function loadedModels({ slot, store }: ServerParts): object[] {
  const loaded = slot.loaded;
  if (!loaded) return [];
  const { name, digest: hash, details } = store.tag(loaded.stored);
  const farFuture = Date.UTC(2300, 0);
  return [
    {
      name,
      model: name,
      size: loaded.bytes,
      digest: hash,
      details,
      expires_at: new Date(Math.min(loaded.expiresAt, farFuture)).toISOString(),
      size_vram: 0,
      context_length: loaded.contextTokens,
    },
  ];
}

/** The HTTP server of the engine, not listening yet. */
export function engineServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    const answer = new HttpAnswer(response);
    const refused = refusal(request, parts.secret);
    if (refused === 403) {
      answer.empty(403);
      return;
    }
    if (refused === 401) {
      answer.fail(401, "unauthorized");
      return;
    }
    route(parts, request, answer).catch((error: unknown) => {
      if (answer.signal.aborted) return;
      if (error instanceof RequestError) {
        answer.fail(error.status, error.message, error.failure);
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      parts.log(`${request.method} ${request.url}: ${message}`);
      answer.fail(500, message);
    });
  });
  // Answers take as long as a model takes.
  server.requestTimeout = 0;
  return server;
}
