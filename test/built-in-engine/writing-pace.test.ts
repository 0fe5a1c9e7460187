import { describe, expect, it } from "vitest";
import { WritingPace } from "../../src/built-in-engine/writing/writing-pace";

/** @param readMs of a token in a step of several, and of one that is written alone */
function paceOf(readMs: number, writeMs: number): WritingPace {
  const pace = new WritingPace();
  pace.read(32, 32 * readMs);
  for (let step = 0; step < 8; step++) pace.wrote(1, false, writeMs);
  return pace;
}

describe("a draft", () => {
  const chances = [0.9, 0.8, 0.6, 0.4, 0.3];
  /** A step that wrote three tokens of a draft and one of its own. */
  const drafts = (pace: WritingPace, steps: number, tookMs: number): void => {
    for (let step = 0; step < steps; step++) pace.wrote(4, true, tookMs);
  };

  it("is read ahead as far as it is likely", () => {
    expect(paceOf(5, 100).ahead(chances, 400)).toBe(3);
    expect(paceOf(5, 100).ahead([0.4], 400)).toBe(0);
    expect(paceOf(5, 100).ahead([], 400)).toBe(0);
  });

  it("has to be likelier beside others, which share what a step takes by itself", () => {
    // Two cores, 1.5B: 20 ms to read a token, 77 to write one; of four at once a token takes 34.
    expect(paceOf(20, 77).ahead(chances, 2_000, 1)).toBe(3);
    expect(paceOf(20, 77).ahead([0.9, 0.8, 0.57, 0.4], 2_000, 4)).toBe(2);
    expect(paceOf(100, 100).ahead(chances, 2_000, 4)).toBe(0);
    expect(paceOf(5, 100).ahead(chances, 40, 4)).toBe(2);
  });

  it("is no longer than may be waited for", () => {
    expect(paceOf(5, 100).ahead(chances, 10)).toBe(2);
    expect(paceOf(50, 100).ahead(chances, 40)).toBe(0);
  });

  it("is not read while nothing is measured", () => {
    expect(new WritingPace().ahead(chances, 400)).toBe(0);
  });

  it("is read on where it writes faster than one token after the other", () => {
    const pace = paceOf(5, 100);
    drafts(pace, 4, 390);
    expect(pace.ahead(chances, 400)).toBe(3);
  });

  it("is given up where it does not, and tried again later", () => {
    const pace = paceOf(5, 100);
    drafts(pace, 4, 410);
    for (let step = 0; step < 100; step++) expect(pace.ahead(chances, 400)).toBe(0);
    expect(pace.ahead(chances, 400)).toBe(3);
    expect(pace.ahead(chances, 400)).toBe(3);
    drafts(pace, 2, 410);
    expect(pace.ahead(chances, 400)).toBe(0);
  });
});
