import { positive } from "../../base/guards";
import { guessCacheBytesPerToken } from "../../base/model-memory";

/**
 * The windows that are asked for, in tokens. Few and fixed, so that two requests never differ by
 * accident and reload the model.
 */
const contextTiers = [4096, 8192, 16384, 32768] as const;

const smallestTier = contextTiers[0];
const gib = 1024 ** 3;
/** What the runtime takes beside weights and cache. */
const overheadBytes = gib;

export interface ContextFacts {
  /** The person's setting; 0: none. */
  readonly settingTokens: number;
  /** What the model is loaded with now. */
  readonly loadedTokens?: number | undefined;
  /** What the model's own parameters ask for. */
  readonly configuredTokens?: number | undefined;
  readonly trainedTokens?: number | undefined;
  /** Size of the weights; 0 when not known. */
  readonly modelBytes: number;
  readonly cacheBytesPerToken?: number | undefined;
  /** What the model may take in all; absent when it runs on a machine whose memory is not known. */
  readonly memoryBytes?: number | undefined;
}

/**
 * The window to ask a model for, in tokens: the person's setting; else what it is loaded with,
 * since any other value loads it anew; else what its own parameters say; else the largest tier that
 * fits. Never more than it was trained for.
 */
export function contextTokensFor(facts: ContextFacts): number {
  const trained = positive(facts.trainedTokens) ?? Number.POSITIVE_INFINITY;
  const capped = (tokens: number): number => Math.min(tokens, trained);

  const setting = positive(facts.settingTokens);
  if (setting !== undefined) return capped(setting);

  const loaded = positive(facts.loadedTokens);
  const configured = positive(facts.configuredTokens);
  // A window too small for a file and a thought is worth one reload, unless the model is made so.
  const wanted = Math.min(smallestTier, trained, configured ?? smallestTier);
  if (loaded !== undefined && loaded >= wanted) return capped(loaded);

  if (configured !== undefined) return capped(configured);
  return capped(largestTier(facts));
}

/** The next smaller tier, for a model that ran out of memory; undefined when there is none. */
export function tierBelow(contextTokens: number): number | undefined {
  return contextTiers.findLast((tier) => tier < contextTokens);
}

/** The window that a model is judged by before its own is known: it holds a file and a thought. */
const plannedContextTokens = 8_192;

/** Memory that a model takes with a window of so many tokens, in bytes. */
export function memoryNeeded(
  modelBytes: number,
  contextTokens = plannedContextTokens,
  cacheBytesPerToken = guessCacheBytesPerToken(modelBytes),
): number {
  return modelBytes + contextTokens * cacheBytesPerToken + overheadBytes;
}

function largestTier(facts: ContextFacts): number {
  const perToken = positive(facts.cacheBytesPerToken) ?? guessCacheBytesPerToken(facts.modelBytes);
  const fits = (tokens: number): boolean => {
    // Whoever holds the weights on a graphics card has rarely room for much more, and what spills
    // over to the processor is many times slower; the card's memory cannot be asked for, so the
    // cache may take half of what the weights take.
    if (facts.modelBytes > 0 && tokens * perToken > Math.max(facts.modelBytes / 2, gib / 2))
      return false;
    return (
      facts.memoryBytes === undefined ||
      memoryNeeded(facts.modelBytes, tokens, perToken) <= facts.memoryBytes
    );
  };
  return contextTiers.findLast(fits) ?? smallestTier;
}
