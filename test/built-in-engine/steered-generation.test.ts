import { describe, expect, it } from "vitest";
import { type GenerateRequest, generate } from "../../src/built-in-engine/writing/generate";
import { CopyMemory } from "../../src/built-in-engine/writing/prompt-lookup";
import { RunningChats, ThoughtSteering } from "../../src/built-in-engine/writing/thought-steering";
import type { Steered } from "../../src/built-in-engine/writing/write-answer";
import { WritingPace } from "../../src/built-in-engine/writing/writing-pace";
import { WordModel } from "./word-model";

interface Written {
  readonly thinking: string;
  readonly content: string;
  /** What was done to the thought, each with the thought before it. */
  readonly steered: readonly (readonly [Steered, string])[];
  /** What the model has read and written. */
  readonly state: string;
}

/** Lets the model think the script, and answer once its thought is closed. */
async function written(
  script: readonly string[],
  when: (word: number, steering: ThoughtSteering) => void,
  more: Partial<GenerateRequest> = {},
): Promise<Written> {
  const words = new WordModel();
  const { steering = new ThoughtSteering() } = more;
  let thinking = "";
  let content = "";
  const steered: [Steered, string][] = [];
  const answer = ["It", " adds", "."];
  const { model } = words;
  const request: GenerateRequest = {
    model,
    sequence: words.sequence((text, number) => {
      when(number, steering);
      const closed = text.lastIndexOf("</think>");
      return closed < 0
        ? script[number]
        : answer.find(
            (_word, index) => !text.slice(closed).includes(answer.slice(0, index + 1).join("")),
          );
    }),
    contextTokens: 500,
    prompt: model.tokenize("Why does it add <think>\n"),
    begins: "thoughtStart",
    closeThought: "\n</think>\n\n",
    wasSent: () => false,
    nativeThinking: true,
    options: { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, stop: [] },
    steering,
    signal: new AbortController().signal,
    pace: new WritingPace(),
    copies: new CopyMemory(),
    isAlone: () => true,
    onReading: () => {},
    onText: (text) => {
      thinking += text.thinking;
      content += text.content;
    },
    onSteered: (what) => steered.push([what, thinking]),
    ...more,
  };
  await generate(request);
  expect(steering.isOver).toBe(true);
  return { thinking, content, steered, state: words.text(words.state) };
}

const thought =
  "The sign is wrong. It should be plus. Or is it. No it is sure now. And so on it goes".match(
    /\s*\S+/g,
  ) ?? [];

describe("a running thought", () => {
  it("is closed at the word at which the answer is wanted", async () => {
    const { thinking, content, steered, state } = await written(thought, (word, steering) => {
      if (word === 5) steering.endThought();
    });
    expect(thinking).toBe("The sign is wrong. It should");
    expect(content).toBe("It adds.");
    expect(steered).toEqual([[{ ended: true }, "The sign is wrong. It should"]]);
    expect(state).toContain("It should\n</think>\n\nIt adds");
  });

  it("is left out when the answer is wanted before it begins", async () => {
    const steering = new ThoughtSteering();
    steering.endThought();
    const { thinking, content } = await written(thought, () => {}, { steering });
    expect(thinking).toBe("");
    expect(content).toBe("It adds.");
  });

  it("takes in hints where a sentence ends, and the word that was to come makes way", async () => {
    const { thinking, steered, state } = await written(thought, (word, steering) => {
      if (word === 1) {
        steering.addHint({ id: "one", text: "use </think> plus" });
        steering.addHint({ id: "two", text: "keep the name" });
      }
    });
    expect(steered.slice(0, 2)).toEqual([
      [{ hint: "one" }, "The sign is wrong."],
      [{ hint: "two" }, "The sign is wrong."],
    ]);
    expect(thinking).toMatch(/^The sign is wrong\.\n\nSo should be plus\./);
    expect(state).toContain("wrong.\n\nThe user adds a hint: use < /think> plus\n\n");
    expect(state).toContain("\n\nThe user adds a hint: keep the name\n\nSo should be plus.");
  });

  it("takes in at its start what was said while the prompt was read", async () => {
    const steering = new ThoughtSteering();
    steering.addHint({ id: "one", text: "use plus" });
    const { steered, state } = await written(thought, () => {}, { steering });
    expect(steered[0]).toEqual([{ hint: "one" }, ""]);
    expect(state).toContain("<think>\nThe user adds a hint: use plus\n\nSoThe sign");
  });

  it("takes in a hint between two words where no sentence ends, after a while", async () => {
    const words = Array.from({ length: 160 }, (_value, index) => ` word${index}`);
    const { thinking, steered } = await written(words, (word, steering) => {
      if (word === 3) steering.addHint({ id: "one", text: "use plus" });
    });
    expect(steered[0]?.[0]).toEqual({ hint: "one" });
    expect(thinking).toContain("word103\n\nSo");
  });

  it("takes in a hint instead of ending, and ends with an answer all the same", async () => {
    const { content, steered } = await written(["Done", "."], (word, steering) => {
      if (word === 1) steering.addHint({ id: "one", text: "use plus" });
    });
    expect(steered[0]?.[0]).toEqual({ hint: "one" });
    expect(content).toBe("It adds.");
  });

  it("takes in before its end a hint that still waits when the answer is wanted", async () => {
    const { steered, content, state } = await written(thought, (word, steering) => {
      if (word !== 5) return;
      steering.addHint({ id: "one", text: "use plus" });
      steering.endThought();
    });
    expect(steered.map(([what]) => what)).toEqual([{ hint: "one" }, { ended: true }]);
    expect(state).toContain("It should\n\nThe user adds a hint: use plus\n\n\n</think>\n\nIt adds");
    expect(content).toBe("It adds.");
  });

  it("goes on without a hint that the window has no room for", async () => {
    const { content, steered } = await written(
      thought,
      (word, steering) => {
        if (word === 1) steering.addHint({ id: "one", text: "use plus ".repeat(300) });
        if (word === 12) steering.endThought();
      },
      { contextTokens: 120 },
    );
    expect(steered).toEqual([[{ ended: true }, expect.any(String)]]);
    expect(content).toBe("It adds.");
  });
});

describe("the chats that go on", () => {
  it("are known by name while they do, and the newest has the name", () => {
    const running = new RunningChats();
    const [first, second] = [new ThoughtSteering(), new ThoughtSteering()];
    const forgetFirst = running.add("a", first);
    const forgetSecond = running.add("a", second);
    forgetFirst();
    expect(running.steer({ id: "a", endThought: true })).toEqual({ steered: true });
    expect([first.wantsEnd, second.wantsEnd]).toEqual([false, true]);
    forgetSecond();
    expect(() => running.steer({ id: "a", endThought: true })).toThrow("no such chat");
  });
});
