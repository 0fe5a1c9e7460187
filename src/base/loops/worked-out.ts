/** In names too: `S26`. */
export function numbersIn(text: string): readonly number[] {
  return (text.match(/\p{N}+/gu) ?? []).map(Number);
}

/**
 * Whether numbers moved by different steps from one saying of the same words to the next. A counter
 * moves by one step, wherever it stands; "the sum is 3", "the sum is 6" was worked out, and is new.
 */
export function isWorkedOut(numbers: readonly number[], before: readonly number[]): boolean {
  if (numbers.length !== before.length) return false;
  const steps = numbers.map((number, at) => number - (before[at] ?? 0));
  return new Set(steps.filter((step) => step !== 0)).size > 1;
}
