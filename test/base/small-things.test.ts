import { describe, expect, it } from "vitest";
import { defined } from "../../src/base/defined";
import { escapeRegExp } from "../../src/base/escape-reg-exp";
import { isCount, isRecord, parsedObject } from "../../src/base/guards";
import { keepAliveOnWire } from "../../src/base/keep-alive";
import { cacheBytesPerToken, guessCacheBytesPerToken } from "../../src/base/model-memory";
import { systemCode } from "../../src/base/system-code";
import { shortened } from "../../src/base/text/shortened";

describe("the small things of the ground floor", () => {
  it("an object with names is a record, and nothing else is", () => {
    expect([{}, { a: 1 }].map(isRecord)).toEqual([true, true]);
    expect([null, undefined, [], "a", 1].map(isRecord)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("a count is a whole number from zero", () => {
    expect([0, 7].map(isCount)).toEqual([true, true]);
    expect(
      [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, "7"].map(isCount),
    ).not.toContain(true);
  });

  it("an error is called what the system calls it, and nothing else has such a name", () => {
    const missing = Object.assign(new Error("gone"), { code: "ENOENT" });
    const numbered = Object.assign(new Error("no"), { code: 5 });
    expect(
      [missing, numbered, new Error("no"), { code: "ENOENT" }, undefined].map(systemCode),
    ).toEqual(["ENOENT", "", "", "", ""]);
  });

  it("what is undefined is left out, and null and empty texts stay", () => {
    expect(Object.keys(defined({ a: undefined, b: null, c: "", d: 0, e: false }))).toEqual([
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  it("a shortened text holds no half of a character", () => {
    expect(shortened("ab", 2)).toBe("ab");
    expect(shortened("abc", 2)).toBe("ab…");
    expect(shortened("a🙂b", 2)).toBe("a…");
    expect(shortened("a🙂b", 3)).toBe("a🙂…");
  });

  it("an escaped text matches itself and nothing else, whatever signs it holds", () => {
    const text = "a?b!(c)[d]{e}^f$g.h*i+j|k\\l/m-n";
    expect(new RegExp(`^${escapeRegExp(text)}$`, "u").test(text)).toBe(true);
    expect(new RegExp(`^[${escapeRegExp("a-z]")}]$`, "u").test("m")).toBe(false);
  });

  it.each([
    ["10m", "10m"],
    ["300", 300],
    [" -1 ", -1],
    [600, 600],
    ["", ""],
  ])(
    "the time to stay loaded goes over the wire as the daemon reads it: %j as %j",
    (given, wire) => {
      expect(keepAliveOnWire(given)).toBe(wire);
    },
  );

  it("a token of context takes a key and a value in each layer", () => {
    const measures = {
      "general.architecture": "qwen2",
      "qwen2.block_count": 28,
      "qwen2.attention.head_count": 12,
      "qwen2.attention.head_count_kv": 2,
      "qwen2.embedding_length": 1536,
    };
    expect(cacheBytesPerToken(measures)).toBe(28 * 1024);
    expect(cacheBytesPerToken({ ...measures, "qwen2.attention.key_length": 64 })).toBe(14 * 1024);
    expect(cacheBytesPerToken({ "general.architecture": "qwen2" })).toBeUndefined();
    expect(cacheBytesPerToken({})).toBeUndefined();
  });

  it("larger weights are guessed to take more for a token", () => {
    const sizes = [1, 5, 9, 20, 40].map((gib) => guessCacheBytesPerToken(gib * 1024 ** 3));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(guessCacheBytesPerToken(0)).toBeGreaterThan(0);
  });
});

it.each([
  ['{"a":1}', { a: 1 }],
  ["[1]", undefined],
  ["null", undefined],
  ['{"a":', undefined],
  ["", undefined],
])("an object is read from JSON, and nothing else is one: %s", (text, object) => {
  expect(parsedObject(text)).toEqual(object);
});
