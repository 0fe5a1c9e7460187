import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { answer, draft, written } from "../../base/thoughts/families";
import { outcomeOf } from "./support/outcome";

const other = "def perimeter(w, h):\n    return 2 * (w + h)\n";
const text = `def area(w, h):\n    return w + h\n\n\n${other}`;
const mended = `def area(w, h):\n    return w * h\n\n\n${other}`;
const otherTurn = "```python\ndef perimeter(w, h):\n    return 0\n```";

/** What comes of an answer about the first function. */
async function outcome(
  raw: string,
  fileText = text,
  path = "shapes.py",
  languageId = "python",
): Promise<string> {
  const file = { path, languageId, text: fileText };
  return outcomeOf(await planEdits({ answer: raw, truncated: false, files: [file] }));
}

describe("a draft in a thought is no edit", () => {
  for (const { family, open, close, end, closesAlone } of written) {
    it(`of ${family}, and the answer behind it is one`, async () => {
      expect(await outcome(`${open}${draft}${close}${answer}`)).toBe(mended);
      expect(await outcome(`${open}${draft}${close}${answer}${end}`)).toBe(mended);
    });

    it(`of ${family}, when the thought is never closed`, async () => {
      expect(await outcome(`${open}${draft}`)).toMatch(/^noEdit/);
    });

    if (closesAlone) {
      it(`of ${family}, when the prompt opened the thought`, async () => {
        expect(await outcome(`${draft}${close}${answer}`)).toBe(mended);
      });
    }
  }

  it("when a second thought follows the answer", async () => {
    expect(await outcome(`${answer}\n<think>\n${draft}\n</think>\n`)).toBe(mended);
  });
});

it("of two versions in two channels of harmony none is chosen silently", async () => {
  const version = (sign: string) =>
    `\`\`\`python\ndef area(w, h):\n    return w ${sign} h\n\`\`\`\n`;
  const between = "<|end|><|start|>assistant<|channel|>final<|message|>";
  const first = "<|channel|>commentary<|message|>";
  expect(await outcome(`${first}${version("-")}${between}${version("*")}<|return|>`)).toMatch(
    /would not be in the file/,
  );
  expect(await outcome(`${first}I look at it.${between}${version("*")}<|return|>`)).toBe(mended);
});

describe("what a model writes behind its own turn is no edit", () => {
  it.each([
    [
      "Llama 3",
      "\n<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nMore.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    ],
    ["Qwen's base model", "\n<|endoftext|>Human: write the other\n\nAssistant:\n"],
    [
      "ChatML, at once behind the fence",
      "<|im_end|>\n<|im_start|>user\nThanks! Now the other\n<|im_start|>assistant\n",
    ],
    ["ChatML without an end", "\n<|im_start|>user\nMore\n<|im_start|>assistant\n"],
    ["Gemma", "<end_of_turn>\n<start_of_turn>user\nMore<end_of_turn>\n<start_of_turn>model\n"],
    ["Mistral", "</s>[INST] More [/INST]\n"],
    ["Phi", "<|end|><|user|>\nMore<|end|>\n<|assistant|>\n"],
    ["DeepSeek", "<｜end▁of▁sentence｜><｜User｜>More<｜Assistant｜>"],
    ["Granite", "<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>More<|end_of_text|>\n"],
    [
      "gpt-oss",
      "<|return|><|start|>user<|message|>More<|end|><|start|>assistant<|channel|>final<|message|>",
    ],
  ])("in the manner of %s", async (_who, between) => {
    const first = "```python\ndef area(w, h):\n    return w * h\n```";
    expect(await outcome(`${first}${between}${otherTurn}`)).toBe(mended);
  });

  it.each(["<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<|end|>"])(
    "nor is %s in the last line of the code",
    async (end) => {
      expect(await outcome(`\`\`\`python\ndef area(w, h):\n    return w * h${end}\n\`\`\``)).toBe(
        mended,
      );
      expect(await outcome(`\`\`\`python\ndef area(w, h):\n    return w * h${end}`)).toBe(mended);
      expect(await outcome(`\`\`\`python\ndef area(w, h):\n    return w * h\n${end}\n\`\`\``)).toBe(
        mended,
      );
    },
  );
});

describe("marks that are somebody's code are edited like any code", () => {
  it.each([
    ["a tag in a string", 'CLOSE = "</think>"', 'CLOSE = "</thinking>"'],
    ["the end of a turn in a string", "END = '<|im_end|>'", "END = '<|eot_id|>'"],
    [
      "a prompt over lines",
      'P = """\n<think>\n</think>\n"""',
      'P = """\n<thought>\n</thought>\n"""',
    ],
    ["the end of a turn without quotes", "stop: <|im_end|>", "stop: <|eot_id|>"],
  ])("%s", async (_what, before, after) => {
    const file = `first = 1\n${before}\nlast = 2\n`;
    const wanted = `first = 1\n${after}\nlast = 2\n`;
    const block = `<<<<<<< SEARCH\n${before}\n=======\n${after}\n>>>>>>> REPLACE\n`;
    for (const raw of [
      block,
      `\`\`\`\n${block}\`\`\`\n`,
      `\`\`\`python\n${wanted}\`\`\`\n`,
      `<think>\nhm\n</think>\n${block}`,
    ]) {
      expect([raw, await outcome(raw, file)]).toEqual([raw, wanted]);
    }
  });
});
