import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Loop, LoopGuard } from "../../src/base/loops/loop-guard";
import { processorMs } from "../support/processor-time";
import { randomNumbers } from "../support/random-numbers";
import { recording, recordingNames } from "../support/recorded-stream";
import { variedText } from "../support/varied-text";

const chance = randomNumbers(1);
const root = join(import.meta.dirname, "..", "..");

/**
 * Recorded answers of small models by file and number, those that go round in circles, with what
 * they say again.
 */
const realLoops: [name: string, phrase: string][] = [
  ["coder-1.5b.json 182", "# Changed: Added a check to ensure the line is not empty"],
  ["smollm2-135m.json 5", "The newlines are not supported in Rust."],
  ["smollm2-135m.json 6", "It is a function that takes a path and returns a record"],
  ["smollm2-135m.json 7", "The new line is replaced with a single newline"],
  ["smollm2-135m.json 12", "The code is complete and the bug is fixed."],
  ["smollm2-135m.json 18", "return by_tag(values, start_date=start_date, end_date=end_date)"],
  ["smollm2-135m.json 19", "`matrix.multiply` but not in the documentation of the method"],
  ["smollm2-135m.json 20", "so we fixed it by only checking to see if the queue was empty"],
  ["smollm2-135m.json 28", "It is a function that takes a function as an argument."],
];

function answersOfModels(): Map<string, string> {
  const folder = join(root, "test", "fixtures", "edits", "real-answers");
  return new Map(
    readdirSync(folder).flatMap((file) => {
      const found: string[] = [];
      JSON.parse(readFileSync(join(folder, file), "utf8"), (key, value) => {
        if (key === "answer" && typeof value === "string") found.push(value);
        return value;
      });
      return found.map((text, index) => [`${file} ${index}`, text] as const);
    }),
  );
}

/**
 * What a tokenizer makes of a text, about: words with the white space before them, long ones in
 * pieces.
 */
function tokensOf(text: string): string[] {
  return (text.match(/\s*[\p{L}\p{N}]{1,6}|\s*[^\s\p{L}\p{N}]|\s{1,4}/gu) ?? []) as string[];
}

interface Caught {
  readonly loop: Loop;
  /** Tokens up to the moment. */
  readonly afterTokens: number;
}

function watch(tokens: readonly string[], guard = new LoopGuard()): Caught | undefined {
  for (const [index, token] of tokens.entries()) {
    const loop = guard.push(token);
    if (loop !== undefined) return { loop, afterTokens: index + 1 };
  }
  return undefined;
}

function* filesIn(folder: string, ending: RegExp): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path, ending);
    else if (ending.test(entry.name)) yield path;
  }
}

/**
 * Texts of packages, up to so many characters together; a collection of licences does say the same
 * again and again.
 */
function packageTexts(ending: RegExp, mostCharacters: number): [name: string, text: string][] {
  const texts: [string, string][] = [];
  let characters = 0;
  for (const path of filesIn(join(root, "node_modules"), ending)) {
    if (/licen[cs]e|notice|third/i.test(path) || statSync(path).size < 2_000) continue;
    const text = readFileSync(path, "utf8").slice(0, 60_000);
    texts.push([path.slice(root.length + 1), text]);
    characters += text.length;
    if (characters > mostCharacters) break;
  }
  return texts;
}

function alarmsIn(texts: readonly (readonly [string, string])[], before = ""): string[] {
  return texts.flatMap(([name, text]) => {
    const guard = new LoopGuard();
    guard.push(before);
    // In pieces of a few characters, as tokens come.
    const caught = watch(text.match(/[\s\S]{1,5}/g) ?? [], guard);
    return caught === undefined
      ? []
      : `${name}: ${caught.loop.how} at ${caught.loop.secondRoundAt}`;
  });
}

describe("a clean text is never taken for a loop", { timeout: 240_000 }, () => {
  it("in the documentation of the packages, which is more than a megabyte", () => {
    const texts = packageTexts(/\.md$/, 2_100_000);
    expect(texts.reduce((sum, [, text]) => sum + text.length, 0)).toBeGreaterThan(1_200_000);
    expect(alarmsIn(texts)).toEqual([]);
  });

  it("in a megabyte of code in a fence", () => {
    const texts = packageTexts(/\.d\.ts$/, 1_000_000);
    expect(alarmsIn(texts, "Here is the file:\n\n```ts\n")).toEqual([]);
  });

  it("in what models really thought and answered", () => {
    const chats = recordingNames().map((name) => {
      const { response } = recording(name);
      const text = response.lines.map((line) => {
        const { message } = JSON.parse(line.text) as {
          message?: { content?: string; thinking?: string };
        };
        return (message?.thinking ?? "") + (message?.content ?? "");
      });
      return [name, text.join("")] as const;
    });
    const answers = answersOfModels();
    const looping = new Set(realLoops.map(([name]) => name));
    expect(answers.size).toBeGreaterThan(200);
    expect(alarmsIn([...chats, ...answers].filter(([name]) => !looping.has(name)))).toEqual([]);
  });

  it.each([
    [
      "a thought that goes through cases one by one",
      Array.from(
        { length: 60 },
        (_value, n) =>
          `For n = ${n}, n & (n - 1) is ${n & (n - 1)}, so the count goes from ${n} to ${n + 1}.\n`,
      ).join(""),
    ],
    [
      "a table with many equal cells",
      `| name | a | b |\n|---|---|---|\n${Array.from({ length: 120 }, (_value, n) => `| row ${n} | yes | no |\n`).join("")}`,
    ],
    [
      "a loop that is followed by hand, with what it comes to each time",
      Array.from(
        { length: 40 },
        (_value, n) =>
          `Au tour ${n}, la somme vaut ${(n * (n + 1)) / 2}, l'indice vaut ${n} et la condition est encore vraie, donc on continue.\n`,
      ).join(""),
    ],
    [
      "the arrows of a graph, each in a sentence",
      Array.from({ length: 120 }, (_value, n) => {
        const letter = "abcdefgh"[n % 8];
        return `From state S${chance(41)} on '${letter}' go to S${chance(41)}.\n`;
      }).join(""),
    ],
    [
      "the cases of a distinction, each in a sentence",
      Array.from({ length: 32 }, (_value, n) => {
        const is = (bit: number): string => String((n & bit) !== 0);
        return `If a is ${is(16)}, b is ${is(8)}, c is ${is(4)}, d is ${is(2)} and e is ${is(1)}, then the whole is ${String(n > 20)}.\n`;
      }).join(""),
    ],
    [
      "code with equal lines",
      `\`\`\`py\n${Array.from({ length: 30 }, () => "    result.append(0)\n").join("")}\`\`\`\n`,
    ],
    [
      "a table of zeros in code",
      `\`\`\`c\nint t[] = {\n${"  0, 0, 0, 0, 0, 0, 0, 0,\n".repeat(100)}};\n\`\`\`\n`,
    ],
    [
      "a function that is quoted, talked about, and written again",
      ["quoted", "corrected"]
        .map(
          (how) =>
            `The ${how} function, line by line, is this one here:\n\n\`\`\`py\n${Array.from({ length: 30 }, (_value, n) => `    value_${n} = compute_${n}(value_${n - 1})\n`).join("")}\`\`\`\n\nWhat the ${how} one does differs in a single place, as we will see.\n\n`,
        )
        .join(""),
    ],
  ])("in %s", (_what, text) => {
    expect(alarmsIn([["", text]])).toEqual([]);
  });

  it("in what a test lets a model write until it is stopped", () => {
    expect(watch(tokensOf(variedText(20_000)))).toBeUndefined();
  });

  it("in the person's own lines, quoted, however often a line stands in them", () => {
    const own = `${"    total = total + 1\n".repeat(120)}return total\n`;
    const quoted = tokensOf(`The file says:\n\n\`\`\`py\n${own}\`\`\`\n`);
    expect(watch(quoted)).toBeDefined();
    expect(watch(quoted, new LoopGuard((text) => own.includes(text)))).toBeUndefined();
  });
});

const opening =
  "The function should count the bits that are set. It takes a number and goes on until nothing is left of it. ";
const paragraphs = [
  "Wait, maybe the loop is what is wrong here: it takes the lowest bit and toggles all of those below it, so the number never gets to zero and the program hangs for most inputs.\n\n",
  "Hmm, but then the test with the number zero should pass, because the loop is not entered at all in that case and the count that was set before it is given back unchanged.\n\n",
  "Let me look at the expression once more: a number minus one has all bits below the lowest one set, and the lowest one itself cleared, while all the others stay as they are.\n\n",
  "So if both are combined with an exclusive or, what remains is a mask of the lowest bit and everything below it, which is not what the author of this little function wanted.\n\n",
];
const varied = (round: number): string =>
  paragraphs
    .map((text) =>
      text
        .replace("maybe", ["maybe", "perhaps"][round % 2] ?? "")
        .replace("once more", ["once more", "again"][round % 2] ?? ""),
    )
    .join("");

const sentences = paragraphs.flatMap((text) =>
  [0, 1].map(
    (half) =>
      `${text
        .split(/[:,] /)
        .slice(2 * half, 2 * half + 2)
        .join(" and ")
        .trim()}. `,
  ),
);

/** Nothing is said that was not said before, and yet no round is like another. */
function shuffled(round: number): string {
  const step = [1, 3, 5, 7][round % 4] ?? 1;
  return sentences.map((_text, index) => sentences[(index * step + round) % 8]).join("");
}

/** Loops as models write them: what comes first, and a round. */
const loops: [what: string, before: string, round: (number: number) => string][] = [
  ["a word", opening, () => "the "],
  ["a sign", opening, () => "!"],
  ["a line end", opening, () => "\n"],
  ["a sentence", opening, () => "But wait, let me check the loop again. "],
  ["a paragraph", opening, () => paragraphs[0] ?? ""],
  ["four paragraphs", opening, () => paragraphs.join("")],
  ["four paragraphs, in slightly other words each time", opening, varied],
  ["the same sentences, in another order each time", opening, shuffled],
  ["a long paragraph without line ends", opening, () => paragraphs.join("").replace(/\n+/g, " ")],
  [
    "a function, written again and again",
    opening,
    () =>
      `Here is the code:\n\n\`\`\`py\n${"def count(n):\n    total = 0\n    while n:\n        n ^= n - 1\n        total += 1\n    return total\n"}\`\`\`\n\n`,
  ],
  [
    "a function that stays the same under another number",
    opening,
    (number) =>
      `Version ${number + 1}:\n\n\`\`\`py\ndef count(n):\n    total = 0\n    while n:\n        n ^= n - 1\n        total += 1\n        print(n, total, "so far")\n    return total\n\`\`\`\n\nThis one never ends.\n\n`,
  ],
  ["lines of code that never end", `${opening}\n\`\`\`py\n`, () => "    assert count(7) == 3\n"],
  [
    "numbered attempts that say the same",
    opening,
    (number) => `Attempt ${number}: ${paragraphs[1]}`,
  ],
  [
    "numbered points that put the same words together in another way",
    opening,
    (number) =>
      Array.from(
        { length: 8 },
        (_value, at) => `${8 * number + at + 1}. ${sentences[(at * 3 + number) % 8]}\n`,
      ).join(""),
  ],
  [
    "Chinese",
    "这个函数应该计算设置的位数。",
    () => "等等，让我再检查一下这个循环，它会切换所有低位，所以永远不会变成零。",
  ],
];

describe("a loop", () => {
  it.each(loops)(
    "of %s is caught within 400 tokens of its second round",
    (_what, before, round) => {
      const text = before + Array.from({ length: 1_200 }, (_value, index) => round(index)).join("");
      const first = tokensOf(before + round(0));
      const caught = watch(tokensOf(text));
      expect(caught).toBeDefined();
      expect((caught?.afterTokens ?? 0) - first.length).toBeLessThanOrEqual(400);
      const upTo = caught?.loop.secondRoundAt ?? 0;
      expect(upTo).toBeGreaterThan(before.length / 2);
      expect(upTo).toBeLessThanOrEqual((before + round(0) + round(1)).length + 200);
    },
  );

  it("of blanks is no quotation of what was sent, in which there are blanks too", () => {
    const sent = "Fix it.\n\nHere it is.";
    const guard = new LoopGuard((text) => sent.includes(text));
    expect(watch(tokensOf(opening + "\n".repeat(4_000)), guard)).toBeDefined();
  });

  it.each(realLoops)("of a real model is caught: %s", (name, phrase) => {
    const text = answersOfModels().get(name) ?? "";
    const secondRoundAt = text.indexOf(phrase, text.indexOf(phrase) + 1);
    expect(secondRoundAt).toBeGreaterThan(0);
    const caught = watch(tokensOf(text));
    expect(caught).toBeDefined();
    const before = tokensOf(text.slice(0, secondRoundAt)).length;
    expect((caught?.afterTokens ?? 0) - before).toBeLessThanOrEqual(400);
    expect(Math.abs((caught?.loop.secondRoundAt ?? 0) - secondRoundAt)).toBeLessThan(350);
  });
});

it("the same said of one thing after the other, each under its own heading, is none", () => {
  const names = "open read write close seek flush lock stat link copy move drop".split(" ");
  const reference = names.map((name, at) => `### ${name} a file\n\n${shuffled(at)}\n\n`).join("");
  expect(alarmsIn([["", opening + reference]])).toEqual([]);
  const numbered = names.map((_, at) => `### Step ${at}\n\n${shuffled(at)}\n\n`).join("");
  expect(alarmsIn([["", opening + numbered]])).toHaveLength(1);
});

it("the same said of one function after the other, each by its signature, is none", () => {
  const names = "fetch_add fetch_sub fetch_and fetch_nand fetch_or fetch_xor fetch_max".split(" ");
  const said = (signature: (name: string, at: number) => string): string =>
    names.map((name, at) => `${signature(name, at)}\n\n${shuffled(at)}\n\n`).join("");
  const signatures = said((name) => `fn ${name}(&self, val: u16, order: Ordering) -> u16;`);
  expect(alarmsIn([["", opening + signatures]])).toEqual([]);
  const numbered = said((_name, at) => `fn fetch(&self, val: u16, order: ${at}) -> u16;`);
  expect(alarmsIn([["", opening + numbered]])).toHaveLength(1);
});

it("takes time in proportion to the text, and little of it", { timeout: 120_000 }, () => {
  const text = packageTexts(/\.md$/, 900_000)
    .map(([, each]) => each)
    .join("\n\n");
  const timeOf = (characters: number): number => {
    const pieces = text.slice(0, characters).match(/[\s\S]{1,5}/g) ?? [];
    const guard = new LoopGuard();
    return processorMs(() => {
      for (const piece of pieces) guard.push(piece);
    });
  };
  timeOf(100_000);
  const [short, long] = [timeOf(200_000), timeOf(800_000)];
  expect(long).toBeLessThan(8 * short + 50);
  // A second's worth of a fast model is some 800 characters.
  expect((long / 800_000) * 800).toBeLessThan(20);
});
