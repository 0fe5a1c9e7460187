import type { LlamaSequence } from "../runtime";
import { type GenerateRequest, type Generation, generate, readPrompt } from "./generate";
import { Lockstep } from "./lockstep";
import { ThoughtSteering } from "./thought-steering";

type Wanted = Omit<GenerateRequest, "sequence" | "lockstep" | "onText" | "onSteered">;

export interface Listeners {
  readonly onText: (sample: number, text: { thinking: string; content: string }) => void;
  readonly onEnd: (sample: number, generation: Generation) => void;
}

/**
 * Seeds that are far apart; the library's own is the second in which an answer begins, which is the
 * same for all.
 */
const seedStep = 7_919;
const mostSeed = 2 ** 31;

/**
 * Writes several answers to one prompt, as many at a time as there are sequences: the weights are
 * read from memory once for a token of each. The prompt is read once and copied.
 *
 * @returns the counts of all of them together. Throws as {@link generate} does, when nothing writes
 * any more.
 */
export async function generateTogether(
  wanted: Wanted,
  sequences: readonly [LlamaSequence, ...LlamaSequence[]],
  samples: number,
  { onText, onEnd }: Listeners,
): Promise<Generation> {
  const [first] = sequences;
  const startedAt = performance.now();
  const cachedTokens = await readPrompt({ ...wanted, sequence: first });
  const readAt = performance.now();
  const writers = sequences.slice(0, samples);
  for (const sequence of writers) if (sequence !== first) await takeOver(first, sequence, wanted);

  const lockstep = writers.length > 1 ? new Lockstep(writers.length) : undefined;
  const failed = new AbortController();
  const signal = AbortSignal.any([wanted.signal, failed.signal]);
  const firstSeed = wanted.options.seed ?? Math.floor(Math.random() * mostSeed);
  let begun = 0;
  let answerTokens = 0;
  const write = async (sequence: LlamaSequence): Promise<void> => {
    while (begun < samples) {
      const sample = begun++;
      const generation = await generate({
        ...wanted,
        sequence,
        signal,
        lockstep,
        options: { ...wanted.options, seed: (firstSeed + sample * seedStep) % mostSeed },
        steering: new ThoughtSteering(),
        onReading: () => {},
        onText: (text) => onText(sample, text),
        onSteered: () => {},
      });
      answerTokens += generation.answerTokens;
      onEnd(sample, generation);
    }
  };
  // All have to be at rest before the next request may use the context.
  const ends = await Promise.allSettled(
    writers.map((sequence) =>
      write(sequence)
        .catch((thrown: unknown) => {
          failed.abort(thrown);
          throw thrown;
        })
        .finally(() => lockstep?.leave()),
    ),
  );
  wanted.signal.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const answerMs = performance.now() - readAt;
  if (lockstep && wanted.isAlone()) wanted.pace.answered(writers.length, answerTokens, answerMs);
  return {
    reason: "stop",
    promptTokens: wanted.prompt.length,
    cachedTokens,
    answerTokens,
    promptMs: readAt - startedAt,
    answerMs,
  };
}

/** Where the copy does not come about, {@link generate} reads the prompt once more. */
async function takeOver(
  from: LlamaSequence,
  to: LlamaSequence,
  { prompt }: Pick<Wanted, "prompt">,
): Promise<void> {
  const isCopied = await to._copyStateFromOtherSequence?.(from, prompt.length - 1);
  if (isCopied === false) await to.clearHistory();
}
