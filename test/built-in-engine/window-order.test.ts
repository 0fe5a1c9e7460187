import { expect, it } from "vitest";
import type { LlamaSequence } from "../../src/built-in-engine/runtime";
import { inOrder, inWindowOrder } from "../../src/built-in-engine/writing/window-order";

const window = (place: number, count: number) => ({
  place,
  tokens: Array.from({ length: count }, () => 0),
  ...inOrder({ _sequenceId: place } as LlamaSequence),
});

it("a step has the tokens of all windows in their order, whichever asked first", () => {
  const step = inWindowOrder({ items: [window(2, 1), window(0, 1), window(3, 4)], size: 512 });
  expect(step.map(({ item, processAmount }) => [item.place, processAmount])).toEqual([
    [0, 1],
    [2, 1],
    [3, 4],
  ]);
});

it("a step has room for something of each window", () => {
  const items = [window(1, 300), window(0, 1)];
  const amounts = (size: number) =>
    inWindowOrder({ items, size }).map(({ processAmount }) => processAmount);
  expect(amounts(100)).toEqual([1, 50]);
  expect(amounts(1)).toEqual([1, 1]);
});
