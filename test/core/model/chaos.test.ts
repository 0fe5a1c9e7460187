import { createServer } from "node:http";
import net from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { describeFailure } from "../../../src/core/describe-failure";
import { apis, apiWires } from "../../support/api-wires";
import { chaosAnswer, startChaosServer } from "../../support/chaos-server";
import { type CollectedChat, chatRequest, collectChat } from "../../support/collect-chat";
import { listening } from "../../support/loopback";

/**
 * Streams for each API; more by hand:
 * `THINKALOUD_CHAOS_STREAMS=20000 npm run test:unit -- test/core/model/chaos`, others with
 * `THINKALOUD_CHAOS_SEED=1000001`.
 */
const streams = Number(process.env["THINKALOUD_CHAOS_STREAMS"] ?? 250);
/** Each number is a stream of its own: others than the usual ones begin elsewhere. */
const firstSeed = Number(process.env["THINKALOUD_CHAOS_SEED"] ?? 1);
const atOnce = 24;
/** A stream that has not ended by then hangs, on whatever machine. */
const hangsAfterMs = 120_000;

const timing = {
  silenceLimitMs: 4_000,
  leastWritingSilenceMs: 2_000,
  busyWaitsMs: [1],
  loadingWaitMs: 500,
};

/** Every address that any socket of this process was asked to connect to. */
const reached = new Set<string>();
/**
 * The addresses that were chosen; a connection to one that is closed by now may be a late one of
 * the test before.
 */
const chosen = new Set<string>();
let printed = 0;
const unheard: unknown[] = [];
const onUnheard = (reason: unknown) => void unheard.push(reason);
beforeEach(() => {
  printed = 0;
  unheard.length = 0;
  process.on("unhandledRejection", onUnheard);
  for (const name of ["log", "warn", "error"] as const)
    vi.spyOn(console, name).mockImplementation(() => void printed++);
  const connect = net.Socket.prototype.connect;
  vi.spyOn(net.Socket.prototype, "connect").mockImplementation(function (
    this: net.Socket,
    ...all: unknown[]
  ) {
    const [first] = all.flat() as { host?: string; port?: unknown }[];
    reached.add(`${first?.host}:${first?.port}`);
    return Reflect.apply(connect, this, all);
  });
});
afterEach(() => {
  process.off("unhandledRejection", onUnheard);
  vi.restoreAllMocks();
});

it.each(apis)(
  `of ${streams} streams of %s that cut, stall, lie and flood, each ends once, loses no word and makes none up`,
  async (api) => {
    let strayed = 0;
    const other = createServer((_request, response) => {
      strayed++;
      response.end("{}");
    });
    const elsewhere = `http://127.0.0.1:${await listening(other)}/api/chat`;
    const answers = new Map(
      Array.from({ length: streams }, (_, at) => [
        firstSeed + at,
        chaosAnswer(api, firstSeed + at, elsewhere),
      ]),
    );
    const server = await startChaosServer(api, answers);
    chosen.add(new URL(server.endpoint).host);
    const model = apiWires[api].model(server.endpoint, timing);
    // The first request loads the HTTP client, which takes longer than a silence here.
    await model.list();
    const ends = new Map<string, number>();
    const waiting = [...answers.keys()];
    const work = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const wanted = answers.get(seed) ?? chaosAnswer(api, seed, "");
        const { isSound, isBroken, reply } = wanted;
        const request = chatRequest({ model: server.modelOf(seed) });
        const [whole, least] = [withoutBlanks(wanted.whole), withoutBlanks(wanted.least)];
        const isFlood = !Array.isArray(reply.steps);
        let found = await endOf(collectChat(model, request), seed);
        // A busy machine stands still for so long that no server need fall silent for it.
        for (let more = 0; more < 8 && isStandstill(found, least, isFlood); more++)
          found = await endOf(collectChat(model, request), seed);
        const about = `stream ${seed}: ${JSON.stringify(found.failure ?? found.done)}`;
        expectOneEnd(found, about);
        const text = textOf(found);
        if (isFlood) expect(found.failure?.kind, about).toBe("answerTooLong");
        // Bytes that are no text may spoil a word; nothing else may.
        else expect(whole.startsWith(text.replace(/\uFFFD[\s\S]*$/, "")), about).toBe(true);
        expect(text.startsWith(least), about).toBe(true);
        if (isSound) {
          expect([found.failure, text], about).toEqual([undefined, whole]);
          expect(found.done?.reason, about).toBe("stop");
        }
        if (isBroken) expect(found.failure, about).toBeDefined();
        const end = found.failure?.kind ?? "done";
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } finally {
      await server.close();
      other.close();
    }
    expect({ printed, strayed, unheard }).toEqual({ printed: 0, strayed: 0, unheard: [] });
    expect([...reached].filter((address) => !chosen.has(address))).toEqual([]);
    expect(reached).toContain(new URL(server.endpoint).host);
    for (const end of ["done", "modelReportedError", "streamBroken", "silent", "answerTooLong"])
      expect(ends.get(end), end).toBeGreaterThan(0);
  },
  // Each stream has a limit of its own; a machine with other work may be slow at all of them.
  hangsAfterMs + streams * 500,
);

/** @throws Error naming the stream when it does not end. */
async function endOf(chat: Promise<CollectedChat>, seed: number): Promise<CollectedChat> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`stream ${seed} hangs`)), hangsAfterMs);
  });
  return await Promise.race([chat, hangs]).finally(() => clearTimeout(timer));
}

/** A flood never falls silent, and what was on the wire had been sent. */
function isStandstill(found: CollectedChat, least: string, isFlood: boolean): boolean {
  return found.failure?.kind === "silent" && (isFlood || !textOf(found).startsWith(least));
}

function textOf({ thought, answer }: CollectedChat): string {
  return withoutBlanks(thought + answer);
}

/** Blanks beside a mark are nobody's text. */
function withoutBlanks(text: string): string {
  return text.replace(/\s/g, "");
}

/** Either the last event is `done`, or there is one failure that is put into words. */
function expectOneEnd(found: CollectedChat, about: string): void {
  const dones = found.events.filter(({ kind }) => kind === "done").length;
  expect(dones + (found.failure === undefined ? 0 : 1), about).toBe(1);
  if (found.failure === undefined) {
    expect(found.events.at(-1)?.kind, about).toBe("done");
    return;
  }
  const { title, remedy } = describeFailure(found.failure);
  expect(title.length > 0 && remedy.length > 0, about).toBe(true);
}
