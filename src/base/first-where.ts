/**
 * The first number below `count` that holds, where each number behind one that holds does so too;
 * `count` when none does. Asks about few of them: it halves what is left each time.
 */
export function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
