import { expect, it } from "vitest";
import type { GenerationOptions } from "../../src/built-in-engine/chat-request";
import { samplingAt } from "../../src/built-in-engine/writing/sampling";

const options: GenerationOptions = {
  ...{ temperature: 0, topP: 1, topK: 0, minP: 0, seed: 7, stop: [] },
  repeatPenalty: 1.1,
};

it("the last 64 tokens are made unlikely, those of the prompt among them, as other servers do", () => {
  const prompt = Array.from({ length: 100 }, (_, at) => at);
  const written: number[] = [];
  const sampling = samplingAt(options, prompt, written);
  expect(sampling(100, []).repeatPenalty?.punishTokens).toEqual(prompt.slice(36));
  written.push(500, 501);
  const punished = sampling(102, [600]).repeatPenalty?.punishTokens;
  expect(punished).toEqual([...prompt.slice(39), 500, 501, 600]);
  written.push(...prompt);
  expect(sampling(200, []).repeatPenalty?.punishTokens).toEqual(prompt.slice(36));
});

it("nothing is made unlikely where nobody asks for it", () => {
  const sampling = samplingAt({ ...options, repeatPenalty: 1 }, [1, 2], [3]);
  expect(sampling(3, [])).not.toHaveProperty("repeatPenalty");
});
