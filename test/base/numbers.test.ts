import { afterEach, expect, it } from "vitest";
import { count, decimal, useLanguage } from "../../src/base/l10n";
import { randomNumbers } from "../support/random-numbers";

afterEach(() => useLanguage("en", undefined));

/** Around each thousand, in both directions, between halves, and anywhere. */
function values(): readonly number[] {
  const random = randomNumbers(7);
  const edges = [1, 10, 1e3, 1e6, 1e9, 1e12].flatMap((edge) => [
    edge - 0.05,
    edge - 1,
    edge,
    edge + 1,
  ]);
  const ties = [0.05, 0.25, 0.5, 1.005, 1.25, 2.5, 2.675, 9.95, 99.5, 999.5, 1234.5];
  const any = Array.from({ length: 500 }, () => random(1e9) / 10 ** random(9));
  const all = [0, ...edges, ...ties, ...any];
  return [...all, ...all.filter((value) => value !== 0).map((value) => -value)];
}

it.each(["en", "fr", "de"])("numbers are written as in %s", (language) => {
  useLanguage(language, language === "en" ? undefined : {});
  for (const digits of [0, 1, 2, 3]) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const format = new Intl.NumberFormat(language, options);
    for (const value of values()) expect(decimal(value, digits)).toBe(format.format(value));
  }
  expect(count(1_204_000)).toBe(new Intl.NumberFormat(language).format(1_204_000));
});

it("what is no usual number is written as the language has it", () => {
  expect([decimal(Number.NaN, 1), count(Number.POSITIVE_INFINITY), count(1e21)]).toEqual([
    "NaN",
    "∞",
    "1,000,000,000,000,000,000,000",
  ]);
});
