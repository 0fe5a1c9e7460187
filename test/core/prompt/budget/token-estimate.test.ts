import { expect, it } from "vitest";
import { estimateTokens } from "../../../../src/core/prompt/budget/token-estimate";

const texts = {
  typescript: `export function mergeRanges(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const merged: Range[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end + 1) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}
`,
  python: `class Inventory:
    """Counts of things by their name."""

    def __init__(self, counts=None):
        self._counts = dict(counts or {})

    def take(self, name, count=1):
        if self._counts.get(name, 0) < count:
            raise KeyError(f"not enough {name!r}: {self._counts.get(name, 0)} < {count}")
        self._counts[name] -= count
        return self._counts[name]
`,
  numbers: `1024, 2048, 4096, 8192
0.3333, 0.6667, 1.0000, 1.3333
19, 23, 29, 31, 37, 41, 43, 47
-128, 127, 32767, 65535, 4294967295
`.repeat(3),
  hexadecimal: `d2c7e04f9a1b3358c6e0f7d4a9b2c1e85f3a6d7b0c9e8f1a
9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c
`.repeat(3),
  minified:
    '!function(e,t){"object"==typeof exports?module.exports=t():e.parse=t()}(this,function(){var r=/^\\s+|\\s+$/g;return function(e){return null==e?"":(e+"").replace(r,"")}});\n'.repeat(
      2,
    ),
  french:
    "Le modèle réfléchit devant vous : ce qu’il écrit s’affiche au fur et à mesure, et vous pouvez l’arrêter à tout moment. Une modification n’est faite qu’après votre accord, et elle peut être annulée.\n".repeat(
      2,
    ),
};

// Counted with the vocabularies of Qwen2.5, SmolLM2 (49,152 words) and Gemma 3.
it.each<[keyof typeof texts, number[]]>([
  ["typescript", [101, 124, 123]],
  ["python", [100, 109, 116]],
  ["numbers", [363, 363, 363]],
  ["hexadecimal", [282, 282, 282]],
  ["minified", [110, 146, 126]],
  ["french", [112, 156, 102]],
])("the estimate for %s is within a quarter of what vocabularies take", (name, counted) => {
  const estimated = estimateTokens(texts[name]);
  for (const tokens of counted) {
    expect(estimated).toBeLessThanOrEqual(tokens * 1.25);
    expect(estimated).toBeGreaterThanOrEqual(tokens * 0.8);
  }
});

it("the estimate of nothing is nothing, and that of a sum no more than the sum and its seams", () => {
  expect(estimateTokens("")).toBe(0);
  for (const [a, b] of [
    [texts.python, texts.numbers],
    ["camel", "Case"],
    ["12", " 3"],
  ] as const)
    expect(Math.abs(estimateTokens(a + b) - estimateTokens(a) - estimateTokens(b))).toBeLessThan(3);
});
