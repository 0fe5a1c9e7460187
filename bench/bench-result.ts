/** One measured figure. */
export interface BenchResult {
  /** What was measured, in words. */
  readonly name: string;
  readonly value: number;
  /** "ms", "times", "bytes" … */
  readonly unit: string;
  /** How it was measured, where the name does not say. */
  readonly note?: string;
}
