import { expect, it } from "vitest";
import {
  askedChoices,
  chanceAt,
  choicesOf,
  chosenFrom,
} from "../../src/built-in-engine/writing/choices";

it("a token is drawn as often as its share says, by many seeds and at many places", () => {
  const choices = choicesOf({
    token: 7,
    logits: new Map([6, 2, 1, 1].map((n, at) => [at, Math.log(n)])),
  });
  const drawn = [0, 0, 0, 0];
  for (let seed = 0; seed < 100; seed++)
    for (let place = 0; place < 100; place++) {
      const token = chosenFrom(choices, chanceAt(seed * 7_919, place));
      drawn[token] = (drawn[token] ?? 0) + 1;
    }
  const shares = drawn.map((count) => Math.round(count / 100) / 100);
  for (const [at, share] of [0.6, 0.2, 0.1, 0.1].entries())
    expect(Math.abs((shares[at] ?? 0) - share)).toBeLessThanOrEqual(0.02);
});

it("the first and the last are drawn at the ends, and the only one always", () => {
  const choices = choicesOf({
    logits: new Map([
      [3, 0],
      [4, 0],
    ]),
  });
  expect([0, 0.49, 0.51, 1 - 2 ** -32].map((chance) => chosenFrom(choices, chance))).toEqual([
    3, 3, 4, 4,
  ]);
  expect(chosenFrom(choicesOf({ token: 9 }), 0.7)).toBe(9);
});

it("where the likeliest token is wanted, nothing else is asked for", () => {
  expect(askedChoices({ temperature: 0, topK: 40 }).logits).toBeUndefined();
  expect(askedChoices({ temperature: 1, topK: 40 }).logits?.filter.includeTop).toBe(40);
  expect(askedChoices({ temperature: 1, topK: 0 }).logits?.filter.includeTop).toBe(100);
});
