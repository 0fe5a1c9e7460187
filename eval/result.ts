import type { EvalLanguage, SecondFile } from "./eval-case";

export const verdicts = ["fixed", "wrong", "refused", "unchanged", "failed", "skipped"] as const;
/**
 * `fixed`: the tests pass; `wrong`: they do not; `refused`: no edit came of the answer, or one that
 * was not written; `unchanged`: the model saw nothing to change; `failed`: the run broke off, so
 * that nothing is known; `skipped`: the language's tools are not here.
 */
export type Verdict = (typeof verdicts)[number];

/** What came of one case in one variant. Tokens as the server counts them. */
export interface EvalResult {
  readonly case: string;
  readonly variant: string;
  readonly language: EvalLanguage;
  readonly second: SecondFile;
  readonly verdict: Verdict;
  /** In a line, where it was not fixed. */
  readonly detail?: string;
  readonly model?: string;
  /** How often the model was asked. */
  readonly requests: number;
  /** Of all prompts; `tokensReadAgain` of those behind the first. */
  readonly tokensRead: number;
  readonly tokensReadAgain: number;
  /** Of what was written, by the share of letters. */
  readonly tokensThought: number;
  readonly tokensAnswered: number;
  readonly seconds: number;
  /** Paths of the files that the edit changes. */
  readonly changed: readonly string[];
}
