import { describe, expect, it } from "vitest";
import { beginsAfter, joinPieces, splitThought } from "../../../src/base/thoughts/split-thought";
import type { SplitterOptions } from "../../../src/base/thoughts/splitter-options";
import type { ThoughtPiece } from "../../../src/base/thoughts/thought-piece";
import { ThoughtSplitter } from "../../../src/base/thoughts/thought-splitter";
import { seeded } from "../../core/edit/support/seeded";
import { recording } from "../../support/recorded-stream";
import { answer, draft, written } from "./families";

/** What comes of a text that arrives in pieces of this many characters. */
function inPieces(
  text: string,
  characters: number,
  options?: SplitterOptions,
): { thought: string; answer: string } {
  const splitter = new ThoughtSplitter(options);
  const pieces: ThoughtPiece[] = [];
  for (let at = 0; at < text.length; at += characters)
    pieces.push(...splitter.push(text.slice(at, at + characters)));
  return joinPieces([...pieces, ...splitter.end()]);
}

/** What comes of a text, whatever pieces it comes in. */
function split(text: string, options?: SplitterOptions): { thought: string; answer: string } {
  const whole = splitThought(text, options);
  for (const characters of [1, 2, 3, 5, 7, 16])
    expect(inPieces(text, characters, options)).toEqual(whole);
  return whole;
}

describe("telling thought from answer in a model's text", () => {
  for (const { family, open, close, end, closesAlone } of written) {
    it(`of ${family}: opened and closed`, () => {
      expect(split(`${open}${draft}${close}${answer}`)).toEqual({ thought: draft, answer });
    });

    it(`of ${family}: with the end of the turn, and a turn that nobody asked for`, () => {
      const told = split(
        `${open}${draft}${close}${answer}${end}\n<|im_start|>user\nMore.\n${draft}`,
      );
      expect(told.thought).toBe(draft);
      expect(told.answer.trimEnd()).toBe(answer);
    });

    it(`of ${family}: opened by the prompt`, () => {
      const begins = beginsAfter(open);
      expect(split(`${draft}${close}${answer}`, { begins })).toEqual({ thought: draft, answer });
    });

    it(`of ${family}: begun by the prompt`, () => {
      const begins = beginsAfter(`${open}So far.`);
      expect(split(`${draft}${close}${answer}`, { begins })).toEqual({ thought: draft, answer });
    });

    if (closesAlone) {
      it(`of ${family}: closed without having been opened`, () => {
        const told = split(`${draft}${close}${answer}`);
        expect({ ...told, thought: told.thought.trimEnd() }).toEqual({ thought: draft, answer });
      });
    }

    it(`of ${family}: opened and never closed`, () => {
      expect(split(`${open}${draft}`)).toEqual({ thought: draft, answer: "" });
    });

    it(`of ${family}: thought of nothing`, () => {
      expect(split(`${open}${close}${answer}`)).toEqual({ thought: "", answer });
    });

    it(`of ${family}: with white space in front`, () => {
      expect(split(`\n\n ${open}${draft}${close}${answer}`)).toEqual({ thought: draft, answer });
    });
  }

  const closing = written.filter(({ closesAlone }) => closesAlone);
  for (const one of written) {
    it(`opened as ${one.family} does and closed with any other family's mark`, () => {
      for (const { close } of closing)
        expect(split(`${one.open}${draft}${close}${answer}`)).toEqual({ thought: draft, answer });
    });
  }
});

describe("a mark of a thought", () => {
  const cases: readonly [behaviour: string, text: string, thought: string, answer: string][] = [
    [
      "is not needed: an answer without any is the answer, unchanged",
      "  Hi\n there ",
      "",
      "  Hi\n there ",
    ],
    ["at the start opens a thought", "<think>x</think>y", "x", "y"],
    ["takes the white space around it with it", "\n<think>\nx y\n\n</think>\n\ny\n", "x y", "y\n"],
    ["in a row with another makes one thought", "<think>a</think>\n<think>b</think>c", "ab", "c"],
    ["that closes without an open makes a thought of what came before", "x</think>y", "x", "y"],
    ["that closes at the very start is dropped", "</think>\n\ny", "", "y"],
    ["that closes a second time is dropped", "<think>x</think></think>y", "x", "y"],
    ["in the middle of a line of the answer is text", "Hi <think> there", "", "Hi <think> there"],
    [
      "spoken about with its other half is text",
      "Write <think> first, </think> last.",
      "",
      "Write <think> first, </think> last.",
    ],
    [
      "behind the thought, in the middle of a line, is text",
      "<think>x</think>y <think>z</think>",
      "x",
      "y <think>z</think>",
    ],
    [
      "at the start of a line opens a second thought",
      "<think>x</think>y\n<think>z</think>w",
      "xz",
      "y\nw",
    ],
    ["at the start of a line of an answer opens a thought to the end", "y\n<think>\nz", "z", "y\n"],
    ["that only begins like one is text", "<thin ice</thin", "", "<thin ice</thin"],
    ["that is cut off at the end is text", "a</thi", "", "a</thi"],
    ["that is cut off in a thought is text", "<think>so a < b </thin", "so a < b </thin", ""],
    ["in inline code is text", "The `</think>` tag ends it.", "", "The `</think>` tag ends it."],
    [
      "in inline code of a thought is text",
      "<think>It looks for `</think>`.\n\nSo</think>y",
      "It looks for `</think>`.\n\nSo",
      "y",
    ],
    [
      "behind an apostrophe closes all the same",
      "<think>I don't know.</think>It's 'x'.",
      "I don't know.",
      "It's 'x'.",
    ],
    [
      "in a line of a code block is text",
      '```ts\nconst a = "</think>";\n```\n',
      "",
      '```ts\nconst a = "</think>";\n```\n',
    ],
    [
      "glued to the end of a code block closes",
      "a\n```py\nx\n```</think>\nb",
      "a\n```py\nx\n```",
      "b",
    ],
    [
      "closes a thought that left a code block open",
      "<think>a\n```py\nx = 1\n</think>\n\nb",
      "a\n```py\nx = 1",
      "b",
    ],
    [
      "closes a thought that left an edit open",
      "<think>a\n<<<<<<< SEARCH\nx\n</think>\n\nb",
      "a\n<<<<<<< SEARCH\nx",
      "b",
    ],
    ["of another case is a tag too", "<Think>x</THINK>y", "x", "y"],
    ["of another case is text where it is no tag", "[think]x[/think]y", "", "[think]x[/think]y"],
    [
      "closes what a mention in the thought had closed too early",
      "<think>No </think> is there.\n</think>\n\ny",
      "Nois there.\n",
      "y",
    ],
    [
      "closes harmony's thought although code is open in it",
      "<|channel|>analysis<|message|>a\n```py\nx = 1<|end|><|start|>assistant<|channel|>final<|message|>b",
      "a\n```py\nx = 1",
      "b",
    ],
    [
      "of harmony that is spoken about is text",
      "The <|channel|> mark is followed by a name.\nThen <|start|> too.",
      "",
      "The <|channel|> mark is followed by a name.\nThen <|start|> too.",
    ],
    [
      "of harmony between two messages keeps them on lines of their own",
      "<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>analysis<|message|>hm<|end|>" +
        "<|start|>assistant<|channel|>final<|message|>```py\nx\n```<|return|>",
      "hm",
      "I look.\n\n```py\nx\n```",
    ],
    [
      "of harmony names a format, and whom it is to",
      "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary to=functions.edit <|constrain|>json<|message|>{}<|call|>",
      "hm",
      "{}",
    ],
    [
      "whose words stand in the middle of a text is text",
      "x\nHere is my thought process:\ny",
      "",
      "x\nHere is my thought process:\ny",
    ],
    [
      "whose words close no thought that a tag opened",
      "<think>x\nHere is my response:\ny</think>z",
      "x\nHere is my response:\ny",
      "z",
    ],
  ];
  for (const [behaviour, text, thought, rest] of cases) {
    it(behaviour, () => {
      expect(split(text)).toEqual({ thought, answer: rest });
    });
  }

  it("goes on in the middle of a thought whose first words the prompt holds", () => {
    expect(split(" we go on.\n</think>\n\nDone", { begins: "thought" })).toEqual({
      thought: " we go on.",
      answer: "Done",
    });
  });

  it.each(["answerStart", "behindThought"] as const)(
    "that was closed before the text (%s) is not closed by a mark at the very end of the answer",
    (begins) => {
      const answer = "It adds two numbers.";
      expect(split(`${answer}\n\n</think>\n`, { begins }).answer.trim()).toBe(answer);
      expect(split(`so\n</think>\n\n${answer}`, { begins })).toEqual({ thought: "so\n", answer });
      expect(split(`so\n</think>\n<think>on</think>${answer}`, { begins }).answer).toBe(answer);
    },
  );

  it("that the model closed is not closed again by a mark at the very end of the answer", () => {
    const twice = split("<think>so</think>It adds two numbers.\n</think>");
    expect(twice).toEqual({ thought: "so", answer: "It adds two numbers.\n" });
    const splitter = new ThoughtSplitter();
    const pieces = [
      ...splitter.fieldSeen(),
      ...splitter.push("It adds two numbers.\n\n</think>\n"),
      ...splitter.end(),
    ];
    expect(joinPieces(pieces)).toEqual({ thought: "", answer: "It adds two numbers.\n\n" });
  });

  it("that closes without an open, with code left open before it, closes unless the code goes on", () => {
    expect(split("a\n```py\nx = 1\n</think>\n\nb")).toEqual({
      thought: "a\n```py\nx = 1\n",
      answer: "b",
    });
    expect(split("a\n```py\nx = 1\n</think>\n```py\ny\n```\n")).toEqual({
      thought: "a\n```py\nx = 1\n",
      answer: "```py\ny\n```\n",
    });
    expect(split("a\n```\nx = 1\n</think>\n```\ny\n```\n")).toEqual({
      thought: "a\n```\nx = 1\n",
      answer: "```\ny\n```\n",
    });
  });
});

/** Somebody's code that holds marks: prompts, templates, parsers. */
const codeWithMarks: readonly string[] = [
  '```python\nPROMPT = """\n<think>\n{thought}\n</think>\n{answer}<|im_end|>\n"""\n```\n',
  '```python\nEND = "<|im_end|>"\nCLOSE = \'</think>\'\nparts = text.split("[/THINK]")\n```\n',
  "```jinja\n<|im_start|>user\n{{ prompt }}<|im_end|>\n<|im_start|>assistant\n```\n",
  "```\nSYSTEM You think first.\nPARAMETER stop <|eot_id|>\nPARAMETER stop <|im_end|>\n```\n",
  "```html\n<reasoning>\n  <p>Why</p>\n</reasoning>\n<answer>\n</answer>\n```\n",
  "```xml\n  </thought>\n</reasoning>\n```\nThe tag is closed now.\n",
  "```diff\n-<think>\n+<thinking>\n </think>\n-<|end|>\n+<|im_end|>\n```\n",
  '--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,3 @@\n-<think>\n+<thinking>\n </think>\n-end = "<|eot_id|>"\n+end = "<|im_end|>"\n',
  '<<<<<<< SEARCH\n<think>\n</think>\nstop: "<|im_end|>"\n=======\n<thinking>\n</thinking>\nstop: "<|eot_id|>"\n>>>>>>> REPLACE\n',
  "<<<<<<< SEARCH\n</think>\n=======\n</thinking>\n>>>>>>> REPLACE\n",
  "*** Begin Patch\n*** Update File: x\n@@\n-<think>\n+<reasoning>\n </think>\n*** End Patch\n",
  '{"old_string": "a </think> <|im_end|>", "new_string": "</thinking>"}\n',
  "Use `<|im_end|>` where `<think>` is closed by `</think>`, and `` a`</thought> `` too.\n",
  "Set \"<|endoftext|>\" as the end, '[THINK]' as the start.\n",
  "```ts\nconst end = line.indexOf(`</think>`) + '<|return|>'.length;\n```\n",
  "```python\nHEAD = '<|start|>assistant<|channel|>analysis<|message|>'\n```\n",
  "```rust\n// ends with <|im_end|>\nfn f() {}\n```\n",
];

const closesAlone = /^(?:<<<<<<< SEARCH\n|```xml\n *)<\//;

describe("marks in somebody's code are text", () => {
  for (const code of codeWithMarks) {
    it(`in ${JSON.stringify(code)}`, () => {
      expect(split(code)).toEqual({ thought: "", answer: code });
    });
    it(`behind a thought, in ${JSON.stringify(code)}`, () => {
      expect(split(`<think>\nhm\n</think>\n\n${code}`)).toEqual({ thought: "hm", answer: code });
    });
    it(`in a thought, in ${JSON.stringify(code)}`, () => {
      const told = split(`<think>\nThe code is\n${code}So it is.\n</think>\n\nyes`);
      expect(told.answer).toBe("yes");
      // A lone closing mark at the start of a line closes a thought until the next one comes, and
      // is gone with it.
      if (!closesAlone.test(code)) expect(told.thought).toBe(`The code is\n${code}So it is.`);
    });
  }
});

const ends = [
  ...["<|eot_id|>", "<|im_end|>", "<end_of_turn>", "<|endoftext|>", "<|end|>"],
  ...["<|end_of_text|>", "</s>", "<｜end▁of▁sentence｜>", "<|END_OF_TURN_TOKEN|>", "<turn|>"],
  ...["[|endofturn|]", "<|im_start|>", "<|start_header_id|>", "<start_of_turn>", "<|user|>"],
  ...["<|return|>", "[e~[", "]~b]"],
];

describe("the end of the model's turn", () => {
  for (const end of ends) {
    it(`is ${end}, and what follows is not read`, () => {
      const others = split(`${answer}\n${end}\nuser\nNow the other.\n${draft}</think>`);
      expect(others).toEqual({ thought: "", answer: `${answer}\n` });
      const glued = split(`a\n\`\`\`\nx\n\`\`\`${end}`);
      expect(glued).toEqual({ thought: "", answer: "a\n```\nx\n```" });
      const inThought = split(`<think>hm${end}\nuser\n${draft}</think>b`);
      expect(inThought).toEqual({ thought: "hm", answer: "" });
    });
  }

  it.each(["<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<|end|>"])(
    "%s in the last line of code is none of the code's",
    (end) => {
      const code = "```py\nreturn w * h";
      for (const closed of [`${code}${end}\n\`\`\``, `${code}\n${end}\n\`\`\``])
        expect(split(closed).answer).toBe(`${code}\n\`\`\``);
      for (const behind of ["", "\n<|im_start|>user\nMore", "Human: more"])
        expect(split(`${code}${end}${behind}`).answer).toBe(code);
    },
  );

  it("is none where the code that was sent holds the mark", () => {
    const wasSent = (mark: string): boolean => mark === "<|im_end|>";
    const code = "```\n{{ .Prompt }}<|im_end|>\n```";
    expect(split(code, { wasSent }).answer).toBe(code);
    expect(split("It ends with <|im_end|> there.", { wasSent }).answer).toBe(
      "It ends with <|im_end|> there.",
    );
    expect(split("Yes.<|im_end|>\n<|im_start|>user", { wasSent }).answer).toBe("Yes.");
  });

  it("is none in what is struck out", () => {
    expect(split("was <s>three</s>\nis four").answer).toBe("was <s>three</s>\nis four");
  });

  it.each([
    "<|im_start|>assistant\n",
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
    "<|assistant|>",
    "[/INST]",
  ])("is not where the model repeats the head of its own turn: %j", (head) => {
    expect(split(`${head}Model first.`).answer.trim()).toBe("Model first.");
    expect(split(`${head}<think>hm</think>b`)).toEqual({ thought: "hm", answer: "b" });
  });
});

describe("a text that streams in", () => {
  it.each([11, 12, 14, 17])(
    "is the same whatever pieces it comes in, also where marks of all families meet (%i)",
    (seed) => {
      const random = seeded(seed);
      const marks = written.flatMap(({ open, close, end }) => [open, close, end]);
      const words = [
        ...["a ", "\n", "```\n", "```py\n", '"', "`", "<<<<<<< SEARCH\n", ">>>>>>> REPLACE\n"],
        ...["x = 1\n", "don't ", "user\n", "@@ -1 +1 @@\n", " \n"],
      ];
      for (let round = 0; round < 1_500; round++) {
        const parts = Array.from({ length: 2 + random.below(12) }, () => {
          const from = random.below(3) === 0 ? marks : words;
          return from[random.below(from.length)] ?? "";
        });
        const text = parts.join("");
        const splitter = new ThoughtSplitter();
        const pieces: ThoughtPiece[] = [];
        for (let at = 0; at < text.length; ) {
          const characters = 1 + random.below(9);
          pieces.push(...splitter.push(text.slice(at, at + characters)));
          at += characters;
        }
        expect([text, joinPieces([...pieces, ...splitter.end()])]).toEqual([
          text,
          splitThought(text),
        ]);
      }
    },
  );

  it("that was split once holds no thought any more", () => {
    for (const { open, close, end } of written) {
      const once = splitThought(`${open}${draft}${close}${answer}${end}`).answer;
      expect(splitThought(once)).toEqual({ thought: "", answer: once });
    }
  });

  it.each([1, 3, 1000])("is a real model's raw output, in pieces of %i", (characters) => {
    const lines = recording("generate-raw-inline-think").response.lines.map(
      (line) => JSON.parse(line.text) as { response?: string },
    );
    const text = lines.map((line) => line.response ?? "").join("");
    const [before = "", ...after] = text.split("</think>");
    const told = inPieces(text, characters, { begins: "thoughtStart" });
    expect(told).toEqual({ thought: before.trim(), answer: after.join("</think>").trimStart() });
  });

  it("is given out as it comes; only what may be a mark is held back", () => {
    const splitter = new ThoughtSplitter();
    expect(splitter.push("Hello ")).toEqual([{ kind: "answer", text: "Hello " }]);
    expect(splitter.push("wor</th")).toEqual([{ kind: "answer", text: "wor" }]);
    expect(splitter.push("ere>")).toEqual([{ kind: "answer", text: "</there>" }]);
  });

  it("says so when the model's turn is over, and within a thought", () => {
    const splitter = new ThoughtSplitter();
    splitter.push("<think>a");
    expect([splitter.inThought, splitter.ended]).toEqual([true, false]);
    splitter.push("</think>b<|im_end|>");
    expect([splitter.inThought, splitter.ended]).toEqual([false, true]);
    expect([...splitter.push("c"), ...splitter.end()]).toEqual([]);
  });

  it("keeps its tags once the daemon tells the thinking apart itself", () => {
    const splitter = new ThoughtSplitter();
    expect(splitter.fieldSeen()).toEqual([]);
    expect(joinPieces(splitter.push("<think>x</think>y"))).toEqual({
      thought: "",
      answer: "<think>x</think>y",
    });
    expect(
      joinPieces([...splitter.push(" and so on.\n</think>\n"), ...splitter.push("z<|im_end|>w")])
        .answer,
    ).toBe("z");
  });

  it("gives out what it held back when the daemon turns out to tell the thinking apart", () => {
    const splitter = new ThoughtSplitter();
    splitter.push("<th");
    expect(splitter.fieldSeen()).toEqual([{ kind: "answer", text: "<th" }]);
  });

  it("of a million characters is read once, whatever stands in it", () => {
    const hard = [
      ...["</think>", '"</think>', "```\n</think>\n", "<|end|>", "<|channel|>", "`<think>` "],
      ...["'<|im_end|> ", "[THINK", " \n", "<<<<<<< S\n</think>\n"],
    ];
    for (const text of hard) {
      const startedAt = performance.now();
      splitThought(`x ${text.repeat(20_000)}`);
      splitThought(`<think>x ${text.repeat(20_000)}`);
      expect([text, performance.now() - startedAt < 10_000]).toEqual([text, true]);
    }
  });
});
