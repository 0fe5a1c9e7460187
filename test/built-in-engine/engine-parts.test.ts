import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { parseChatRequest, parseKeepAlive } from "../../src/built-in-engine/chat-request";
import { coresInCpuInfo } from "../../src/built-in-engine/machine/real-cores";
import { catalogue, catalogueModel } from "../../src/built-in-engine/models/catalogue";
import { hubAddress } from "../../src/built-in-engine/models/pull";
import { Queue } from "../../src/built-in-engine/queue";
import { nextStep } from "../../src/built-in-engine/writing/read-prompt";
import { takeTurn } from "./engine-fixture";

describe("how long a model is kept", () => {
  it.each([
    [undefined, 300_000],
    [0, 0],
    [90, 90_000],
    [-1, Number.POSITIVE_INFINITY],
    ["1h30m", 5_400_000],
    ["300ms", 300],
    ["-1m", Number.POSITIVE_INFINITY],
    ["0", 0],
  ])("%j is %d milliseconds", (value, expected) => expect(parseKeepAlive(value)).toBe(expected));

  it.each(["300", "soon", true])("refuses %j as the daemon does", (value) => {
    expect(() => parseKeepAlive(value)).toThrow("invalid duration");
  });
});

it("takes the daemon's own defaults for what a request leaves out", () => {
  const request = parseChatRequest({ model: "m", messages: [{ role: "user", content: "q" }] });
  expect(request).toMatchObject({
    stream: true,
    options: { temperature: 0.8, topP: 0.9, topK: 40, stop: [] },
  });
  expect(request.think).toBeUndefined();
});

describe("the size of a reading step", () => {
  it("grows on a fast machine, shrinks on a slow one, and never to nothing", () => {
    expect(nextStep(16, 20)).toBe(32);
    expect(nextStep(128, 100)).toBe(128);
    expect(nextStep(64, 1_200)).toBe(16);
    expect(nextStep(64, 60_000)).toBe(8);
    expect(nextStep(8, 60_000)).toBe(8);
  });

  it("is in whole tiles of 16, unless half of one takes too long already", () => {
    expect(nextStep(8, 290)).toBe(16);
    expect(nextStep(16, 440)).toBe(16);
    expect(nextStep(16, 900)).toBe(8);
    expect(nextStep(32, 500)).toBe(32);
  });
});

describe("the queue", () => {
  it("runs one at a time in order, and goes on after one that fails or leaves", async () => {
    const queue = new Queue();
    const log: string[] = [];
    const job =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    const leave = new AbortController();
    const all = [
      queue.run(job("one", true)),
      queue.run(job("two"), leave.signal),
      queue.run(job("three")),
    ];
    leave.abort(new Error("left"));
    const results = await Promise.allSettled(all);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(log).toEqual(["one begins", "one ends", "three begins", "three ends"]);
    expect(queue.length).toBe(0);
  });

  /** Jobs that last until they are told to end, by name. */
  class Jobs {
    readonly queue = new Queue();
    readonly running: string[] = [];
    readonly #ends = new Map<string, () => void>();
    readonly all: Promise<void>[] = [];

    add(name: string, kind: "alone" | "joins"): void {
      const joins = kind === "joins";
      const work = async (share: () => void): Promise<void> => {
        this.running.push(name);
        if (joins) share();
        await new Promise<void>((resolve) => this.#ends.set(name, resolve));
        this.running.splice(this.running.indexOf(name), 1);
      };
      this.all.push(this.queue.run(work, undefined, (running) => joins && running < 3));
    }

    async end(name: string): Promise<void> {
      this.#ends.get(name)?.();
      await vi.waitFor(() => expect(this.running).not.toContain(name));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  it("lets a job join those that share, as many as there is room for", async () => {
    const jobs = new Jobs();
    for (const name of ["a", "b", "c", "d"]) jobs.add(name, "joins");
    await vi.waitFor(() => expect(jobs.running).toEqual(["a", "b", "c"]));
    await jobs.end("b");
    expect(jobs.running).toEqual(["a", "c", "d"]);
    for (const name of ["a", "c", "d"]) await jobs.end(name);
    await Promise.all(jobs.all);
  });

  it("lets nobody join one that does not share, and has nobody wait for ever behind those that join", async () => {
    const jobs = new Jobs();
    jobs.add("alone", "alone");
    jobs.add("a", "joins");
    await vi.waitFor(() => expect(jobs.running).toEqual(["alone"]));
    await jobs.end("alone");
    expect(jobs.running).toEqual(["a"]);
    jobs.add("waits", "alone");
    jobs.add("b", "joins");
    await vi.waitFor(() => expect(jobs.running).toEqual(["a", "b"]));
    await jobs.end("a");
    // What it waited for is over: from here on it is passed by nobody.
    jobs.add("c", "joins");
    await jobs.end("b");
    expect(jobs.running).toEqual(["waits"]);
    await jobs.end("waits");
    await jobs.end("c");
    await Promise.all(jobs.all);
  });
});

describe("counting cores", () => {
  it("counts two threads of one core once, and cores of two processors twice", () => {
    const thread = (processor: number, package_: number, core: number): string =>
      `processor\t: ${processor}\nphysical id\t: ${package_}\ncore id\t\t: ${core}\n`;
    expect(
      coresInCpuInfo(
        [thread(0, 0, 0), thread(1, 0, 0), thread(2, 0, 1), thread(3, 0, 1)].join("\n"),
      ),
    ).toBe(2);
    expect(coresInCpuInfo([thread(0, 0, 0), thread(1, 1, 0)].join("\n"))).toBe(2);
    expect(coresInCpuInfo("processor\t: 0\nBogoMIPS\t: 50\n")).toBe(0);
  });
});

describe("the catalogue", () => {
  it("offers reasoning models first, and can check each download", () => {
    expect(catalogue[0]?.nativeThinking).toBe(true);
    for (const model of catalogue) {
      expect(model.id).toMatch(/^[a-z0-9.-]+$/);
      expect(model.sources.length).toBeGreaterThan(0);
      // The hub states a digest of its own; a package index states none for the joined file.
      if (model.sources.some(({ kind }) => kind === "packages"))
        expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(model.memoryBytes).toBeGreaterThan(model.bytes);
    }
    expect(catalogueModel("SmolLM2-135M:latest")?.id).toBe("smollm2-135m");
  });

  it("follows the mirror that the hub's own tools are told of", () => {
    expect(hubAddress({ HF_ENDPOINT: "https://mirror.example/" })).toBe("https://mirror.example");
    expect(hubAddress({})).toMatch(/^https:\/\/\S+[^/]$/);
  });
});

describe("the turn of measurements with a model", () => {
  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-turn-"));
  const lock = join(folder, "turn");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is waited for as long as one says, and then it is said who has it", async () => {
    const giveBack = await takeTurn(0, lock);
    await expect(takeTurn(0, lock)).rejects.toThrow(`Process ${process.pid} measures`);
    giveBack();
    (await takeTurn(0, lock))();
  });

  it("is free when whoever had it was killed", async () => {
    writeFileSync(lock, String(2 ** 30));
    (await takeTurn(0, lock))();
  });
});
