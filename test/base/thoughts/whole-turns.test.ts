import { expect, it } from "vitest";
import { marks } from "../../../src/base/thoughts/marks";
import { joinPieces, splitThought } from "../../../src/base/thoughts/split-thought";
import type { SplitterOptions } from "../../../src/base/thoughts/splitter-options";
import type { ThoughtPiece } from "../../../src/base/thoughts/thought-piece";
import { ThoughtSplitter } from "../../../src/base/thoughts/thought-splitter";
import { seeded } from "../../core/edit/support/seeded";

/** What comes of a turn, whatever pieces it comes in, without the white space around it. */
function told(text: string, options?: SplitterOptions) {
  const whole = splitThought(text, options);
  for (const characters of [1, 2, 3, 5, 7, 16, 64]) {
    const splitter = new ThoughtSplitter(options);
    const pieces: ThoughtPiece[] = [];
    for (let at = 0; at < text.length; at += characters)
      pieces.push(...splitter.push(text.slice(at, at + characters)));
    expect(joinPieces([...pieces, ...splitter.end()])).toEqual(whole);
  }
  return { thought: whole.thought.trim(), answer: whole.answer.trim() };
}

const draft = "Maybe\n```js\nlet total = 0\n```\nno.";
const answer = "```js\nlet total = 1\n```\nDone.";
const draftedBlock =
  "First try:\n<<<<<<< SEARCH\na = 1\n=======\na = 2\n>>>>>>> REPLACE\nhm, wrong.";
const block = "<<<<<<< SEARCH\nb = 1\n=======\nb = 2\n>>>>>>> REPLACE";

type Case = readonly [
  name: string,
  text: string,
  thought: string,
  answer: string,
  options?: SplitterOptions,
];

const cases: readonly Case[] = [
  // harmony
  [
    "unknown first role",
    `<|start|>model<|channel|>analysis<|message|>${draft}<|end|><|start|>model<|channel|>final<|message|>${answer}<|return|>`,
    draft,
    answer,
  ],
  [
    "no role",
    `<|start|><|channel|>analysis<|message|>${draft}<|end|><|start|><|channel|>final<|message|>${answer}`,
    draft,
    answer,
  ],
  [
    "first role with spaces in name",
    `<|start|>gpt oss<|channel|>analysis<|message|>${draft}<|end|><|start|>gpt oss<|channel|>final<|message|>${answer}`,
    draft,
    answer,
  ],
  ["only final by unknown role", `<|start|>gpt<|message|>${answer}`, "", answer],
  [
    "the role changes between messages",
    `<|channel|>analysis<|message|>${draft}<|end|><|start|>bot<|channel|>final<|message|>${answer}<|return|>`,
    draft,
    answer,
  ],
  [
    "line breaks in the header",
    `<|start|>assistant\n<|channel|>analysis\n<|message|>${draft}<|end|>\n<|start|>assistant\n<|channel|>final\n<|message|>${answer}`,
    draft,
    answer,
  ],
  [
    "others' turn first, then own (ChatML)",
    `<|im_start|>user\n${draft}<|im_end|>\n<|im_start|>assistant\n${answer}<|im_end|>`,
    draft,
    answer,
  ],
  ["others' turn first and nothing else", `<|im_start|>user\n${draft}<|im_end|>`, draft, ""],
  ["an end mark first", `<|endoftext|>${answer}`, "", answer],
  [
    "an end mark first, then a thought",
    `<|im_end|>\n<think>\n${draft}\n</think>\n${answer}`,
    draft,
    answer,
  ],
  [
    "system turn first by its own mark",
    `<|system|>\nYou help.<|end|>\n<|assistant|>\n${answer}`,
    "You help.",
    answer,
  ],
  [
    "harmony user first",
    `<|start|>user<|message|>${draft}<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`,
    draft,
    answer,
  ],
  // opened by the prompt
  [
    "opened by the prompt, closed by another's mark",
    `${draft}\n[/THINK]\n${answer}`,
    draft,
    answer,
    { begins: "thoughtStart" },
  ],
  [
    "opened by the prompt, never closed, end of turn",
    `${draft}<|im_end|>`,
    draft,
    "",
    { begins: "thoughtStart" },
  ],
  [
    "opened by the prompt and by the model again",
    `<think>${draft}</think>${answer}`,
    draft,
    answer,
    { begins: "thoughtStart" },
  ],
  // marks in code
  [
    "JSX with Think tags",
    "```tsx\nreturn <Think>\n  {x}\n</Think>;\n```\nok",
    "",
    "```tsx\nreturn <Think>\n  {x}\n</Think>;\n```\nok",
  ],
  [
    "in a Python f-string in the thought",
    `<think>\nf"{a}</think>{b}" is it\n</think>\n${answer}`,
    `f"{a}</think>{b}" is it`,
    answer,
  ],
  [
    "closing mark twice with text between",
    `<think>${draft}</think>\nmore\n</think>\n${answer}`,
    `${draft}more`,
    answer,
  ],
  [
    "Cohere with citations' response marks",
    `<|START_THINKING|>${draft}<|END_THINKING|>\n<|START_RESPONSE|>\n${answer}\n<|END_RESPONSE|>`,
    draft,
    answer,
  ],
  [
    "prefix bos before the thought",
    `<｜begin▁of▁sentence｜><think>${draft}</think>${answer}`,
    draft,
    answer,
  ],
  ["Qwen3 empty thought", `<think>\n\n</think>\n\n${block}`, "", block],
  [
    "R1: opened by the prompt",
    `${draftedBlock}\n</think>\n\n${block}`,
    draftedBlock,
    block,
    { begins: "thoughtStart" },
  ],
  [
    "R1 with the prompt's mark unknown to us",
    `${draftedBlock}\n</think>\n\n${block}`,
    draftedBlock,
    block,
  ],
  ["Magistral never closed", `[THINK]${draftedBlock}`, draftedBlock, ""],
  ["Magistral closed by </think>", `[THINK]${draftedBlock}</think>${block}`, draftedBlock, block],
  [
    "Seed closed by </think>",
    `<seed:think>${draftedBlock}</think>${block}<seed:eos>`,
    draftedBlock,
    block,
  ],
  [
    "gpt-oss without a final header, ended",
    `<|channel|>analysis<|message|>${draftedBlock}<|end|><|start|>assistant<|message|>${block}<|return|>`,
    draftedBlock,
    block,
  ],
  ["gpt-oss answers at once in final", `<|channel|>final<|message|>${block}<|return|>`, "", block],
  [
    "gpt-oss: role of the model's own name",
    `<|start|>gpt-oss<|channel|>analysis<|message|>${draftedBlock}<|end|><|start|>gpt-oss<|channel|>final<|message|>${block}`,
    draftedBlock,
    block,
  ],
  [
    "gpt-oss: final, then another analysis is not read",
    `<|channel|>final<|message|>${block}<|end|><|start|>assistant<|channel|>analysis<|message|>${draftedBlock}`,
    "",
    block,
  ],
  [
    "a tool's turn first",
    `<|start|>functions.read to=assistant<|channel|>commentary<|message|>{"x":1}<|end|><|start|>assistant<|channel|>final<|message|>${block}`,
    '{"x":1}',
    block,
  ],
  [
    "Llama: header of the user first",
    `<|start_header_id|>user<|end_header_id|>\n\n${draftedBlock}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n${block}<|eot_id|>`,
    draftedBlock,
    block,
  ],
  [
    "Gemma 3 repeats a user's turn",
    `<start_of_turn>user\n${draftedBlock}<end_of_turn>\n<start_of_turn>model\n${block}<end_of_turn>`,
    draftedBlock,
    block,
  ],
  [
    "Gemma 4 end",
    `<|channel>thought\n${draftedBlock}<channel|>${block}<turn|>\n<|turn>user\nmore`,
    draftedBlock,
    block,
  ],
  [
    "Apriel 1.6",
    `Here are my reasoning steps:\n${draftedBlock}\n[BEGIN FINAL RESPONSE]\n${block}\n[END FINAL RESPONSE]`,
    draftedBlock,
    block,
  ],
  ["end marks in a row first", `</s><|endoftext|>${block}</s>`, "", block],
  [
    "marks in a SEARCH block are the code's",
    "<<<<<<< SEARCH\nstop = ['<|im_end|>', '</s>']\n=======\nstop = ['<|eot_id|>']\n>>>>>>> REPLACE",
    "",
    "<<<<<<< SEARCH\nstop = ['<|im_end|>', '</s>']\n=======\nstop = ['<|eot_id|>']\n>>>>>>> REPLACE",
  ],
  [
    "harmony marks in a Go raw string",
    "```go\nconst h = `<|start|>user<|message|>hi<|end|>`\n```",
    "",
    "```go\nconst h = `<|start|>user<|message|>hi<|end|>`\n```",
  ],
  [
    "a turn in a jinja file that is the answer",
    "```jinja\n{{ '<|im_start|>user\\n' }}\n<|im_start|>assistant\n```\nYes.",
    "",
    "```jinja\n{{ '<|im_start|>user\\n' }}\n<|im_start|>assistant\n```\nYes.",
  ],
  [
    "DeepSeek: assistant mark first, then thought closed",
    `<｜Assistant｜><think>\n${draftedBlock}\n</think>\n${block}<｜end▁of▁sentence｜>`,
    draftedBlock,
    block,
  ],
];

for (const [name, text, thought, answer, options] of cases)
  it(`nothing of a turn is lost, and no draft is an answer: ${name}`, () => {
    expect(told(text, options)).toEqual({ thought, answer });
  });

it("where something is written something is told, whatever marks stand around it", () => {
  const random = seeded(5);
  const words = ["word ", "\n", "code\n", "user\n", "assistant", "model", "\n\n", " "];
  for (let round = 0; round < 6_000; round++) {
    const parts = Array.from({ length: 1 + random.below(6) }, () => {
      const from = random.below(2) === 0 ? marks.map((mark) => mark.text) : words;
      return from[random.below(from.length)] ?? "";
    });
    const text = parts.join("");
    if (!/word|code/.test(text)) continue;
    const { thought, answer } = told(text);
    expect([text, thought + answer]).not.toEqual([text, ""]);
  }
});
