/** Whether two values of plain data, with their fields in the same order, are the same. */
export function sameData(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
