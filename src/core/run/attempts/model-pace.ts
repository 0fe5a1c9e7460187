/** What a model wrote in one run, by its server's own counters. */
export interface PaceMeasure {
  readonly tokens: number;
  readonly ms: number;
  /** What it thought, estimated; absent where it did not. */
  readonly thoughtTokens?: number;
}

/** A small window: a machine that was busy is known as a free one soon. */
const rememberedMeasures = 8;
/** A shorter text says little: the first tokens come slower than those that follow. */
const leastTokens = 16;

export function withMeasure(
  measures: readonly PaceMeasure[],
  measure: PaceMeasure,
): readonly PaceMeasure[] {
  if (!(measure.tokens >= leastTokens && measure.ms > 0)) return measures;
  return [...measures, measure].slice(-rememberedMeasures);
}

/** @returns undefined where nothing was measured. */
export function tokensPerSecond(measures: readonly PaceMeasure[]): number | undefined {
  const tokens = measures.reduce((sum, measure) => sum + measure.tokens, 0);
  const ms = measures.reduce((sum, measure) => sum + measure.ms, 0);
  return tokens > 0 && ms > 0 ? tokens / (ms / 1_000) : undefined;
}

/** Fewer thoughts say nothing of what is usual. */
const leastThoughts = 3;

/** The middle one of the last thoughts, in tokens; undefined where too few are known. */
export function usualThought(measures: readonly PaceMeasure[]): number | undefined {
  const thoughts = measures.flatMap(({ thoughtTokens }) => thoughtTokens ?? []);
  if (thoughts.length < leastThoughts) return undefined;
  return thoughts.toSorted((one, other) => one - other)[Math.floor(thoughts.length / 2)];
}
