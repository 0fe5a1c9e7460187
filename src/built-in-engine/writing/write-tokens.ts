import type { Token } from "../runtime";
import type { PromptLookup } from "./prompt-lookup";
import type { SamplingAt } from "./sampling";
import type { WritingPace } from "./writing-pace";

/** What a source of tokens has to know of the text that is written. */
export interface Writing {
  readonly sampling: SamplingAt;
  /** Foretells the next tokens. */
  readonly lookup: Pick<PromptLookup, "push" | "draft">;
  readonly pace: WritingPace;
  /**
   * Whether no other request is written in the same steps: a draft would take its time, and the
   * steps' time would tell nothing.
   */
  readonly isAlone: () => boolean;
  /**
   * What reading a draft may take: the person may end a thought between two steps, and a step
   * cannot be interrupted.
   */
  readonly draftMs: () => number;
}

/** Reads tokens, and tells which ones the model chooses to come behind them. */
export interface TokenSource {
  /** So many tokens of the text were read. */
  readonly length: number;
  /** The next token, or more of them. Of these the last is not read yet. */
  next(fed: readonly Token[]): Promise<Token[]>;
  /** Forgets what was read behind so many tokens. */
  cutTo(length: number): Promise<void>;
}

/**
 * Writes on behind the input, a token at a time. Who leaves finds the source as it was before the
 * last token that was given.
 *
 * @param lookup is told each token.
 */
export async function* writeTokens(
  source: TokenSource,
  lookup: Pick<PromptLookup, "push">,
  input: readonly Token[],
): AsyncGenerator<Token, void, void> {
  let fed = input;
  let given = source.length + fed.length;
  try {
    for (;;) {
      for (const token of fed) lookup.push(token);
      given = source.length + fed.length;
      const chosen = await source.next(fed);
      const last = chosen.pop();
      for (const token of chosen) {
        yield token;
        given++;
        lookup.push(token);
      }
      if (last === undefined) return;
      yield last;
      fed = [last];
    }
  } finally {
    await source.cutTo(given);
  }
}
