/** How long a model may think before it has to answer. */
export type ThinkingBudget =
  | { readonly kind: "auto" }
  | { readonly kind: "seconds"; readonly seconds: number }
  | { readonly kind: "tokens"; readonly tokens: number }
  /** As long as the window holds. */
  | { readonly kind: "none" };

const autoSeconds = 120;
/** A model that is slow beyond measure may say this much by itself. */
const leastAutoTokens = 50;

/**
 * Reads the setting: `auto`, seconds (`90s`, `2m`, `1h`), tokens (`2000`, as a number or as text),
 * or `-1` for no limit but the window.
 * @returns undefined for anything else; no thought at all is what another setting is for.
 */
export function parseThinkingBudget(value: unknown): ThinkingBudget | undefined {
  if (typeof value === "number") return tokens(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim().toLowerCase();
  if (text === "auto" || text === "") return { kind: "auto" };
  const [, amount, unit] = /^(-?\d{1,9})\s*(s|m|h|tokens?)?$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  if (unit === undefined || unit.startsWith("token")) return tokens(Number(amount));
  const seconds = Number(amount) * { s: 1, m: 60, h: 3_600 }[unit as "s" | "m" | "h"];
  return seconds > 0 ? { kind: "seconds", seconds } : undefined;
}

function tokens(value: number): ThinkingBudget | undefined {
  if (value === -1) return { kind: "none" };
  return Number.isInteger(value) && value > 0 ? { kind: "tokens", tokens: value } : undefined;
}

/** Where a thought has to end, whichever comes first. */
export interface ThinkingLimit {
  readonly tokens: number;
  /** Counted from the first word of the thought. */
  readonly ms?: number;
  /** Whether the window is what ends it, not the person's wish. */
  readonly isWindow: boolean;
}

/**
 * @param tokensPerSecond what this model writes on this machine; undefined before it has written
 * anything here.
 * @param windowTokens what a thought may take so that an answer still fits.
 */
export function thinkingLimit(
  budget: ThinkingBudget,
  tokensPerSecond: number | undefined,
  windowTokens: number,
): ThinkingLimit {
  switch (budget.kind) {
    case "auto":
      // Tokens say how far it is, and are the same on a busy day; before any are known the clock
      // has to do.
      return tokensPerSecond === undefined
        ? { tokens: windowTokens, ms: autoSeconds * 1_000, isWindow: true }
        : limited(
            Math.max(leastAutoTokens, Math.round(tokensPerSecond * autoSeconds)),
            windowTokens,
          );
    case "seconds":
      return { tokens: windowTokens, ms: budget.seconds * 1_000, isWindow: true };
    case "tokens":
      return limited(budget.tokens, windowTokens);
    case "none":
      return { tokens: windowTokens, isWindow: true };
    default:
      return budget satisfies never;
  }
}

function limited(wanted: number, windowTokens: number): ThinkingLimit {
  return { tokens: Math.min(wanted, windowTokens), isWindow: windowTokens <= wanted };
}
