/**
 * Numbers that look like chance and are the same in every run: a whole number from 0 to below its
 * argument.
 */
export type Random = (below: number) => number;

export function randomNumbers(seed: number): Random {
  let state = (seed * 2_654_435_761) % 2 ** 32;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}
