import type { LlamaSequence } from "../runtime";
import type { GenerateRequest, Generation } from "./generate";
import { readPrompt } from "./read-prompt";
import { SharedAnswers } from "./shared-answers";
import { ThoughtSteering } from "./thought-steering";
import { type Written, writeAnswer } from "./write-answer";

type Wanted = Omit<GenerateRequest, "sequence" | "onText" | "onSteered">;

export interface Listeners {
  readonly onText: (sample: number, text: { thinking: string; content: string }) => void;
  readonly onEnd: (sample: number, written: Written) => void;
}

/**
 * Seeds that are far apart; the library's own is the second in which an answer begins, which is the
 * same for all.
 */
const seedStep = 7_919;
const mostSeed = 2 ** 31;

/**
 * Writes several answers to one prompt, as many at a time as there are sequences. What they have in
 * common is computed once.
 *
 * @returns the counts of all of them together.
 * @throws as `generate` does, when nothing writes any more.
 */
export async function generateTogether(
  wanted: Wanted,
  sequences: readonly [LlamaSequence, ...LlamaSequence[]],
  samples: number,
  { onText, onEnd }: Listeners,
): Promise<Generation> {
  const startedAt = performance.now();
  const cachedTokens = await readPrompt({ ...wanted, sequence: sequences[0] });
  const readAt = performance.now();
  const writers = Math.min(sequences.length, samples);
  const shared = new SharedAnswers(sequences, wanted.prompt, writers);
  const failed = new AbortController();
  const signal = AbortSignal.any([wanted.signal, failed.signal]);
  const firstSeed = wanted.options.seed ?? Math.floor(Math.random() * mostSeed);
  let begun = 0;
  let answerTokens = 0;
  const write = async (): Promise<void> => {
    while (begun < samples) {
      const sample = begun++;
      const request = {
        ...wanted,
        signal,
        steering: new ThoughtSteering(),
        onText: (text: { thinking: string; content: string }) => onText(sample, text),
        onSteered: () => {},
      };
      const seed = (firstSeed + sample * seedStep) % mostSeed;
      const written = await writeAnswer(request, (writing) => shared.answer(writing, seed));
      answerTokens += written.answerTokens;
      onEnd(sample, written);
    }
  };
  // All have to be at rest before the next request may use the context.
  const ends = await Promise.allSettled(
    Array.from({ length: writers }, () =>
      write()
        .catch((thrown: unknown) => {
          failed.abort(thrown);
          throw thrown;
        })
        .finally(() => shared.leave()),
    ),
  );
  wanted.signal.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return {
    reason: "stop",
    promptTokens: wanted.prompt.length,
    cachedTokens,
    answerTokens,
    promptMs: readAt - startedAt,
    answerMs: performance.now() - readAt,
  };
}
