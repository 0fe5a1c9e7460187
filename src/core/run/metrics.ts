import type { RunMetrics } from "../../protocol/run-events";

/** Adds what a further request of the same run took. */
export function addMetrics(total: RunMetrics, more: RunMetrics): RunMetrics {
  const sum: { -readonly [Key in keyof RunMetrics]: number } = { ...total };
  for (const key of ["promptTokens", "answerTokens", "loadMs", "promptMs", "answerMs"] as const) {
    const value = more[key];
    if (value !== undefined) sum[key] = (sum[key] ?? 0) + value;
  }
  return sum;
}
