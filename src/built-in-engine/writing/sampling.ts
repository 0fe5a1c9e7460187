import type { GenerationOptions } from "../chat-request";
import type { SamplingOptions, Token } from "../runtime";

const repeatWindow = 64;
const mostSeed = 2 ** 31;
/** Far apart, so that places next to each other have nothing in common. */
const seedStep = 0x9e3779b1;

/**
 * How the token is chosen that comes to stand at this place of a sequence, behind what was written
 * and these tokens.
 */
export type SamplingAt = (place: number, behind: readonly Token[]) => SamplingOptions;

/**
 * Each place of a text has a seed of its own, so that what is chosen there does not depend on how
 * many tokens were read in one step. The library's own is the second in which it is asked. What is
 * made unlikely to come again is the end of the prompt, too, as in Ollama and llama.cpp's server.
 *
 * @param prompt all that was read before.
 */
export function samplingAt(
  options: GenerationOptions,
  prompt: readonly Token[],
  written: readonly Token[],
): SamplingAt {
  const read = prompt.slice(-repeatWindow);
  const seed = options.seed ?? Math.floor(Math.random() * mostSeed);
  return (place, behind) => ({
    temperature: options.temperature,
    topP: options.topP,
    topK: options.topK,
    minP: options.minP,
    seed: (seed + Math.imul(place, seedStep)) >>> 1,
    ...(options.repeatPenalty !== 1 && {
      repeatPenalty: {
        penalty: options.repeatPenalty,
        maxPunishTokens: repeatWindow,
        punishTokens: [...read, ...written.slice(-repeatWindow), ...behind].slice(-repeatWindow),
      },
    }),
  });
}
