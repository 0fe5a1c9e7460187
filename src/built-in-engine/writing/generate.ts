import { OwnWindow } from "./own-window";
import { type PromptReading, readPrompt } from "./read-prompt";
import { type AnswerRequest, type Written, writeAnswer } from "./write-answer";

export interface Generation extends Written {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly promptMs: number;
  readonly answerMs: number;
}

export type GenerateRequest = AnswerRequest & PromptReading;

/**
 * Reads a prompt and writes an answer to it.
 *
 * @throws the signal's reason within one step of an abort; the sequence stays usable and keeps what
 * it read.
 */
export async function generate(request: GenerateRequest): Promise<Generation> {
  const startedAt = performance.now();
  const cachedTokens = await readPrompt(request);
  const readAt = performance.now();
  const written = await writeAnswer(request, (writing) => new OwnWindow(request.sequence, writing));
  return {
    ...written,
    promptTokens: request.prompt.length,
    cachedTokens,
    promptMs: readAt - startedAt,
    answerMs: performance.now() - readAt,
  };
}
