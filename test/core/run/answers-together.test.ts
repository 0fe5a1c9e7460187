import { describe, expect, it } from "vitest";
import type {
  ChatRequest,
  LanguageModel,
  SamplesEvent,
  SamplesRequest,
} from "../../../src/core/model/language-model";
import type { SyntaxSource } from "../../../src/core/run/syntax-source";
import {
  code,
  fixed,
  noGrammar,
  proposalOf,
  RunWorld,
  ready,
  rewritten,
  targetIn,
  triedIn,
} from "./run-world";

let world: RunWorld;

const call = "add(2, 3)";
const wrong = ["*", "/", "%", "**"].map((sign) => `def add(a, b):\n    return a ${sign} b\n`);

/** A syntax source that knows the one function of the file. */
const knowingAdd: SyntaxSource = {
  ...noGrammar,
  context: async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 16 } };
    const declared = { name: "add", kind: "function", signature: "" } as const;
    return { enclosing: { ...declared, range, bodyRange: range }, outline: [], imports: [] };
  },
};

/** Several answers to one prompt, as the built-in engine gives them. */
class Several {
  readonly asked: { readonly request: SamplesRequest; readonly count: number }[] = [];
  left = 0;
  readonly together = 4;
  readonly #batches: readonly (readonly string[])[];

  /** @param batches what it answers each time; the last for all that follow */
  constructor(...batches: readonly (readonly string[])[]) {
    this.#batches = batches;
  }

  get model(): Pick<LanguageModel, "together" | "samples"> {
    const several = this;
    return {
      together: this.together,
      async *samples(request, count): AsyncGenerator<SamplesEvent, void, void> {
        several.asked.push({ request, count });
        const answers = several.#batches[several.asked.length - 1] ?? several.#batches.at(-1) ?? [];
        let isWhole = false;
        try {
          yield { kind: "sent" };
          for (const text of answers.slice(0, count)) {
            yield { kind: "writing", pieces: 1 };
            const [stop = "never"] = request.stop ?? [];
            const [answer = ""] = rewritten(text).split(stop);
            yield { kind: "sample", thought: "", answer, reason: "stop" };
          }
          isWhole = true;
          yield { kind: "done", metrics: { answerTokens: 100 } };
        } finally {
          if (!isWhole) several.left++;
        }
      },
    };
  }
}

async function fixWith(
  several: Several,
  change: { think?: boolean; name?: string; text?: string } = {},
) {
  const models = change.name === undefined ? {} : { models: [{ name: change.name }] };
  const chat = () => ({ answer: rewritten(wrong[0] ?? "") });
  world = await RunWorld.start({ ...models, chat }, { syntax: knowingAdd });
  const { connect } = world.environment;
  Object.assign(world.environment, {
    tries: () => ({ seconds: 60, tries: 6 }),
    checkers: [
      {
        prepare: async () =>
          ready(
            { id: "examples", kind: "examples", label: "the examples" },
            async (_id, [file]) => {
              const state = file?.proposed.startsWith(fixed) === true ? "passed" : "failed";
              const told = { name: call, state, expected: "5", got: "6" } as const;
              return { cases: [told], output: "", tookMs: 1 };
            },
          ),
      },
    ],
    connect: async (signal: AbortSignal) => {
      const connection = await connect(signal);
      const { model } = connection;
      return {
        ...connection,
        ...change,
        model: {
          endpoint: model.endpoint,
          wire: (request: ChatRequest, stop: AbortSignal) => model.wire(request, stop),
          chat: (request: ChatRequest, stop: AbortSignal) => model.chat(request, stop),
          ...several.model,
        },
      };
    },
  });
  return await world.all(change.text === undefined ? {} : { target: targetIn(change.text) });
}

describe("asking a model that writes several answers at once", () => {
  it("asks once alone, then for several, and the first that passes ends the others", async () => {
    const several = new Several(
      [wrong[1] ?? "", wrong[2] ?? ""],
      [wrong[3] ?? "", fixed, wrong[1] ?? ""],
    );
    const events = await fixWith(several);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(1);
    expect(several.asked.map(({ count }) => count)).toEqual([2, 3]);
    expect(several.asked[0]?.request.sampling.temperature).toBe(0.9);
    expect(several.left).toBe(1);
    expect(triedIn(events)).toEqual([wrong[0], wrong[1], wrong[2], wrong[3]]);
    const numbers = events.flatMap((event) => (event.kind === "attempt" ? [event.number] : []));
    expect(numbers).toEqual([2, 3, 4, 5]);
  });

  it("has each answer end where it would go on with the file behind the function", async () => {
    const rest = '\n\ndef half(number):\n    """Half."""\n    return number / 2\n';
    const several = new Several([wrong[1] + rest, fixed + rest]);
    const events = await fixWith(several, { text: code + rest });
    expect(several.asked[0]?.request.stop).toEqual([rest.trimEnd().slice(1)]);
    expect(triedIn(events)).toEqual([wrong[0] + rest, wrong[1] + rest]);
    expect(proposalOf(events)).toBe(fixed + rest);
  });

  it("asks for two in the second way, so that there is time for the third: to write it anew", async () => {
    const several = new Several(wrong);
    await fixWith(several);
    const asked = several.asked.map(({ request }) => request.messages.at(-1)?.content ?? "");
    expect(several.asked.map(({ count }) => count)).toEqual([2, 3]);
    expect(asked[0]).toContain("One line of the function `add` is wrong");
    expect(asked[1]).toContain("Write it anew from its name and documentation");
  });

  it("asks for no more than the tries that are left, and proposes none that fails", async () => {
    const several = new Several(wrong);
    const events = await fixWith(several);
    expect(several.asked.map(({ count }) => count)).toEqual([2, 3]);
    expect(world.prompts()).toHaveLength(1);
    expect(proposalOf(events)).toBeUndefined();
  });

  it("lets a model that thinks answer one after the other, since its thought can be steered", async () => {
    const several = new Several([fixed]);
    await fixWith(several, { think: true });
    expect(several.asked).toEqual([]);
  });

  it("first tells a model of 3B or more what failed, alone", async () => {
    const several = new Several([fixed]);
    await fixWith(several, { name: "coder:7b" });
    expect(world.prompts()[1]).toContain("This change was tried and is not right");
    expect(several.asked).toHaveLength(1);
  });
});
