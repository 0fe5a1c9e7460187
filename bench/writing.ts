import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { realCores } from "../src/built-in-engine/machine/real-cores";
import { ModelSlot } from "../src/built-in-engine/model-slot";
import { ModelStore } from "../src/built-in-engine/models/model-store";
import { renderPrompt, tokenizePrompt } from "../src/built-in-engine/prompt/render-prompt";
import { loadRuntime } from "../src/built-in-engine/runtime";
import { type Generation, generate } from "../src/built-in-engine/writing/generate";
import { ThoughtSteering } from "../src/built-in-engine/writing/thought-steering";
import { WritingPace } from "../src/built-in-engine/writing/writing-pace";
import { thinkaloudFolders } from "../src/model-setup/folders";
import type { BenchResult } from "./bench-result";

const programs = ["balanced", "longest_run", "merge_ordered", "parse_pairs"];
const contextTokens = 2048;
const sampling = { temperature: 0, topP: 0.95, topK: 40, minP: 0, repeatPenalty: 1 };

/**
 * Functions given back with a bug mended, by the built-in engine with and without drafts of what
 * the prompt lets expect, in turn.
 */
export async function bench(): Promise<BenchResult[]> {
  const name = process.env["BENCH_MODEL"] ?? "coder-1.5b";
  const folders = thinkaloudFolders();
  const loading = loadRuntime(folders.engine, realCores(), () => {});
  const store = new ModelStore(folders.models, []);
  const slot = new ModelSlot(
    () => loading,
    store,
    () => {},
  );
  const { signal } = new AbortController();
  const loaded = await slot.load(store.find(name), contextTokens, signal, () => {});
  const { model, format, sequences } = loaded;
  const [sequence] = sequences;
  const write = async (content: string, pace: WritingPace, drafts: boolean): Promise<Written> => {
    const prompt = renderPrompt(format, [{ role: "user", content }], false);
    let text = "";
    const generation = await generate({
      model,
      sequence,
      contextTokens,
      prompt: tokenizePrompt(model, format, prompt.text),
      begins: prompt.begins,
      closeThought: format.thoughts.close,
      wasSent: (piece) => content.includes(piece),
      nativeThinking: format.nativeThinking,
      options: { ...sampling, maxTokens: 400, stop: [] },
      steering: new ThoughtSteering(),
      signal,
      pace,
      copies: loaded.copies,
      isAlone: () => drafts,
      onReading: () => {},
      onText: (piece) => {
        text += piece.content;
      },
      onSteered: () => {},
    });
    return { ...generation, text };
  };
  const plain = { tokens: 0, ms: 0 };
  const ahead = { tokens: 0, ms: 0 };
  const eager = { tokens: 0, ms: 0 };
  let same = 0;
  // The first answer tells the engine its pace.
  await write("Count to twenty.", loaded.pace, true);
  for (const program of programs) {
    const code = await readFile(join("bench/fix/programs", `${program}.py`), "utf8");
    const content = `There is a bug in this code. Find it and fix it.\n\n\`\`\`python\n${code}\`\`\`\n\nAnswer with the whole code, corrected, in one code block.`;
    const without = await write(content, loaded.pace, false);
    const with_ = await write(content, loaded.pace, true);
    const always = await write(content, new EagerPace(), true);
    add(plain, without);
    add(ahead, with_);
    add(eager, always);
    if (without.text === always.text) same++;
    const paces = [without, with_, always].map((each) => perSecond(each).toFixed(1));
    console.error(`${program}: ${paces.join(", ")} tokens/s without, with and with all drafts`);
  }
  await slot.unload();
  await (await loading).llama.dispose();
  const rate = ({ tokens, ms }: typeof plain): number => (tokens / ms) * 1_000;
  return [
    { name: "writing: one token after the other", value: rate(plain), unit: "tokens/s" },
    { name: "writing: drafts where they pay", value: rate(ahead) / rate(plain), unit: "times" },
    { name: "writing: drafts in any case", value: rate(eager) / rate(plain), unit: "times" },
    { name: "writing: same text with drafts", value: same, unit: `of ${programs.length}` },
  ];
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
