/**
 * The mistake in test/sample/bits.py, where to put the cursor for it, and what a model says about
 * it.
 */
export const bits = {
  name: "bits.py",
  line: 16,
  column: 9,
  wrong: "n ^= n - 1",
  right: "n &= n - 1",
  thought:
    "The loop toggles every bit below the lowest set one, so it takes the wrong number of turns. ",
  answer: [
    "The loop toggles bits instead of clearing the lowest one.",
    "",
    "<<<<<<< SEARCH",
    "        n ^= n - 1",
    "=======",
    "        n &= n - 1",
    ">>>>>>> REPLACE",
    "",
  ].join("\n"),
} as const;
