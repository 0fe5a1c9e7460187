import { describe, expect, it } from "vitest";
import { fillGap, gapTokens } from "../../src/built-in-engine/writing/fill-gap";
import { CopyMemory } from "../../src/built-in-engine/writing/prompt-lookup";
import { WritingPace } from "../../src/built-in-engine/writing/writing-pace";
import { WordModel } from "./word-model";

const options = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, stop: ["\n"] };
const texts = { before: "a = 1", after: " return a" };

function modelWithMarks(marks: { prefix: string; middle?: string; suffix: string }): WordModel {
  const words = new WordModel();
  const token = (mark: string | undefined) => (mark === undefined ? null : words.token(mark));
  words.infill = {
    prefix: token(marks.prefix),
    middle: token(marks.middle),
    suffix: token(marks.suffix),
  };
  return words;
}

const marked = { prefix: "<pre>", middle: "<mid>", suffix: "<suf>" };

/** @param steps is told how many tokens each step takes in. */
async function filled(script: readonly string[], likely = "", steps: number[] = []) {
  const words = modelWithMarks(marked);
  const { model } = words;
  const prompt = gapTokens(model, texts) ?? [];
  const sequence = words.sequence((text) => {
    const behind = text.slice(text.indexOf("<mid>") + "<mid>".length);
    return script.find((_word, at) => behind === script.slice(0, at).join(""));
  });
  const { controlledEvaluate } = sequence;
  sequence.controlledEvaluate = (input) => {
    steps.push(input.length);
    return controlledEvaluate(input);
  };
  const pace = new WritingPace();
  pace.read(16, 16);
  pace.wrote(8, false, 800);
  return await fillGap({
    ...{ model, sequence, prompt, likely, options, pace },
    contextTokens: 500,
    signal: new AbortController().signal,
    copies: new CopyMemory(),
    isAlone: () => true,
  });
}

describe("a gap that is filled in", () => {
  it.each([
    ["where the model has a mark for it", marked, "<pre>a = 1<suf> return a<mid>"],
    ["and else at the end", { prefix: "<pre>", suffix: "<suf>" }, "<suf> return a<pre>a = 1"],
  ])("stands behind what is before and after it %s", (_name, marks, expected) => {
    const words = modelWithMarks(marks);
    expect(words.text(gapTokens(words.model, texts) ?? [])).toBe(expected);
  });

  it("is none for a model that was not trained for it", () => {
    expect(gapTokens(new WordModel().model, texts)).toBeUndefined();
  });

  it("ends with its line", async () => {
    expect(await filled([" b", " =", " 2", "\n", "c"])).toMatchObject({
      text: " b = 2",
      reason: "stop",
      answerTokens: 4,
    });
    expect((await filled([" b", " =", " 2"])).text).toBe(" b = 2");
  });

  it("reads in one step what is likely, as far as it is right", async () => {
    const right: number[] = [];
    expect((await filled([" b", " =", " 2", "\n"], " b = 2", right)).text).toBe(" b = 2");
    const wrong: number[] = [];
    expect((await filled([" b", " +=", " 2", "\n"], " b = 2", wrong)).text).toBe(" b += 2");
    const none: number[] = [];
    await filled([" b", " =", " 2", "\n"], "", none);
    expect([right.length, wrong.length, none.length]).toEqual([1, 3, 4]);
  });
});
