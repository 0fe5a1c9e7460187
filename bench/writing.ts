import { type Generation, generate } from "../src/built-in-engine/writing/generate";
import { WritingPace } from "../src/built-in-engine/writing/writing-pace";
import type { BenchResult } from "./bench-result";
import { bugQuestions, wantedFor, withLoadedModel } from "./support/loaded-model";

/**
 * Functions given back with a bug mended, by the built-in engine with and without drafts of what
 * the prompt lets expect, in turn.
 */
export async function bench(): Promise<BenchResult[]> {
  return await withLoadedModel(async (loaded) => {
    const [sequence] = loaded.sequences;
    const write = async (
      question: string,
      pace: WritingPace,
      drafts: boolean,
    ): Promise<Written> => {
      let text = "";
      const generation = await generate({
        ...wantedFor(loaded, question, 0),
        sequence,
        pace,
        isAlone: () => drafts,
        onText: (piece) => {
          text += piece.content;
        },
      });
      return { ...generation, text };
    };
    const plain = { tokens: 0, ms: 0 };
    const ahead = { tokens: 0, ms: 0 };
    const eager = { tokens: 0, ms: 0 };
    let same = 0;
    // The first answer tells the engine its pace.
    await write("Count to twenty.", loaded.pace, true);
    const questions = await bugQuestions();
    for (const [program, question] of questions) {
      const without = await write(question, loaded.pace, false);
      const with_ = await write(question, loaded.pace, true);
      const always = await write(question, new EagerPace(), true);
      add(plain, without);
      add(ahead, with_);
      add(eager, always);
      if (without.text === always.text) same++;
      const paces = [without, with_, always].map((each) => perSecond(each).toFixed(1));
      console.error(`${program}: ${paces.join(", ")} tokens/s without, with and with all drafts`);
    }
    const rate = ({ tokens, ms }: typeof plain): number => (tokens / ms) * 1_000;
    return [
      { name: "writing: one token after the other", value: rate(plain), unit: "tokens/s" },
      { name: "writing: drafts where they pay", value: rate(ahead) / rate(plain), unit: "times" },
      { name: "writing: drafts in any case", value: rate(eager) / rate(plain), unit: "times" },
      { name: "writing: same text with drafts", value: same, unit: `of ${questions.length}` },
    ];
  });
}

/** Reads each likely token ahead, whatever it costs. */
class EagerPace extends WritingPace {
  override ahead(chances: readonly number[]): number {
    return chances.filter((chance) => chance > 0.5).length;
  }
}

type Written = Generation & { readonly text: string };

function add(sum: { tokens: number; ms: number }, { answerTokens, answerMs }: Generation): void {
  sum.tokens += answerTokens;
  sum.ms += answerMs;
}

function perSecond({ answerTokens, answerMs }: Generation): number {
  return (answerTokens / answerMs) * 1_000;
}
