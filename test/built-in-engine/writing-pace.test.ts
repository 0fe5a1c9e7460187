import { describe, expect, it } from "vitest";
import { WritingPace } from "../../src/built-in-engine/writing-pace";

/** @param readMs of a token in a step of several, and of one that is written alone */
function paceOf(readMs: number, writeMs: number): WritingPace {
  const pace = new WritingPace();
  pace.read(32, 32 * readMs);
  pace.wrote(50, 50 * writeMs);
  return pace;
}

describe("answers that are written at once", () => {
  it.each([
    // Two cores, 1.5B: 65 and 100 ms, measured; four at once took 3.4 times the time of one.
    ["one after the other where arithmetic takes the time", 65, 100, 1],
    ["two where a second one costs half", 50, 100, 2],
    ["all where the way from memory takes the time", 5, 100, 4],
  ])("are %s", (_how, readMs, writeMs, count) => {
    expect(paceOf(readMs, writeMs).writers(4)).toBe(count);
  });

  it("are no more than there is room for, and all of that while nothing is measured", () => {
    expect(paceOf(5, 100).writers(3)).toBe(3);
    expect(paceOf(5, 100).writers(1)).toBe(1);
    expect(new WritingPace().writers(4)).toBe(4);
  });

  it("follow the machine: it was busy, and is free now", () => {
    const pace = paceOf(300, 100);
    expect(pace.writers(4)).toBe(1);
    for (let time = 0; time < 6; time++) pace.read(128, 128 * 10);
    expect(pace.writers(4)).toBe(4);
    // A step of a single token says nothing of several.
    pace.read(1, 1_000_000);
    expect(pace.writers(4)).toBe(4);
  });
});
