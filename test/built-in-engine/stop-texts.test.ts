import { describe, expect, it } from "vitest";
import { StopTexts } from "../../src/built-in-engine/writing/token-text";

describe("stop texts", () => {
  it("end the answer before the first of them, in whatever pieces it comes", () => {
    for (const size of [1, 2, 5, 100]) {
      const stops = new StopTexts(["<end>", "STOP"]);
      let out = "";
      for (const piece of "an <en answer<end> and STOP more".match(
        new RegExp(`.{1,${size}}`, "g"),
      ) ?? []) {
        out += stops.push(piece);
        if (stops.stopped) break;
      }
      expect([size, out]).toEqual([size, "an <en answer"]);
    }
  });

  it("give back what only looked like one", () => {
    const stops = new StopTexts(["<end>"]);
    expect(stops.push("a <e") + stops.end()).toBe("a <e");
    expect(stops.stopped).toBe(false);
  });
});
