import { describe, expect, it } from "vitest";
import {
  type ContextFacts,
  contextTokensFor,
  tierBelow,
} from "../../../src/model-setup/models/context-size";

const gib = 1024 ** 3;
const r1Small: ContextFacts = {
  settingTokens: 0,
  modelBytes: 1.1e9,
  cacheBytesPerToken: 28 * 1024,
  trainedTokens: 131072,
  memoryBytes: 11 * gib,
};
const r1Large: ContextFacts = {
  settingTokens: 0,
  modelBytes: 5.2e9,
  cacheBytesPerToken: 144 * 1024,
  trainedTokens: 131072,
  memoryBytes: 11 * gib,
};

const cases: readonly [string, ContextFacts, number][] = [
  [
    "the person's setting goes before all",
    { ...r1Small, settingTokens: 12345, loadedTokens: 8192, configuredTokens: 4096 },
    12345,
  ],
  ["but not beyond what the model was trained for", { ...r1Small, settingTokens: 200_000 }, 131072],
  [
    "what is loaded stays, so that nothing loads anew",
    { ...r1Small, loadedTokens: 6000, configuredTokens: 16384 },
    6000,
  ],
  ["a huge loaded window stays too", { ...r1Large, loadedTokens: 131072 }, 131072],
  ["a loaded window too small to think in is given up", { ...r1Small, loadedTokens: 2048 }, 16384],
  ["unless the model is made so", { ...r1Small, loadedTokens: 2048, configuredTokens: 2048 }, 2048],
  ["or was trained so", { ...r1Small, loadedTokens: 2048, trainedTokens: 2048 }, 2048],
  [
    "the model's own parameter goes before the guess",
    { ...r1Small, configuredTokens: 10_000 },
    10_000,
  ],
  ["a short-trained model gets what it was trained for", { ...r1Small, trainedTokens: 2048 }, 2048],
  ["the cache takes at most half of what the weights take", r1Large, 16384],
  ["a large model in little memory gets less", { ...r1Large, memoryBytes: 7.2 * gib }, 8192],
  ["and never less than the smallest tier", { ...r1Large, memoryBytes: 1 * gib }, 4096],
  [
    "a daemon elsewhere is judged by the model alone",
    { ...r1Large, memoryBytes: undefined },
    16384,
  ],
  [
    "a lean cache allows the largest tier",
    { settingTokens: 0, modelBytes: 4.7e9, cacheBytesPerToken: 56 * 1024, memoryBytes: 20 * gib },
    32768,
  ],
  [
    "unknown measures are guessed from the weights",
    { settingTokens: 0, modelBytes: 5.2e9, memoryBytes: 7.2 * gib },
    8192,
  ],
  ["nothing known at all still gives a tier", { settingTokens: 0, modelBytes: 0 }, 32768],
  [
    "nonsense from the daemon counts as nothing",
    { ...r1Large, loadedTokens: -5, trainedTokens: Number.NaN, configuredTokens: 0 },
    16384,
  ],
];

describe("the window that is asked for", () => {
  it.each(cases)("%s", (_title, facts, expected) => {
    expect(contextTokensFor(facts)).toBe(expected);
  });

  it.each([
    [32768, 16384],
    [10_000, 8192],
    [4096, undefined],
  ])("a model that ran out of memory with %i tokens is next asked for %s", (from, to) => {
    expect(tierBelow(from)).toBe(to);
  });
});
