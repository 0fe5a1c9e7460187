import { basename } from "node:path";
import { checksumMismatch, downloadFailed } from "./download-error";

/** What is to be fetched, and how much is known of it. */
export interface WantedFile {
  readonly url: string;
  readonly target: string;
  /** The digest that is known beforehand; without one the server's own statement holds. */
  readonly sha256?: string;
  readonly signal: AbortSignal;
}

/** A file behind the address of a hub. */
export interface RemoteFile {
  /** Where the bytes are, after the hub's redirects. */
  readonly url: string;
  readonly bytes: number | undefined;
  readonly sha256: string;
}

/**
 * A hub that has not answered within this is not reachable; the bytes themselves may take for ever.
 */
const answerMs = 20_000;
const maxRedirects = 5;
const sha256Pattern = /^[0-9a-f]{64}$/;

/** Asks for the bytes of a file, or some of them. It may take for ever until they are all there. */
export async function request(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(new Error(`no answer within ${answerMs / 1000} s`)),
    answerMs,
  );
  try {
    return await fetch(url, {
      headers,
      redirect: "manual",
      signal: AbortSignal.any([signal, patience.signal]),
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Finds the file behind a hub's address, and what the hub says of it before it redirects to its
 * storage.
 */
export async function locate({ url, sha256, signal, target }: WantedFile): Promise<RemoteFile> {
  const what = basename(target);
  let address = url;
  let stated: string | undefined;
  let bytes: number | undefined;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await request(
      address,
      { range: "bytes=0-0", "accept-encoding": "identity" },
      signal,
    );
    await response.body?.cancel();
    const tag = (
      response.headers.get("x-linked-etag") ??
      response.headers.get("etag") ??
      ""
    ).replaceAll('"', "");
    if (sha256Pattern.test(tag)) stated ??= tag;
    const size = Number(
      response.headers.get("x-linked-size") ??
        /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1],
    );
    if (Number.isFinite(size) && size > 0) bytes ??= size;
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      address = new URL(location, address).href;
      continue;
    }
    if (!response.ok) {
      throw downloadFailed(what, `HTTP ${response.status}`);
    }
    const expected = sha256 ?? stated;
    if (expected === undefined) {
      throw downloadFailed(what, "the hub states no checksum");
    }
    if (stated !== undefined && stated !== expected) throw checksumMismatch(what, expected, stated);
    return { url: address, bytes, sha256: expected };
  }
  throw downloadFailed(what, "too many redirects");
}
