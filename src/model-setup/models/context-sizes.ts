import { type ContextFacts, contextTokensFor, tierBelow } from "./context-size";

/**
 * Remembers the window of every model for the session. Two requests with different windows make the
 * daemon load the model twice, so a window is decided once, whatever memory is free later; only a
 * model that ran out of memory gets a smaller one.
 */
export class ContextSizes {
  readonly #tokens = new Map<string, number>();

  /**
   * The window in tokens. `home` names where the model runs; `facts` are only asked for when the
   * window is not decided yet.
   */
  for(home: string, model: string, settingTokens: number, facts: () => ContextFacts): number {
    const key = keyOf(home, model, settingTokens);
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const tokens = contextTokensFor(facts());
    this.#tokens.set(key, tokens);
    return tokens;
  }

  /**
   * After a model ran out of memory with its window. A window that the person set is left alone.
   */
  stepDown(home: string, model: string, settingTokens: number): void {
    const key = keyOf(home, model, settingTokens);
    const smaller = tierBelow(this.#tokens.get(key) ?? 0);
    if (settingTokens === 0 && smaller !== undefined) this.#tokens.set(key, smaller);
  }
}

function keyOf(home: string, model: string, settingTokens: number): string {
  return JSON.stringify([home, model, settingTokens]);
}
