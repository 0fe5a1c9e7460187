import { describe, expect, it } from "vitest";
import { SecretMasks } from "../../../src/core/context/secret-masks";
import { conversationOf } from "../../../src/core/prompt/conversation";
import { KeptOrders } from "../../../src/core/prompt/kept-order";
import { previewRun } from "../../../src/core/run/asking/preview-run";
import type { RunRequest } from "../../../src/core/run/run-request";
import type { ContextPiece } from "../../../src/protocol/context";
import { foldEvent } from "../../../src/runs/fold/fold-event";
import { blankRun } from "../../../src/runs/run-state";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { contentLine, doneLine } from "../../support/chat-lines";
import { installedGrammars } from "../../syntax/place";
import { piece } from "../context/context-pieces";
import { RunWorld, targetIn } from "./run-world";

// A daemon keeps what it has read of the last prompt and reads anew from the first other byte: what
// two requests begin with alike is what the second one does not wait for.

const syntax = createSyntaxSource(installedGrammars());
const reads = Array.from({ length: 24 }, (_, at) => `    total += weigh(items[${at}])`);
const work = ["def work(items):", "    total = 0", ...reads, "    return total"].join("\n");
const others = Array.from({ length: 60 }, (_, at) => `def other${at}(x):\n    return x`);
const file = ["from words import trim", "", "", work, "", ...others, ""].join("\n");

/** A definition of another file, some forty lines long. */
function callee(name: string, change: Partial<ContextPiece> = {}): ContextPiece {
  const body = Array.from({ length: 38 }, (_, at) => `    ${name}_${at} = word[${at}]`);
  const text = `def ${name}(word):\n${body.join("\n")}\n    return word`;
  return piece({ name, path: `${name}.py`, text, ...change });
}

const named = Array.from("abcd", (letter) => callee(`helper_${letter}`, { source: "person" }));

let world: RunWorld;
let pieces: readonly ContextPiece[] = named;

async function start(): Promise<void> {
  pieces = named;
  const source = { name: "test", find: async () => ({ pieces, dropped: [] }) };
  world = await RunWorld.start(() => ({ steps: [contentLine("It adds them up."), doneLine()] }), {
    syntax,
    contextTokens: 16_384,
    environment: { keptOrders: new KeptOrders(), context: async () => [source] },
  });
}

function about(text: string, change: Partial<RunRequest> = {}): RunRequest {
  const place = { line: 5, character: 4 };
  const target = targetIn(text, { range: { start: place, end: place } });
  return { action: "explain", target, ...change };
}

/** Asks, and says which share of the prompt is read already after the one before. */
async function ask(request: RunRequest): Promise<number> {
  const before = world.prompts().at(-1) ?? "";
  await world.all(request);
  const now = world.prompts().at(-1) ?? "";
  let same = 0;
  while (same < now.length && before[same] === now[same]) same++;
  return same / now.length;
}

function withoutTask(prompt: string | undefined): string {
  return prompt?.replace(/\n\nExplain [\s\S]*$/, "") ?? "";
}

describe("of a second request a daemon reads little anew", () => {
  it("about the same function, whatever is asked", async () => {
    await start();
    await ask(about(file));
    expect(await ask(about(file, { action: "ask", question: "Why?" }))).toBeGreaterThan(0.9);
    expect(await ask(about(file))).toBeGreaterThan(0.9);
    expect(await ask(about(file))).toBe(1);
  });

  it("after an edit of the function", async () => {
    await start();
    await ask(about(file));
    const edited = file.replace("total += weigh(items[20])", "total += weigh(items[20], trim)");
    expect(await ask(about(edited))).toBeGreaterThan(0.9);
    const atItsStart = edited.replace("total = 0", "total = 1");
    // Nearly all that is read anew is the function itself.
    expect(await ask(about(atItsStart))).toBeGreaterThan(0.8);
  });

  it("after an edit near its end, with what is said of it behind it", async () => {
    await start();
    const { languageId: _, range: __, ...said } = callee("reported", { kind: "problems" });
    pieces = [...named, { ...said, text: "- at `total = 0`: a long word on what is wrong there" }];
    await ask(about(file));
    const edited = file.replace("total += weigh(items[20])", "total += weigh(items[20], trim)");
    expect(await ask(about(edited))).toBeGreaterThan(0.9);
  });

  it("as a follow-up, and when it is asked afresh behind one", async () => {
    await start();
    const events = await world.all(about(file));
    const conversation = conversationOf([events.reduce(foldEvent, blankRun("run-1"))]);
    const question = { action: "ask", question: "Why?" } as const;
    const follows = { runId: "run-1", ...(conversation === undefined ? {} : { conversation }) };
    expect(await ask(about(file, { ...question, follows }))).toBeGreaterThan(0.9);
    expect(await ask(about(file))).toBeGreaterThan(0.9);
  });

  it("when code of another file changed: that moves to the end, and changes there from then on", async () => {
    await start();
    await ask(about(file));
    const changed = (text: string): readonly ContextPiece[] =>
      named.map((each, at) => (at === 0 ? { ...each, text: `${each.text}${text}` } : each));
    pieces = changed("  # once");
    await ask(about(file));
    pieces = changed("  # twice");
    expect(await ask(about(file))).toBeGreaterThan(0.8);
    const prompt = world.prompts().at(-1) ?? "";
    expect(prompt.indexOf("helper_b_1")).toBeLessThan(prompt.indexOf("def work"));
    expect(prompt.indexOf("# twice")).toBeGreaterThan(prompt.indexOf("def work"));
  });

  it("when something more is found: it stands behind all that was sent before", async () => {
    await start();
    await ask(about(file));
    pieces = [callee("aardvark", { source: "person" }), ...named];
    await ask(about(file));
    const [first, second] = world.prompts();
    expect(second).toContain("aardvark_3");
    expect(second?.startsWith(withoutTask(first))).toBe(true);
  });

  it("when two pieces with room for one change places in worth", async () => {
    await start();
    const [one, other] = [callee("one"), callee("other")];
    pieces = [
      { ...one, value: 0.9 },
      { ...other, value: 0.899 },
    ];
    world.environment.contextWishes = () => ({
      extraTokens: 600,
      choices: { crossed: new Set(), pinned: new Set() },
    });
    await ask(about(file));
    pieces = [
      { ...one, value: 0.899 },
      { ...other, value: 0.9 },
    ];
    expect(await ask(about(file))).toBe(1);
    // What is clearly worth more still takes the place.
    pieces = [
      { ...one, value: 0.5 },
      { ...other, value: 0.9 },
    ];
    await ask(about(file));
    expect(world.prompts().at(-1)).toContain("other_3");
  });

  it("where a secret was hidden in the first", async () => {
    await start();
    const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    world.environment.secrets = new SecretMasks({
      find: async (text) => (text.includes(secret) ? [secret] : []),
    });
    pieces = [{ ...named[0], text: `KEY = "${secret}"` } as ContextPiece, ...named.slice(1)];
    await ask(about(file));
    expect(await ask(about(file))).toBe(1);
    expect(world.prompts().join()).not.toContain(secret);
  });

  it("and what is shown before it is sent has the same order", async () => {
    await start();
    await ask(about(file));
    pieces = [callee("aardvark", { source: "person" }), ...named];
    const never = new AbortController().signal;
    const preview = await previewRun(about(file), world.environment, never);
    await ask(about(file));
    expect(preview.sent?.prompt).toBe(world.prompts().at(-1));
  });
});
