import { createHash } from "node:crypto";
import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { begunBytes, forgetBegun } from "../../src/built-in-engine/models/begun-download";
import type { CatalogueModel } from "../../src/built-in-engine/models/catalogue";
import {
  type DownloadProgress,
  downloadFile,
  partialPath,
} from "../../src/built-in-engine/models/download";
import { DownloadError } from "../../src/built-in-engine/models/download-error";
import { inOneProcess } from "../../src/built-in-engine/models/one-process";
import { Puller } from "../../src/built-in-engine/models/pull";
import { folderForTest } from "../support/folder-for-test";
import { listening } from "../support/loopback";

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
const sha256 = createHash("sha256").update(content).digest("hex");
const hubPath = "/owner/repository/resolve/main/model.gguf";

/**
 * How the storage behind the hub answers the nth request for the bytes; by default as it should.
 */
type Behaviour = (request: IncomingMessage, response: ServerResponse, from: number) => void;

function sendFrom(response: ServerResponse, from: number, bytes = content): void {
  response.writeHead(206, {
    "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    "content-length": bytes.length - from,
  });
  response.end(bytes.subarray(from));
}

describe("downloading a model", () => {
  let folder: string;
  let server: Server;
  let hub: string;
  /** Where the requests for more than one byte began. */
  let starts: number[];
  let behaviours: Behaviour[];
  let stated: string | undefined;

  beforeEach(async () => {
    folder = folderForTest("thinkaloud-download-");
    starts = [];
    behaviours = [];
    stated = sha256;
    // As the hub does it: a first answer with the digest and the size, which sends the client on to
    // the storage.
    server = createServer((request, response) => {
      if (request.url === hubPath) {
        const headers = {
          location: "/storage/blob",
          "x-linked-size": content.length,
          ...(stated && { "x-linked-etag": `"${stated}"` }),
        };
        response.writeHead(302, headers).end();
        return;
      }
      if (request.url !== "/storage/blob") {
        response.writeHead(404).end();
        return;
      }
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "");
      const from = Number(range?.[1] ?? 0);
      if (range?.[2] === "0") {
        response
          .writeHead(206, { "content-range": `bytes 0-0/${content.length}` })
          .end(content.subarray(0, 1));
        return;
      }
      starts.push(from);
      (behaviours.shift() ?? ((_, answer, start) => sendFrom(answer, start)))(
        request,
        response,
        from,
      );
    });
    hub = `http://127.0.0.1:${await listening(server)}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const model = (more: Partial<CatalogueModel> = {}): CatalogueModel => ({
    id: "model",
    label: "Model",
    bytes: content.length,
    licence: "MIT",
    memoryBytes: 1,
    nativeThinking: false,
    contextTokens: 2048,
    sources: [
      { kind: "hub", repository: "owner/repository", revision: "main", file: "model.gguf" },
    ],
    ...more,
  });
  const target = (): string => join(folder, "model.gguf");

  async function pull(
    wanted = model(),
    signal = new AbortController().signal,
  ): Promise<DownloadProgress[]> {
    const progress: DownloadProgress[] = [];
    await new Puller(folder, hub).pull(wanted, signal, (one) => progress.push(one));
    return progress;
  }

  async function failure(work: Promise<unknown>): Promise<DownloadError["failure"]> {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(thrown instanceof DownloadError)) throw thrown ?? new Error("it did not fail");
    return thrown.failure;
  }

  it("brings the whole file under its name, with progress that only grows", async () => {
    const progress = await pull();
    expect((await readFile(target())).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual(["model.gguf"]);
    const completed = progress.flatMap((one) => one.completed ?? []);
    expect(completed).toEqual(completed.toSorted((a, b) => a - b));
    expect(completed.at(-1)).toBe(content.length);
    expect(progress.map(({ status }) => status)).toContain("verifying sha256 digest");
  });

  it("goes on where a broken connection left it", async () => {
    behaviours.push((_, response, from) => {
      response.writeHead(206, { "content-length": content.length - from });
      response.write(content.subarray(from, 100_000), () => response.destroy());
    });
    await pull();
    expect((await readFile(target())).equals(content)).toBe(true);
    expect(starts).toHaveLength(2);
    expect(starts[1]).toBeGreaterThan(0);
  });

  it("goes on where a cancelled download left it", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    behaviours.push((_, response, from) => {
      response.writeHead(206, { "content-length": content.length - from });
      response.write(content.subarray(from, 100_000));
    });
    const work = new Puller(folder, hub).pull(model(), stop.signal, ({ completed }) => {
      if ((completed ?? 0) >= 100_000) stop.abort(reason);
    });
    await expect(work).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([partialPath("model.gguf", sha256)]);
    expect(begunBytes(target())).toBe(100_000);
    await pull();
    expect(begunBytes(target())).toBe(0);
    expect(starts).toEqual([0, 100_000]);
    expect((await readFile(target())).equals(content)).toBe(true);
  });

  it("leaves nothing where what a cancelled download left is deleted", async () => {
    const partial = partialPath(target(), "f".repeat(64));
    await writeFile(partial, "the start");
    await writeFile(`${partial}.json`, "{}");
    await writeFile(join(folder, "another.gguf"), "whole");
    await forgetBegun(target());
    expect(await readdir(folder)).toEqual(["another.gguf"]);
  });

  it("is left to the window that is at it, and not written twice into one file", async () => {
    behaviours.push((_, response, from) => {
      response.writeHead(206, { "content-length": content.length - from });
      response.write(content.subarray(from, 100_000));
      setTimeout(() => response.end(content.subarray(100_000)), 100);
    });
    const first = pull();
    await expect.poll(() => starts).toEqual([0]);
    const progress = await pull();
    await first;
    expect(progress[0]).toEqual({ status: "waiting for another window" });
    expect(starts).toEqual([0]);
    expect((await readFile(target())).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual(["model.gguf"]);
  });

  it("does not wait for a window that is gone, nor longer than it is wanted", async () => {
    const times = { lookMs: 5, beatMs: 5, looks: 4 };
    const stop = new AbortController();
    let waited = 0;
    const waits = (): void => void waited++;
    await writeFile(`${target()}.lock`, "");
    let works = 0;
    const work = async (): Promise<void> => {
      works++;
      const late = inOneProcess(target(), work, stop.signal, waits, times);
      // As long as there is a sign of life from here, nobody else begins.
      await new Promise((resolve) => setTimeout(resolve, 100));
      stop.abort(new Error("stopped"));
      await expect(late).rejects.toThrow("stopped");
    };
    await inOneProcess(target(), work, new AbortController().signal, waits, times);
    expect(works).toBe(1);
    expect(waited).toBeGreaterThan(times.looks);
    expect(await readdir(folder)).toEqual([]);
  });

  it("starts over with a server that cannot continue", async () => {
    await writeFile(partialPath(target(), sha256), content.subarray(0, 5_000));
    behaviours.push((_, response) =>
      response.writeHead(200, { "content-length": content.length }).end(content),
    );
    await pull();
    expect((await readFile(target())).equals(content)).toBe(true);
  });

  it("never gives a damaged file its name, and starts afresh after one", async () => {
    const damaged = Buffer.from(content);
    damaged[1234] = 0xff;
    behaviours.push((_, response, from) => sendFrom(response, from, damaged));
    expect(await failure(pull())).toMatchObject({ kind: "checksumMismatch", expected: sha256 });
    expect(await readdir(folder)).toEqual([]);
    await pull();
    expect(await readdir(folder)).toEqual(["model.gguf"]);
  });

  it("refuses a file whose digest is not the known one before a byte of it is fetched", async () => {
    const known = "0".repeat(64);
    expect(await failure(pull(model({ sha256: known })))).toMatchObject({
      kind: "checksumMismatch",
      expected: known,
      found: sha256,
    });
    expect(starts).toEqual([]);
  });

  it("refuses a file for which nobody states a digest", async () => {
    stated = undefined;
    expect(await failure(pull())).toMatchObject({
      kind: "downloadFailed",
      cause: "the hub states no checksum",
    });
  });

  it("does not continue one file with the bytes of another", async () => {
    await writeFile(partialPath(target(), "f".repeat(64)), "the start of yesterday's file");
    await pull();
    expect(starts).toEqual([0]);
    expect(await readdir(folder)).toEqual(["model.gguf"]);
  });

  it("gives up on a server that sends nothing more", async () => {
    for (let time = 0; time < 5; time++) behaviours.push((_, response) => void response.destroy());
    expect(await failure(pull())).toMatchObject({ kind: "downloadFailed", what: "model.gguf" });
  });

  it("says what is not there, and that a hub cannot be reached", async () => {
    const elsewhere = {
      kind: "hub",
      repository: "owner/other",
      revision: "main",
      file: "model.gguf",
    } as const;
    expect(await failure(pull(model({ sources: [elsewhere] })))).toMatchObject({
      kind: "downloadFailed",
      cause: "HTTP 404",
    });
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
    expect(await failure(pull())).toMatchObject({
      kind: "downloadFailed",
      cause: expect.stringMatching(/ECONNREFUSED/),
    });
    await listening(server);
  });

  it("says that the disk is full before it fills it", async () => {
    const work = downloadFile({
      url: hub + hubPath,
      target: target(),
      signal: new AbortController().signal,
      onProgress: () => {},
      freeBytes: async () => 1_000,
    });
    expect(await failure(work)).toEqual({
      kind: "diskFull",
      path: folder,
      neededBytes: content.length,
    });
    expect(starts).toEqual([]);
  });

  it("fetches nothing when the file is there", async () => {
    await writeFile(target(), content);
    await truncate(target(), 10);
    expect(await pull()).toEqual([]);
    expect(starts).toEqual([]);
  });
});
