import { describe, expect, it } from "vitest";
import type { FormOutcome } from "../../../src/core/prompt/form-memory";
import { withoutLineNumbers } from "../../../src/core/prompt/words/repair-text";
import type { UnplacedEdit } from "../../../src/protocol/proposal";
import {
  block,
  endOf,
  noGrammar,
  proposalIn,
  proposalOf,
  RunWorld,
  reasonsIn,
  targetIn,
  textOf,
} from "./run-world";

let world: RunWorld;

/** Long enough to be edited in blocks. */
const filler = Array.from({ length: 80 }, (_, index) => `value_${index} = ${index}`).join("\n");
const long = `${filler}\n\n\ndef area(width, height):\n    # both in metres\n    return width + height\n\n\ndef edge(width, height):\n    return 2 * width + height\n`;
const target = targetIn(long, {
  range: { start: { line: 84, character: 0 }, end: { line: 84, character: 0 } },
});

const twice = `${filler}\n\n\ndef one():\n    total = 0\n    return total\n\n\ndef two():\n    total = 0\n    return total\n`;

const misquoted = block(
  "    result = compute(first, second, third)\n    return result.total",
  "    return width * height",
);
const right = block("    return width + height", "    return width * height");
const other = block("    return 2 * width + height", "    return 2 * (width + height)");

/** A daemon that gives these answers one after the other, and the last for ever. */
async function answering(...answers: string[]): Promise<void> {
  world = await RunWorld.start(answers);
}

describe("an edit that has no place", () => {
  it("goes back to the model, it alone, with the reason and the file's own lines", async () => {
    await answering(misquoted, right);
    const events = await world.all({ target });
    expect(proposalOf(events)).toBe(long.replace("width + height\n\n\n", "width * height\n\n\n"));
    const [first, second] = world.prompts();
    expect(world.prompts()).toHaveLength(2);
    expect(second).toContain(
      "    result = compute(first, second, third)\n    return result.total\n=======\n    return width * height",
    );
    const [told = ""] = reasonsIn(events);
    const reason = withoutLineNumbers(told.replace(" The edit goes back to the model.", ""));
    expect(reason).not.toBe("");
    expect(second).toContain(reason);
    // Asked in a fresh context: the start is the same byte for byte, and what the model said is no
    // turn of its own.
    expect(world.daemon.chats()[1]?.body.messages).toHaveLength(1);
    const code = (first ?? "").slice(0, (first ?? "").lastIndexOf("```\n\n"));
    expect(code).toContain("return width + height");
    expect(second?.startsWith(code)).toBe(true);
  });

  it.each([
    [
      "where a line is not as quoted",
      "def area(width, height):\n    # both in metres\n    result = depth\n    return result",
    ],
    ["where few lines are as quoted", "    # both in metres\n    return width + depth + 3"],
  ])(
    "is shown the lines that it is nearest to, five around, without numbers, %s",
    async (_where, search) => {
      await answering(block(search, "    # both in metres\n    return width * depth"), right);
      await world.all({ target });
      const [, second = ""] = world.prompts();
      const shown = second.slice(second.lastIndexOf("The file really says there:"));
      expect(shown).toContain(
        "value_79 = 79\n\n\ndef area(width, height):\n    # both in metres\n    return width + height\n",
      );
      expect(shown).not.toContain("value_70 =");
      expect(shown).not.toMatch(/^\s*8\d\s/m);
    },
  );

  it("makes nothing of the form's own example, given back", async () => {
    await answering("unused");
    await world.all({ target });
    const [prompt = ""] = world.prompts();
    const example = /^example\.txt\n[\s\S]*>>>>>>> REPLACE$/m.exec(prompt)?.[0] ?? "";
    expect(example).not.toBe("");
    await answering(example);
    const events = await world.all({ target });
    expect(proposalOf(events)).toBeUndefined();
    expect(endOf(events)).toBe("refused");
  });

  it("leaves the edits beside it as they are: they are kept and not asked for again", async () => {
    await answering(`${other}\n${misquoted}`, right);
    const events = await world.all({ target });
    expect(proposalOf(events)).toBe(
      long
        .replace("width + height\n\n\n", "width * height\n\n\n")
        .replace("2 * width + height", "2 * (width + height)"),
    );
    const [, second = ""] = world.prompts();
    expect(second).toContain("The other edit is fine and is kept");
    expect(second.slice(second.indexOf("could not be applied"))).not.toContain(
      "2 * (width + height)",
    );
  });

  it("is never left out in silence: the edits beside it do not pass for the whole", async () => {
    await answering(`${other}\n${misquoted}`, "I do not know.");
    const events = await world.all({ target });
    expect(proposalOf(events)).toBeUndefined();
    expect(endOf(events)).toBe("refused");
  });

  it("is asked for with more lines around when there are several places", async () => {
    const twin = targetIn(twice, {
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
    });
    await answering(
      block("    total = 0", "    total = 1"),
      block("def two():\n    total = 0", "def two():\n    total = 1"),
    );
    const events = await world.all({ target: twin });
    expect(proposalOf(events)).toBe(
      twice.replace("def two():\n    total = 0", "def two():\n    total = 1"),
    );
    const [, second = ""] = world.prompts();
    expect(second).toContain("def one():\n    total = 0");
    expect(second).toContain("def two():\n    total = 0");
    expect(second).toContain("neighbouring line");
  });

  it("goes back twice at most in one run, and can then be placed by hand", async () => {
    await answering(misquoted);
    const events = await world.all({ target });
    const repairs = world.prompts().filter((prompt) => prompt.includes("could not be applied"));
    expect(repairs).toHaveLength(2);
    expect(endOf(events)).toBe("refused");
    const unplaced = events.find((event) => event.kind === "unplaced");
    expect(unplaced?.edit).toMatchObject({
      uri: target.uri,
      path: "calc.py",
      search: "    result = compute(first, second, third)\n    return result.total",
      replace: "    return width * height",
      others: [],
    });
    expect(unplaced?.edit.reason).toBeTruthy();
    expect(events.at(-2)).toBe(unplaced);
  });

  it("keeps the edits beside it for when it is placed by hand", async () => {
    await answering(`${other}\n${misquoted}`);
    const unplaced = (await world.all({ target })).find((event) => event.kind === "unplaced");
    expect(unplaced?.edit.others).toEqual([
      { search: "    return 2 * width + height", replace: "    return 2 * (width + height)" },
    ]);
  });

  it("is followed by the question for the whole function, where that is not too long", async () => {
    const body = Array.from({ length: 70 }, (_, index) => `    value_${index} = ${index}`).join(
      "\n",
    );
    const text = `def area(width, height):\n${body}\n    return width + height\n`;
    const range = { start: { line: 0, character: 0 }, end: { line: 71, character: 25 } };
    const enclosing = {
      name: "area",
      kind: "function",
      range,
      bodyRange: range,
      signature: "def area(width, height)",
    } as const;
    let number = 0;
    world = await RunWorld.start(
      () => ({
        answer:
          ++number <= 3
            ? misquoted
            : `\`\`\`python\n${text.replace("width + height\n", "width * height\n")}\`\`\``,
      }),
      {
        contextTokens: 8_192,
        syntax: {
          ...noGrammar,
          context: async () => ({ enclosing, outline: [enclosing], imports: [] }),
        },
      },
    );
    const events = await world.all({ target: targetIn(text) });
    const prompts = world.prompts();
    expect(prompts).toHaveLength(4);
    expect(prompts[0]).toContain("<<<<<<< SEARCH");
    expect(prompts[3]).not.toContain("<<<<<<< SEARCH");
    expect(proposalOf(events)).toBe(text.replace("width + height\n", "width * height\n"));
    expect(events.some((event) => event.kind === "unplaced")).toBe(false);
  });

  it("counts every request of the run once in what it tells", async () => {
    await answering(misquoted, misquoted, right);
    const numbers = (await world.all({ target })).flatMap((event) =>
      event.kind === "attempt" ? event.number : [],
    );
    expect(numbers).toEqual([2, 3]);
  });

  it("does not go back when it changes nothing: then the question is asked afresh", async () => {
    await answering(block("    return width + height", "    return width + height"));
    const events = await world.all({ target });
    expect(endOf(events)).toBe("unchanged");
    expect(world.prompts().join()).not.toContain("could not be applied");
    expect(events.some((event) => event.kind === "unplaced")).toBe(false);
  });

  it("goes without the code where the window is too small for both", async () => {
    const big = block(
      `    result = compute(first, second, third)\n${Array.from({ length: 42 }, (_, line) => `    # and so on and on, ${line}\n`).join("")}    return 1`,
      "    return 2",
    );
    world = await RunWorld.start([big, right], { contextTokens: 1_024 });
    const events = await world.all({ target });
    const [first = "", second = ""] = world.prompts();
    expect(second).toContain("could not be applied");
    expect(second).not.toContain("value_79 = 79\n\n\ndef area");
    expect(second.startsWith(first.slice(0, 20))).toBe(true);
    expect(endOf(events)).toBe("proposed");
  });
});

describe("a model that was shown no line numbers", () => {
  it.each([
    [
      "the place is not there",
      long,
      block("def area(width, height):\n    # both in metres\n    result = depth", "    result = 1"),
      "",
    ],
    ["there are several places", twice, block("    total = 0", "    total = 1"), "more than once."],
    [
      "a line is quoted differently",
      long,
      block(
        "    # both in metres\n    return width + depth",
        "    # both in metres\n    return width * depth",
      ),
      "could not be applied",
    ],
  ])("is told none when %s", async (_what, text, answer, reason) => {
    await answering(answer);
    const events = await world.all({
      target: targetIn(text, {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
      }),
    });
    const asked = world.prompts().find((prompt) => prompt.includes("could not be applied")) ?? "";
    expect(asked).toContain(reason);
    expect(asked).not.toMatch(/\blines? \d/i);
    // The person is.
    expect(reasonsIn(events).some((reason) => /\blines? \d/.test(reason))).toBe(true);
  });
});

describe("an edit without a place in the answer to a question", () => {
  const asked = { action: "ask", question: "Can it be right?", target } as const;

  it("asks nobody again: the answer stands, and the edit waits beside it", async () => {
    await answering(`It adds where it should multiply.\n\n${other}\n${misquoted}`);
    const events = await world.all(asked);
    expect(world.prompts()).toHaveLength(1);
    expect(events.at(-2)).toMatchObject({
      kind: "unplaced",
      edit: { replace: "    return width * height", others: [{}] },
    });
    expect(events.at(-1)).toMatchObject({ kind: "finished", outcome: "answered" });
    expect(textOf(events, "answer")).toContain("It adds where it should multiply.");
  });

  it.each([
    [
      "is not whole",
      "It is wrong.\n\ncalc.py\n<<<<<<< SEARCH\n    return width + height\n=======\n    return width *",
    ],
    ["is for another file", `It is wrong.\n\n${right.replace("calc.py", "shapes/other.py")}`],
  ])("asks nobody again when the edit %s, and says why it is not taken", async (_what, answer) => {
    await answering(answer);
    const events = await world.all(asked);
    expect(world.prompts()).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      kind: "finished",
      outcome: "answered",
      detail: expect.stringMatching(/./),
    });
  });

  it("asks nobody again when the edit breaks the syntax: that is shown with it", async () => {
    const broken = {
      check: async (_language: string, text: string) => ({
        errors: text.includes("width * height") ? [target.range] : [],
      }),
    };
    world = await RunWorld.start(right, { syntax: { ...noGrammar, ...broken } });
    const events = await world.all(asked);
    expect(world.prompts()).toHaveLength(1);
    expect(proposalIn(events)).toMatchObject({ files: [{ syntax: "broken" }] });
  });

  async function unplaced(): Promise<UnplacedEdit> {
    const found = (await world.all(asked)).find((event) => event.kind === "unplaced");
    if (found === undefined) throw new Error("the edit has a place");
    return found.edit;
  }

  it("is asked for once more when the person wants it, it alone, and proposed with those beside it", async () => {
    await answering(`${other}\n${misquoted}`, right);
    const again = await unplaced();
    const events = await world.all({ action: "ask", target, again });
    expect(events[0]).toMatchObject({ kind: "started", again: again.id });
    const [, second = "", ...more] = world.prompts();
    expect(more).toEqual([]);
    expect(second).toContain("could not be applied");
    expect(second).not.toContain("Can it be right?");
    expect(proposalOf(events)).toBe(
      long
        .replace("width + height\n\n\n", "width * height\n\n\n")
        .replace("2 * width + height", "2 * (width + height)"),
    );
    expect(endOf(events)).toBe("proposed");
  });

  it.each([
    ["comes without a place again", misquoted],
    ["does not come at all", "I do not know."],
  ])("waits as before when it %s", async (_what, answer) => {
    await answering(misquoted, answer);
    const again = await unplaced();
    const events = await world.all({ action: "ask", target, again });
    expect(world.prompts()).toHaveLength(2);
    expect(events.at(-2)).toMatchObject({
      kind: "unplaced",
      edit: { replace: "    return width * height" },
    });
    expect(endOf(events)).toBe("refused");
  });
});

describe("what is learnt of a model", () => {
  it("is whether an answer could be used in the form that was asked for", async () => {
    const heard: [string, FormOutcome][] = [];
    const formMemory = {
      of: () => [],
      add: (model: string, outcome: FormOutcome) => void heard.push([model, outcome]),
    };
    world = await RunWorld.start(right, { environment: { formMemory } });
    await world.all({ target });
    expect(heard).toEqual([["deepseek-r1:1.5b", { form: "blocks", worked: true }]]);
    heard.length = 0;
    world = await RunWorld.start(misquoted, { environment: { formMemory } });
    await world.all({ target });
    expect(heard[0]).toEqual(["deepseek-r1:1.5b", { form: "blocks", worked: false }]);
  });

  it("is not taken from an answer that changes nothing", async () => {
    const heard: FormOutcome[] = [];
    const formMemory = {
      of: () => [],
      add: (_model: string, outcome: FormOutcome) => void heard.push(outcome),
    };
    world = await RunWorld.start(block("    return width + height", "    return width + height"), {
      environment: { formMemory },
    });
    await world.all({ target });
    expect(heard).toEqual([]);
  });
});
