import { describe, expect, it } from "vitest";
import { Assistant } from "../../../src/core/run/assistant";
import type { RunEvent } from "../../../src/protocol/run-events";
import { variedText } from "../../support/varied-text";
import {
  block,
  code,
  endOf,
  fixed,
  kinds,
  noGrammar,
  proposalOf,
  RunWorld,
  rewritten,
  targetIn,
  textOf,
} from "./run-world";

let world: RunWorld;

const words = `Plus adds, and minus takes one from the other. ${variedText(3_000)}`;
const slow = { delayMsPerChunk: 5 };

function draftsOf(events: readonly RunEvent[]): string[][] {
  return events.flatMap((event) =>
    event.kind === "draft"
      ? [event.draft.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines))]
      : [],
  );
}

/** Runs through the assistant and takes what is there at the first event that is wanted. */
async function takenAt(
  wanted: (event: RunEvent, all: readonly RunEvent[]) => boolean,
): Promise<RunEvent[]> {
  const assistant = new Assistant(world.environment);
  const events: RunEvent[] = [];
  assistant.subscribe((_runId, event) => {
    events.push(event);
    if (wanted(event, events)) assistant.takeNow();
  });
  assistant.start({ action: "fix", target: targetIn(code) });
  await assistant.idle();
  return events;
}

describe("a draft", () => {
  it("comes as soon as the edit is whole, while the model still writes", async () => {
    world = await RunWorld.start(`${rewritten(fixed)}\n${words}`);
    const events = await world.all();
    expect(draftsOf(events)).toEqual([
      [" def add(a, b):", "-    return a - b", "+    return a + b"],
    ]);
    const at = events.findIndex((event) => event.kind === "draft");
    expect(textOf(events.slice(at), "answer")).toContain("takes one from the other");
    expect(proposalOf(events)).toBe(fixed);
  });

  it("grows with every edit of the answer", async () => {
    const target = targetIn(
      "def add(a, b):\n    return a - b\n\n\ndef sub(a, b):\n    return a + b\n",
    );
    const answer = `${block("    return a - b", "    return a + b")}\n${block("def sub(a, b):\n    return a + b", "def sub(a, b):\n    return a - b")}`;
    world = await RunWorld.start({ answer });
    const drafts = draftsOf(await world.all({ target }));
    expect(drafts.map((lines) => lines.filter((line) => /^[-+]/.test(line)).length)).toEqual([
      2, 4,
    ]);
  });

  it("is none of an edit that changes nothing or has no place", async () => {
    world = await RunWorld.start(rewritten(code));
    expect(draftsOf(await world.all())).toEqual([]);
    world = await RunWorld.start(block("    return x * y", "    return y * x"));
    expect(draftsOf(await world.all())).toEqual([]);
  });

  it("is not of an explanation", async () => {
    world = await RunWorld.start(rewritten(fixed));
    expect(draftsOf(await world.all({ action: "explain" }))).toEqual([]);
  });
});

describe("taking a draft", () => {
  it("proposes it at once and leaves the daemon idle, and what the model wrote stays", async () => {
    world = await RunWorld.start({ answer: `${rewritten(fixed)}\n${words}`, ...slow });
    const events = await takenAt((event) => event.kind === "draft");
    expect(proposalOf(events)).toBe(fixed);
    expect(endOf(events)).toBe("proposed");
    expect(textOf(events, "answer").length).toBeLessThan(words.length);
    expect(textOf(events, "answer")).toContain("return a + b");
    expect(await Promise.all(world.daemon.chats().map((chat) => chat.over))).toEqual([
      "clientLeft",
    ]);
    expect(world.daemon.busy()).toBe(0);
  });

  it("leaves out a second edit that is not whole yet", async () => {
    const answer = `${block("    return a - b", "    return a + b")}\n<<<<<<< SEARCH\ndef add(a, b):\n=======\n${"# more\n".repeat(300)}`;
    world = await RunWorld.start({ answer, ...slow });
    const events = await takenAt((_event, all) => textOf(all, "answer").includes("# more"));
    expect(proposalOf(events)).toBe(fixed);
  });

  it("is not done before there is one", async () => {
    world = await RunWorld.start(rewritten(fixed));
    const events = await takenAt((event) => event.kind === "phase");
    expect(kinds(events)).toContain("draft");
    expect(proposalOf(events)).toBe(fixed);
    expect(await Promise.all(world.daemon.chats().map((chat) => chat.over))).toEqual(["finished"]);
  });

  it("asks no second time when the draft breaks the syntax", async () => {
    const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const check = async (_language: string, text: string) => ({
      errors: text === code ? [] : [place],
    });
    const syntax = { ...noGrammar, check };
    world = await RunWorld.start({ answer: `${rewritten(fixed)}\n${words}`, ...slow }, { syntax });
    const events = await takenAt((event) => event.kind === "draft");
    expect(proposalOf(events)).toBe(fixed);
    expect(world.daemon.chats().length).toBe(1);
  });
});
