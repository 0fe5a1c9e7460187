import { describe, expect, it } from "vitest";
import type { LlamaSequence, Token } from "../../src/built-in-engine/runtime";
import { CopyMemory, PromptLookup } from "../../src/built-in-engine/writing/prompt-lookup";
import { SharedAnswers } from "../../src/built-in-engine/writing/shared-answers";
import { writeTokens } from "../../src/built-in-engine/writing/write-tokens";
import { WritingPace } from "../../src/built-in-engine/writing/writing-pace";

const tokens = (text: string): Token[] => [...text].map((letter) => letter.charCodeAt(0));
const text = (of: readonly Token[]): string => String.fromCharCode(...of);

/** A model with windows whose letters are tokens. What it may write next, it takes from `goesOn`. */
class Machine {
  /** Of each step, the windows that took part, each with what it read. */
  readonly steps: Map<number, string>[] = [];
  readonly held: Token[][];
  copies = 0;
  #open: Map<number, string> | undefined;

  constructor(
    readonly count: number,
    readonly goesOn: (text: string) => string,
  ) {
    this.held = Array.from({ length: count }, () => []);
  }

  windows(canCopy = true): LlamaSequence[] {
    return this.held.map((state, place) => ({
      _sequenceId: place,
      get nextTokenIndex() {
        return state.length;
      },
      contextSize: 500,
      needsCheckpoints: false,
      compareContextTokens: (wanted) => {
        const differs = wanted.findIndex((token, at) => token !== state[at]);
        return { firstDifferentIndex: differs < 0 ? wanted.length : differs };
      },
      eraseContextTokenRanges: async (ranges) => {
        for (const { start, end } of ranges) state.splice(start, end - start);
      },
      clearHistory: async () => void state.splice(0),
      evaluateWithoutGeneratingNewTokens: async () => {},
      ...(canCopy && {
        _copyStateFromOtherSequence: async (other: LlamaSequence, upTo: number) => {
          this.copies++;
          state.splice(
            0,
            state.length,
            ...(this.held[other._sequenceId ?? 0] ?? []).slice(0, upTo),
          );
          return true;
        },
      }),
      controlledEvaluate: async (input) => {
        const read = text(input.map((item) => (typeof item === "number" ? item : item[0])));
        this.#note(place, read);
        await new Promise((later) => setTimeout(later, 0));
        return input.map((item) => {
          state.push(typeof item === "number" ? item : item[0]);
          if (typeof item === "number") return undefined;
          const next = tokens(this.goesOn(text(state)));
          return {
            next: { token: next[0] ?? null, logits: new Map(next.map((each) => [each, 0])) },
          };
        });
      },
    }));
  }

  get computed(): number {
    return this.steps.reduce(
      (sum, step) => sum + [...step.values()].reduce((all, read) => all + read.length, 0),
      0,
    );
  }

  #note(place: number, read: string): void {
    if (this.#open === undefined) {
      this.#open = new Map();
      this.steps.push(this.#open);
      setTimeout(() => {
        this.#open = undefined;
      }, 0);
    }
    this.#open.set(place, read);
  }
}

const prompt = "A prompt of some length, which nobody reads twice:";

/** On a machine where a step takes the same whatever it reads, or where nothing was measured. */
function paceThat(drafts: boolean): WritingPace {
  const pace = new WritingPace();
  if (!drafts) return pace;
  pace.read(8, 8);
  for (let step = 0; step < 8; step++) pace.wrote(1, false, 100);
  return pace;
}

/** Writes so many answers, each until its full stop. */
async function write(
  machine: Machine,
  seeds: readonly number[],
  { drafts = false, windows = machine.windows() } = {},
): Promise<string[]> {
  machine.held[windows[0]?._sequenceId ?? 0]?.push(...tokens(prompt.slice(0, -1)));
  const shared = new SharedAnswers(windows, tokens(prompt), Math.min(seeds.length, windows.length));
  const waiting = [...seeds.entries()];
  const answers: string[] = [];
  const writer = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, seed] = next;
      const lookup = new PromptLookup(tokens(prompt.slice(0, -1)), new CopyMemory());
      const writing = {
        ...{ sampling: () => ({ temperature: 1, topK: 40 }), lookup, pace: paceThat(drafts) },
        ...{ isAlone: () => true, draftMs: () => 400 },
      };
      const source = shared.answer(writing, seed);
      const written: Token[] = [];
      for await (const token of writeTokens(source, lookup, tokens(prompt.slice(-1)))) {
        written.push(token);
        if (text([token]) === ".") break;
      }
      answers[at] = text(written);
    }
    shared.leave();
  };
  await Promise.all(windows.map(writer));
  return answers;
}

/** Says the same up to a place, where it is free, and the same again. */
const free = (choices: string) => (so: string) => {
  const written = so.slice(prompt.length);
  const whole = "the same for all ? and again for all.";
  return written.length === whole.indexOf("?") ? choices : (whole[written.length] ?? ".");
};
const seeds = [1, 2, 3, 4];

describe("answers that are written together", () => {
  it("are computed once as far as they are the same", async () => {
    const machine = new Machine(4, free("abcdefghijklmnop"));
    const answers = await write(machine, seeds);
    expect(new Set(answers).size).toBe(4);
    for (const answer of answers)
      expect(answer).toMatch(/^the same for all [a-p] and again for all\.$/);
    const common = "the same for all ".length;
    const own = " and again for all.".length;
    expect(machine.computed).toBe(1 + common + 4 * own);
    // Nobody waits for another: where they differ, each step has a letter of each.
    expect(machine.steps).toHaveLength(1 + common + own);
    expect(machine.copies).toBe(3);
  });

  it("are the same, each by its seed, however many are written at a time, and with drafts", async () => {
    const of = async (count: number, drafts = false, canCopy = true) => {
      const machine = new Machine(count, free("abcdefghijklmnop"));
      return await write(machine, seeds, { drafts, windows: machine.windows(canCopy) });
    };
    const alone = await of(1);
    expect(await of(4)).toEqual(alone);
    expect(await of(2)).toEqual(alone);
    expect(await of(4, true)).toEqual(alone);
    expect(await of(3, true, false)).toEqual(alone);
  });

  it("stand in the first windows, without a gap between them, also when one is done", async () => {
    const ends = (so: string): string => {
      const written = so.slice(prompt.length);
      if (written === "") return "abcd";
      const long = { a: 40, b: 5, c: 30, d: 20 }[written.charAt(0)] ?? 0;
      return written.length < long ? "x" : ".";
    };
    const machine = new Machine(4, ends);
    const answers = await write(machine, [1, 3, 5, 7, 9, 11, 13, 15]);
    expect(new Set(answers).size).toBe(4);
    for (const step of machine.steps)
      expect([...step.keys()].sort()).toEqual([...step.keys()].map((_place, at) => at));
  });

  it("read what they have drafted in one step", async () => {
    const copying = (so: string): string => {
      const written = so.slice(prompt.length);
      return written.length < prompt.length - 1 ? (prompt[written.length] ?? ".") : ".";
    };
    const [plain, drafted] = [new Machine(4, copying), new Machine(4, copying)];
    await write(plain, seeds);
    await write(drafted, seeds, { drafts: true });
    expect(drafted.steps.length).toBeLessThan(plain.steps.length / 2);
  });

  it("all end where a step fails", async () => {
    const machine = new Machine(2, () => "");
    await expect(write(machine, seeds)).rejects.toThrow("chose no token");
  });

  it("fail when all windows are at rest, where one of them cannot be read", async () => {
    const machine = new Machine(4, free("abcdefghijklmnop"));
    let inWork = 0;
    const windows = machine.windows().map((window, at): LlamaSequence => {
      const held = Object.create(window, {
        controlledEvaluate: {
          value: async (...wanted: Parameters<LlamaSequence["controlledEvaluate"]>) => {
            if (at === 1) throw new Error("no memory");
            inWork++;
            const outcomes = await window.controlledEvaluate(...wanted);
            await new Promise((later) => setTimeout(later, 20));
            inWork--;
            return outcomes;
          },
        },
      });
      return held;
    });
    await expect(write(machine, seeds, { windows })).rejects.toThrow("no memory");
    expect(inWork).toBe(0);
  });
});
