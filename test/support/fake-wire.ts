import type { IncomingHttpHeaders } from "node:http";

/**
 * One thing the server does while it answers: write these bytes as one packet, wait, or break.
 * `reset` breaks the TCP connection, `hang` never goes on, `cut` closes it without the end that
 * HTTP asks for. As the first step, `hang` comes before the headers.
 */
export type Step =
  | string
  | Uint8Array
  | { readonly waitMs: number }
  | { readonly fault: "reset" | "hang" | "cut" };

export interface Reply {
  readonly status?: number;
  /** `content-type` is `application/x-ndjson` unless named here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Wait this long before the headers. */
  readonly headersAfterMs?: number;
  readonly steps: Iterable<Step>;
}

/** What clients send, as far as anybody looks. */
export interface WireBody {
  readonly model?: string;
  readonly name?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly think?: boolean | string;
  readonly truncate?: boolean;
  readonly shift?: boolean;
  readonly keep_alive?: number | string;
  readonly options?: Readonly<Record<string, number>>;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; empty when there is none. */
  readonly body: WireBody;
  /** Resolves when the reply is over, however it ended. */
  readonly over: Promise<"finished" | "clientLeft">;
}
