/** How much a model is to think, least first. */
export const thinkingLevels = ["low", "medium", "high", "max"] as const;
export type ThinkingLevel = (typeof thinkingLevels)[number];

/**
 * Whether a model is to think, and where it has levels, how much: `true` leaves that to the model.
 */
export type Think = boolean | ThinkingLevel;

/** The level at which models that have levels think where the person wishes for none. */
const usualLevel: ThinkingLevel = "medium";
const commonLevels: readonly ThinkingLevel[] = ["low", "medium", "high"];

/**
 * The levels that a model's own chat template knows; empty for one that knows none. A template that
 * names two or more has those, such as `"high"` and `"max"`; one that only names its default has
 * the three that all servers know.
 */
export function levelsIn(template: string): readonly ThinkingLevel[] {
  if (!/reasoning_effort|\.ThinkLevel\b/.test(template)) return [];
  const named = thinkingLevels.filter((level) => new RegExp(`["']${level}["']`).test(template));
  return named.length > 1 ? named : commonLevels;
}

/** Families that have levels, where a server shows no template. */
export function levelsByName(model: string): readonly ThinkingLevel[] {
  return /(?:^|[-_/. ])gpt-?oss(?=$|[-_:/. ])/i.test(model) ? commonLevels : [];
}

/** The next level above; undefined where there is none. */
export function levelAbove(
  think: Think,
  levels: readonly ThinkingLevel[],
): ThinkingLevel | undefined {
  if (think === false) return undefined;
  const now = thinkingLevels.indexOf(think === true ? usualLevel : think);
  return levels.find((level) => thinkingLevels.indexOf(level) > now);
}

/**
 * The level that comes nearest to the wished one, the lower of two; undefined where the model has
 * none.
 */
export function nearestLevel(
  wished: ThinkingLevel,
  levels: readonly ThinkingLevel[],
): ThinkingLevel | undefined {
  const distance = (level: ThinkingLevel): number =>
    Math.abs(thinkingLevels.indexOf(level) - thinkingLevels.indexOf(wished));
  return [...levels].sort((one, other) => distance(one) - distance(other))[0];
}
