import { describe, expect, it } from "vitest";
import { type SplitState, ThinkSplitter } from "../../src/embedded/think-split";
import { StopTexts } from "../../src/embedded/token-text";

/** Feeds a text in pieces of one size and gathers what comes out. */
function split(state: SplitState, text: string, size: number): [thinking: string, content: string] {
  const splitter = new ThinkSplitter(state);
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
  const all = [...pieces.map((piece) => splitter.push(piece)), splitter.end()];
  return [all.map(({ thinking }) => thinking).join(""), all.map(({ content }) => content).join("")];
}

describe("parting a thought from an answer", () => {
  const cases: [what: string, state: SplitState, text: string, thinking: string, content: string][] = [
    ["an answer without a thought", "start", "hello <b>", "", "hello <b>"],
    ["a thought and an answer", "start", "<think>\nhm, yes\n</think>\n\nIt is 4.", "hm, yes", "It is 4."],
    ["a thought that the prompt opened", "thinking", "\nhm\n</think>\n\nIt is 4.", "hm", "It is 4."],
    ["an empty thought", "start", "<think>\n\n</think>\n\nHi", "", "Hi"],
    ["a thought that never ends", "thinking", "so a < b </thin", "so a < b </thin", ""],
    ["a tag in the middle of an answer", "start", "Write <think> first, </think> last.", "", "Write <think> first, </think> last."],
    ["a second thought", "start", "<think>a</think>b<think>c</think>", "a", "b<think>c</think>"],
    ["an answer that goes on in the middle of a line", "answer", " four, five", "", " four, five"],
    ["an answer behind a closed thought", "answerStart", "\n\nFour.", "", "Four."],
    ["something that only begins like a tag", "start", "<thing>", "", "<thing>"],
  ];
  it.each(cases)("%s", (_, state, text, thinking, content) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(split(state, text, size)).toEqual([thinking, content]);
  });
});

describe("stop texts", () => {
  it("end the answer before the first of them, in whatever pieces it comes", () => {
    for (const size of [1, 2, 5, 100]) {
      const stops = new StopTexts(["<end>", "STOP"]);
      let out = "";
      for (const piece of "an <en answer<end> and STOP more".match(new RegExp(`.{1,${size}}`, "g")) ?? []) {
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
