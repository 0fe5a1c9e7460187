import { describe, expect, it } from "vitest";
import type { ContextSource } from "../../../src/core/context/context-source";
import { gather, withoutDoubles } from "../../../src/core/context/gather";
import { noChoices, selectPieces } from "../../../src/core/context/select-pieces";
import type { ContextPiece } from "../../../src/protocol/context";
import { piece } from "./context-pieces";

const byLength = ({ text }: ContextPiece): number => text.length;
const plenty = { extraTokens: 10_000, roomTokens: 10_000 };
const sized = (id: string, tokens: number, change: Partial<ContextPiece> = {}): ContextPiece =>
  piece({ id, path: `${id}.py`, text: "x".repeat(tokens), ...change });

function chosenOf(pieces: readonly ContextPiece[], extraTokens = 10_000): string[] {
  const chosen = selectPieces(pieces, noChoices, { ...plenty, extraTokens }, byLength);
  return chosen.pieces.map(({ id }) => id);
}

describe("pieces are chosen", () => {
  it("by worth until there is no room, and the least valuable falls and is named", () => {
    const { pieces, dropped } = selectPieces(
      [sized("low", 40, { value: 0.2 }), sized("high", 40, { value: 0.9 })],
      noChoices,
      { extraTokens: 60, roomTokens: 10_000 },
      byLength,
    );
    expect(pieces.map(({ id }) => id)).toEqual(["high"]);
    expect(dropped).toEqual([
      { id: "low", title: "function trim", path: "low.py", why: "room", tokens: 40 },
    ]);
  });

  it("so that a small one goes along where a larger one before it does not fit", () => {
    const { pieces } = selectPieces(
      [sized("large", 90, { value: 0.9 }), sized("small", 10, { value: 0.2 })],
      noChoices,
      { extraTokens: 50, roomTokens: 10_000 },
      byLength,
    );
    expect(pieces.map(({ id }) => id)).toEqual(["small"]);
  });

  it("without what another one holds, which gives its room back", () => {
    const lines = (from: number, to: number) => ({
      start: { line: from, character: 0 },
      end: { line: to, character: 1 },
    });
    const method = sized("method", 30, { path: "a.py", value: 0.9, range: lines(2, 4) });
    const whole = sized("class", 60, { path: "a.py", value: 0.8, range: lines(0, 9) });
    const other = sized("other", 40, { value: 0.5 });
    const all = [method, whole, other];
    expect(chosenOf(all, 100)).toEqual(["class", "other"]);
    expect(chosenOf(all, 50)).toEqual(["method"]);
    // Found by worth: what holds another and has no room does not take it along.
    expect(chosenOf(withoutDoubles([{ ...method, value: 0.7 }, whole]), 50)).toEqual(["method"]);
    // What may only be read does not stand in for what may be changed.
    expect(chosenOf([method, { ...whole, editable: false }])).toEqual(["class", "method"]);
  });

  it("so that what the person named or pinned is limited by the window alone, and what they crossed out stays out", () => {
    const choices = { crossed: new Set(["crossed"]), pinned: new Set(["pinned"]) };
    const { pieces, dropped } = selectPieces(
      [sized("crossed", 1), sized("pinned", 79), sized("named", 80, { source: "person" })],
      choices,
      { extraTokens: 0, roomTokens: 100 },
      byLength,
    );
    expect(pieces.map(({ id }) => id)).toEqual(["named"]);
    expect(dropped.map(({ id, why }) => [id, why])).toContainEqual(["crossed", "person"]);
    expect(dropped.map(({ id, why }) => [id, why])).toContainEqual(["pinned", "room"]);
  });

  it("so that of what the person named, and is too large, as much goes along as fits, once the rest of it does", () => {
    const row = Array.from({ length: 500 }, (_, index) => `${index}`.padStart(4)).join("\n");
    const file = { kind: "file", source: "person", text: row } as const;
    const large = sized("a", 0, { ...file, title: "a.py" });
    const small = sized("b", 900, { source: "person" });
    const { pieces, dropped } = selectPieces(
      [large, small, sized("nobody", 10)],
      noChoices,
      { ...plenty, roomTokens: 2_000 },
      byLength,
    );
    expect(pieces.map(({ id }) => id)).toEqual(["a", "b", "nobody"]);
    const [part] = pieces;
    expect(part).toMatchObject({ editable: false });
    expect(part?.range).toBeUndefined();
    expect(row.startsWith(part?.text.slice(0, -1) ?? "?")).toBe(true);
    expect(part?.tokens).toBeGreaterThan(700);
    expect(dropped).toMatchObject([{ id: "rest:a", title: "the rest of a.py", why: "room" }]);
    const terminal = sized("t", 0, { ...file, kind: "terminal" });
    const { pieces: ends } = selectPieces(
      [terminal],
      noChoices,
      { ...plenty, roomTokens: 900 },
      byLength,
    );
    expect(ends[0]?.text).toMatch(/^….* 499$/s);
  });

  it("into an order that does not depend on how they were found, with what changes at the end", () => {
    const all = [
      sized("diff", 5, { kind: "diff", value: 1 }),
      sized("b", 5),
      sized("a", 5, { value: 0.1 }),
      sized("rules", 5, { kind: "instructions" }),
    ];
    const order = (list: ContextPiece[]) =>
      selectPieces(list, noChoices, plenty, byLength).pieces.map(({ id }) => id);
    expect(order(all)).toEqual(["rules", "a", "b", "diff"]);
    expect(order([...all].reverse())).toEqual(order(all));
  });
});

describe("doubles", () => {
  const lines = (from: number, to: number) => ({
    start: { line: from, character: 0 },
    end: { line: to, character: 0 },
  });

  it("are one piece: what the person named, else what is worth more", () => {
    const found = piece({ id: "found", range: lines(3, 5), value: 1 });
    const named = piece({ id: "named", range: lines(0, 20), value: 0.1, source: "person" });
    expect(chosenOf(withoutDoubles([found, named]))).toEqual(["named"]);
    const inner = { ...found, source: "person" } as const;
    expect(chosenOf([inner, { ...named, source: "search" }])).toHaveLength(2);
    const same = piece({ id: "same", range: lines(0, 20), value: 0.5, editable: false });
    expect(chosenOf([same, { ...named, source: "search" }])).toEqual(["named"]);
    const twice = [piece({ value: 0.2, reason: "less" }), piece({ value: 0.9, reason: "more" })];
    expect(withoutDoubles(twice).map(({ reason }) => reason)).toEqual(["more"]);
  });

  it("are not lines of different files, nor a diff of the same file", () => {
    const all = [piece({ id: "a", path: "a.py" }), piece({ id: "b", path: "b.py" })];
    expect(withoutDoubles(all)).toHaveLength(2);
    expect(chosenOf(withoutDoubles(all))).toHaveLength(2);
    expect(chosenOf(withoutDoubles([piece(), piece({ id: "d", kind: "diff" })]))).toHaveLength(2);
  });
});

describe("sources are asked together", () => {
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (text: string) => warnings.push(text) };
  const query = {
    action: "fix",
    target: {
      uri: "file:///a.py",
      path: "a.py",
      languageId: "python",
      version: 1,
      text: "",
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      diagnostics: [],
    },
    syntax: undefined,
    mentions: [],
  } as const;
  const good = { name: "search", find: async () => ({ pieces: [piece()], dropped: [] }) };
  const never = new AbortController().signal;

  it("and one that is late or fails costs the others nothing", async () => {
    const slow = { name: "providers", find: () => new Promise<never>(() => {}) };
    const broken = { name: "broken", find: () => Promise.reject(new Error("no")) };
    const began = performance.now();
    const { pieces, dropped } = await gather([slow, broken, good], query, never, log, 40);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(pieces).toHaveLength(1);
    expect(dropped.map(({ id, why }) => [id, why])).toEqual([["late:providers", "late"]]);
    expect(warnings.join()).toContain("no context from broken: no");
  });

  it("and one that is late gives what it found in time", async () => {
    const slow: ContextSource = {
      name: "definitions",
      find: (_query, _signal, tell) => {
        tell(piece());
        return new Promise<never>(() => {});
      },
    };
    const { pieces, dropped } = await gather([slow], query, never, log, 40);
    expect(pieces).toEqual([piece()]);
    expect(dropped).toEqual([
      {
        id: "late:definitions",
        title: "the rest of what the editor knows of names used here",
        why: "late",
      },
    ]);
  });

  it("and each that is late is told apart from the others", async () => {
    const find = () => new Promise<never>(() => {});
    const names = ["definitions", "references", "problems", "recent", "search"];
    const late = names.map((name) => ({ name, find }));
    const { dropped } = await gather(late, query, never, log, 40);
    expect(new Set(dropped.map(({ title }) => title)).size).toBe(names.length);
  });

  it("and stopping the run ends the wait with the run's own reason", async () => {
    const stop = new AbortController();
    const slow = { name: "providers", find: () => new Promise<never>(() => {}) };
    const gathered = gather([slow], query, stop.signal, log, 10_000);
    stop.abort(new Error("stopped"));
    await expect(gathered).rejects.toThrow("stopped");
  });
});
