import { type Generation, generate } from "../src/built-in-engine/writing/generate";
import { generateTogether } from "../src/built-in-engine/writing/generate-together";
import type { BenchResult } from "./bench-result";
import { bugQuestions, wantedFor, withLoadedModel } from "./support/loaded-model";

const tries = 4;
/** As that of a try: the answers are to differ. */
const temperature = 0.8;
/** How much there is to write is a matter of luck, which is the same in each run. */
const seed = 17;

/**
 * Four answers over one reading of the prompt beside one answer, by the built-in engine, in turn;
 * nothing of the prompt is read before. Answers differ in length, so their tokens are counted.
 */
export async function bench(): Promise<BenchResult[]> {
  return await withLoadedModel(async (loaded) => {
    const { sequences } = loaded;
    const [first] = sequences;
    const forget = async (): Promise<void> => {
      for (const sequence of sequences) await sequence.clearHistory();
    };
    const one = { readMs: 0, writeMs: 0, tokens: 0 };
    const four = { readMs: 0, writeMs: 0, tokens: 0 };
    for (const [program, question] of await bugQuestions()) {
      const wanted = wantedFor(loaded, question, temperature, seed);
      await forget();
      add(one, await generate({ ...wanted, sequence: first, onText: () => {} }));
      await forget();
      const together = await generateTogether(wanted, sequences, tries, {
        onText: () => {},
        onEnd: () => {},
      });
      add(four, together);
      const eachMs = (together.answerMs / together.answerTokens).toFixed(0);
      console.error(`${program}: ${eachMs} ms for each token`);
    }
    // As if each of the four were as long as the one.
    const writeMs = four.writeMs * ((tries * one.tokens) / four.tokens);
    return [
      {
        name: "four tries beside one",
        value: (four.readMs + writeMs) / (one.readMs + one.writeMs),
        unit: "times",
        note: "from the click to the end of the last, the prompt read once",
      },
      {
        name: "four tries beside one, without reading",
        value: writeMs / one.writeMs,
        unit: "times",
      },
    ];
  });
}

function add(
  sum: { readMs: number; writeMs: number; tokens: number },
  { promptMs, answerMs, answerTokens }: Generation,
): void {
  sum.readMs += promptMs;
  sum.writeMs += answerMs;
  sum.tokens += answerTokens;
}
