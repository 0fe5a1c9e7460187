import type { IncomingMessage, ServerResponse } from "node:http";
import type { Failure } from "../protocol/failure";
import { RequestError } from "./chat-request";

const maxBodyBytes = 64 * 1024 * 1024;

/** Reads a request's JSON body; an empty one is `{}`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBodyBytes) throw new RequestError(413, "request body too large");
    chunks.push(chunk as Buffer);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new RequestError(400, error instanceof Error ? error.message : String(error));
  }
}

/**
 * One answer: a single JSON object, or lines of them. The status is sent with the first line, so an
 * error before it keeps its own status and one after it is a last line, as the daemon does it.
 */
export class HttpAnswer {
  readonly #abort = new AbortController();

  constructor(readonly response: ServerResponse) {
    response.on("close", () => {
      if (!response.writableFinished) this.#abort.abort(new Error("the client went away"));
    });
    response.on("error", () => this.#abort.abort(new Error("the client went away")));
  }

  /** Aborted when the client closes the connection before the answer is complete. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  line(value: unknown): void {
    if (this.response.destroyed) return;
    if (!this.response.headersSent)
      this.response.writeHead(200, { "content-type": "application/x-ndjson" });
    this.response.write(`${JSON.stringify(value)}\n`);
  }

  end(): void {
    this.response.end();
  }

  json(value: unknown, status = 200): void {
    this.response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    this.response.end(JSON.stringify(value));
  }

  text(value: string): void {
    this.response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    this.response.end(value);
  }

  empty(status: number): void {
    this.response.writeHead(status);
    this.response.end();
  }

  /** @param failure what went wrong as the client's own type, for those that know it. */
  fail(status: number, error: string, failure?: Failure): void {
    const body = { error, ...(failure && { failure }) };
    if (!this.response.headersSent) this.json(body, status);
    else {
      this.line(body);
      this.end();
    }
  }
}
