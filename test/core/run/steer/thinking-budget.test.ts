import { describe, expect, it } from "vitest";
import { tokensPerSecond, withMeasure } from "../../../../src/core/run/attempts/model-pace";
import { parseThinkingBudget, thinkingLimit } from "../../../../src/core/run/steer/thinking-budget";
import { ThoughtRoom } from "../../../../src/core/run/steer/thought-room";

describe("the setting of the budget", () => {
  it.each([
    ["auto", { kind: "auto" }],
    ["", { kind: "auto" }],
    ["90s", { kind: "seconds", seconds: 90 }],
    ["2s", { kind: "seconds", seconds: 2 }],
    ["2 m", { kind: "seconds", seconds: 120 }],
    ["1h", { kind: "seconds", seconds: 3_600 }],
    [2_000, { kind: "tokens", tokens: 2_000 }],
    [7, { kind: "tokens", tokens: 7 }],
    ["2000", { kind: "tokens", tokens: 2_000 }],
    ["2000 tokens", { kind: "tokens", tokens: 2_000 }],
    [-1, { kind: "none" }],
    ["-1", { kind: "none" }],
  ])("reads %j", (value, budget) => {
    expect(parseThinkingBudget(value)).toEqual(budget);
  });

  it.each(["soon", "0s", "-3m", 0, "0", 12.5, Number.NaN, true, null, {}])(
    "refuses %j",
    (value) => {
      expect(parseThinkingBudget(value)).toBeUndefined();
    },
  );
});

describe("the limit of a thought", () => {
  it("is two minutes of what the model writes, and never takes the answer's room", () => {
    expect(thinkingLimit({ kind: "auto" }, 10, 5_000)).toEqual({ tokens: 1_200, isWindow: false });
    expect(thinkingLimit({ kind: "auto" }, 100, 5_000)).toEqual({ tokens: 5_000, isWindow: true });
  });

  it("is the clock's for a model that has written nothing here", () => {
    expect(thinkingLimit({ kind: "auto" }, undefined, 5_000)).toEqual({
      tokens: 5_000,
      ms: 120_000,
      isWindow: true,
    });
  });
});

describe("a thought that may go on", () => {
  it("gets each time as much again as it had until then, up to the window", () => {
    const room = new ThoughtRoom({ tokens: 100, ms: 5_000, isWindow: false }, () => {});
    const limits = Array.from({ length: 4 }, () => {
      while (room.usedUpBy(undefined) === undefined) room.came("word");
      room.grow(1_000);
      return room.limit;
    });
    expect(limits).toEqual([
      { tokens: 200, ms: 5_000, isWindow: false },
      { tokens: 400, ms: 10_000, isWindow: false },
      { tokens: 800, ms: 20_000, isWindow: false },
      { tokens: 1_000, ms: 40_000, isWindow: true },
    ]);
  });
});

describe("the pace of a model", () => {
  it("comes from its last answers, and from none that is too short to tell", () => {
    expect(tokensPerSecond([])).toBeUndefined();
    const short = withMeasure([], { tokens: 3, ms: 1_000 });
    expect(short).toEqual([]);
    const many = Array.from({ length: 20 }, (_value, index) => ({
      tokens: 100,
      ms: index < 12 ? 1_000 : 10_000,
    })).reduce(withMeasure, short);
    expect(tokensPerSecond(many)).toBeCloseTo(10);
  });
});
