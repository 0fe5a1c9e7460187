import { describe, expect, it } from "vitest";
import type { LlamaSequence, SamplingOptions, Token } from "../../src/built-in-engine/runtime";
import { OwnWindow } from "../../src/built-in-engine/writing/own-window";
import { CopyMemory, PromptLookup } from "../../src/built-in-engine/writing/prompt-lookup";
import { writeTokens } from "../../src/built-in-engine/writing/write-tokens";
import { WritingPace } from "../../src/built-in-engine/writing/writing-pace";

const tokens = (text: string): Token[] => [...text].map((letter) => letter.charCodeAt(0));
const text = (of: readonly Token[]): string => String.fromCharCode(...of);

/** On a machine where a step takes the same whatever it reads. */
function swiftPace(): WritingPace {
  const pace = new WritingPace();
  pace.read(8, 8);
  for (let step = 0; step < 8; step++) pace.wrote(1, false, 100);
  return Object.assign(pace, { wrote: () => {} });
}

/** Writes this answer whatever is read, a letter a token. */
class Scripted {
  readonly state: Token[] = [];
  readonly asked: { readonly place: number; readonly behind: string }[] = [];
  steps = 0;

  constructor(
    readonly prompt: string,
    readonly answer: string,
  ) {
    this.state.push(...tokens(prompt.slice(0, -1)));
  }

  get sequence(): LlamaSequence {
    const { state } = this;
    const choose = (): Token =>
      tokens(this.answer)[state.length - this.prompt.length] ?? Number.NaN;
    return {
      get nextTokenIndex() {
        return state.length;
      },
      contextSize: 200,
      needsCheckpoints: false,
      compareContextTokens: () => ({ firstDifferentIndex: 0 }),
      eraseContextTokenRanges: async (ranges) => {
        for (const { start, end } of ranges) state.splice(start, end - start);
      },
      clearHistory: async () => {},
      evaluateWithoutGeneratingNewTokens: async () => {},
      controlledEvaluate: async (input) => {
        this.steps++;
        return input.map((item) => {
          state.push(typeof item === "number" ? item : item[0]);
          return typeof item === "number" ? undefined : { next: { token: choose() } };
        });
      },
    };
  }

  /** @param pace absent: others are written beside it. */
  async write(
    pace: WritingPace | undefined,
    most: number,
    sequence = this.sequence,
  ): Promise<string> {
    const sampling = (place: number, behind: readonly Token[]): SamplingOptions => {
      this.asked.push({ place, behind: text(behind) });
      return {};
    };
    const lookup = new PromptLookup(tokens(this.prompt.slice(0, -1)), new CopyMemory());
    const source = new OwnWindow(sequence, {
      sampling,
      lookup,
      pace: pace ?? swiftPace(),
      isAlone: () => pace !== undefined,
      draftMs: () => 400,
    });
    const written: Token[] = [];
    const input = tokens(this.prompt.slice(-1));
    for await (const token of writeTokens(source, lookup, input)) {
      written.push(token);
      if (written.length === most) break;
    }
    return text(written);
  }
}

const prompt = "def add(a, b): return a - b; Mend it: ";
const answer = "def add(a, b): return a + b; done it is";

describe("writing on", () => {
  it("gives the same text with drafts, in fewer steps", async () => {
    const [with_, without] = [new Scripted(prompt, answer), new Scripted(prompt, answer)];
    expect(await without.write(undefined, answer.length)).toBe(answer);
    expect(await with_.write(swiftPace(), answer.length)).toBe(answer);
    expect(without.steps).toBe(answer.length);
    expect(with_.steps).toBeLessThan(answer.length / 1.5);
  });

  it.each([1, 5, 12, 20, 24, 30, answer.length])(
    "leaves the state before the last token, where it ends after %i",
    async (most) => {
      const scripted = new Scripted(prompt, answer);
      await scripted.write(swiftPace(), most);
      expect(text(scripted.state)).toBe(prompt + answer.slice(0, most - 1));
    },
  );

  it("chooses a token once at each place of the text, behind what a draft holds before it", async () => {
    const scripted = new Scripted(prompt, answer);
    await scripted.write(swiftPace(), answer.length);
    const asked = scripted.asked.map(({ place, behind }) => ({
      at: place - prompt.length,
      behind,
    }));
    // Of a draft that came true up to a place, what was asked there stands; the text before it ends
    // with the draft.
    const standing = asked.filter(({ at, behind }) => answer.slice(0, at).endsWith(behind));
    expect(standing.map(({ at }) => at)).toEqual([...answer].map((_letter, at) => at));
    // The sign was foretold wrongly.
    expect(asked.some(({ at, behind }) => at === 25 && behind.endsWith("-"))).toBe(true);
  });

  it("foretells nothing where the window ends, or a state cannot be cut", async () => {
    const small = new Scripted(prompt, answer);
    const narrow = { ...small.sequence, contextSize: prompt.length + 1 };
    Object.defineProperty(narrow, "nextTokenIndex", { get: () => small.state.length });
    expect(await small.write(swiftPace(), 20, narrow)).toBe(answer.slice(0, 20));
    expect(small.steps).toBe(20);
    const fixed = new Scripted(prompt, answer);
    const uncut = { ...fixed.sequence, needsCheckpoints: true };
    Object.defineProperty(uncut, "nextTokenIndex", { get: () => fixed.state.length });
    expect(await fixed.write(swiftPace(), 20, uncut)).toBe(answer.slice(0, 20));
    expect(fixed.steps).toBe(20);
  });

  it("says so where the model chooses nothing", async () => {
    const scripted = new Scripted(prompt, answer);
    const mute = { ...scripted.sequence, controlledEvaluate: async () => [{ next: {} }] };
    await expect(scripted.write(swiftPace(), 3, mute)).rejects.toThrow("chose no token");
  });
});
