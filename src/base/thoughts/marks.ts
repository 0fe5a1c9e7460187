import { escapeRegExp } from "../escape-reg-exp";

/**
 * How the families of models mark their thoughts, as data: a new family is a line in a table. What
 * the marks mean where they stand is told in `turn-reader.ts`.
 */

/** What a mark does where it is no part of somebody's code. */
export type MarkKind =
  /** Opens a thought. */
  | "open"
  /** Closes a thought, whichever mark opened it. */
  | "close"
  /** Opens the answer behind a thought; is no text itself. */
  | "answer"
  /** Closes what an `answer` mark opened, and with it the model's turn. */
  | "answerEnd"
  /** Ends the model's turn. */
  | "end"
  /** Begins somebody's turn: the model goes on without being asked. */
  | "turn"
  /** A piece of harmony, where a header says to which channel the text behind it belongs. */
  | "header"
  /** Ends a message of harmony; another message of the same turn may follow. */
  | "message";

export interface Mark {
  readonly text: string;
  readonly kind: MarkKind;
  /**
   * How the mark is written. `control` is a token of its own that text never holds by accident, so
   * it counts wherever it stands. A `tag` could be in any XML: it opens a thought at the start of a
   * line only, and ends a turn at the end of a line only. `prose` are plain words: the very first
   * words open a thought, and words at the start of a line close it.
   */
  readonly form: "control" | "tag" | "prose";
}

/** Models that write `<think>` and `</think>`, with a name of their own. */
const tagNames = [
  "think", // DeepSeek R1, Qwen 3, GLM, SmolLM 3, Nemotron, Phi 4, LFM 2, OLMo 3, Kimi K2, MiniMax M2, Granite 3.3
  "thinking",
  "thought", // EXAONE Deep
  "thoughts",
  "reasoning",
  "reflection", // Reflection
  "scratchpad",
  "seed:think", // Seed-OSS
  "mm:think", // MiniMax
  "longcat_think", // LongCat
];

/** Pairs of tokens. */
const tokenPairs: readonly (readonly [open: string, close: string])[] = [
  ["[THINK]", "[/THINK]"], // Magistral, Ministral
  ["◁think▷", "◁/think▷"], // Kimi VL
  ["<|START_THINKING|>", "<|END_THINKING|>"], // Cohere Command
  ["<|channel>thought", "<channel|>"], // Gemma 4
  ["<unused94>thought", "<unused95>"], // MedGemma
  ["<|begin_of_thought|>", "<|end_of_thought|>"], // OpenThinker, Sky-T1
  ["<|inner_prefix|>", "<|inner_suffix|>"], // Apertus
];

/** Pairs of plain words. */
const prosePairs: readonly (readonly [open: string, close: string])[] = [
  ["Here is my thought process:", "Here is my response:"], // Granite 3.2
  ["Here's my thought process:", "Here's my response:"],
  ["Here are my reasoning steps:", "[BEGIN FINAL RESPONSE]"], // Apriel
];

/** What stands around the answer, behind a thought. */
const answerPairs: readonly (readonly [open: string, close: string])[] = [
  ["<|START_RESPONSE|>", "<|END_RESPONSE|>"], // Cohere Command
  ["<|START_TEXT|>", "<|END_TEXT|>"],
  ["<|begin_of_solution|>", "<|end_of_solution|>"], // OpenThinker
];
const answerTags = ["answer", "response"]; // Hunyuan, Granite 3.3

const turnEnds = [
  "<|endoftext|>", // GPT-NeoX, Qwen
  "<|im_end|>", // ChatML: Qwen, Yi, Hermes
  "<|eot_id|>", // Llama 3
  "<|eom_id|>",
  "<|end_of_text|>", // Llama 3, Granite
  "<|eot|>", // Llama 4
  "<end_of_turn>", // Gemma 2, 3
  "<turn|>", // Gemma 4
  "<｜end▁of▁sentence｜>", // DeepSeek
  "<|end▁of▁sentence|>",
  "<|END_OF_TURN_TOKEN|>", // Cohere
  "<|eos|>",
  "[|endofturn|]", // EXAONE
  "<|role_end|>", // Ling
  "<seed:eos>",
  "<|return|>", // gpt-oss
  "<|call|>",
  "[END FINAL RESPONSE]", // Apriel
  "[e~[", // MiniMax
];

/** Turn ends that could be in any XML or HTML. */
const turnEndTags = ["</s>", "<eos>"]; // Llama 2, Mistral; Gemma

const turnStarts = [
  "<|im_start|>",
  "<|start_header_id|>",
  "<|begin_of_text|>",
  "<|header_start|>", // Llama 4
  "<start_of_turn>",
  "<|turn>",
  "<|user|>", // GLM, Phi, Zephyr
  "<|assistant|>",
  "<|system|>",
  "<|observation|>",
  "<|start_of_role|>", // Granite
  "<｜User｜>", // DeepSeek
  "<｜Assistant｜>",
  "<｜begin▁of▁sentence｜>",
  "<|START_OF_TURN_TOKEN|>",
  "[INST]", // Mistral
  "[/INST]",
  "[|user|]",
  "[|assistant|]",
  "]~b]", // MiniMax
];

export const harmony = {
  start: "<|start|>",
  channel: "<|channel|>",
  message: "<|message|>",
} as const;

const messageEnds = [
  "<|end|>", // gpt-oss; Phi ends a turn with it
  "<|eom|>", // Glimmer
];

function* allMarks(): Generator<Mark> {
  for (const name of tagNames) {
    yield { text: `<${name}>`, kind: "open", form: "tag" };
    yield { text: `</${name}>`, kind: "close", form: "tag" };
  }
  for (const [open, close] of tokenPairs) {
    yield { text: open, kind: "open", form: "control" };
    yield { text: close, kind: "close", form: "control" };
  }
  for (const [open, close] of prosePairs) {
    yield { text: open, kind: "open", form: "prose" };
    yield { text: close, kind: "close", form: close.startsWith("[") ? "control" : "prose" };
  }
  for (const [open, close] of answerPairs) {
    yield { text: open, kind: "answer", form: "control" };
    yield { text: close, kind: "end", form: "control" };
  }
  for (const name of answerTags) {
    yield { text: `<${name}>`, kind: "answer", form: "tag" };
    yield { text: `</${name}>`, kind: "answerEnd", form: "tag" };
  }
  for (const text of turnEndTags) yield { text, kind: "end", form: "tag" };
  for (const text of turnEnds) yield { text, kind: "end", form: "control" };
  for (const text of turnStarts) yield { text, kind: "turn", form: "control" };
  yield { text: harmony.start, kind: "header", form: "control" };
  yield { text: harmony.channel, kind: "header", form: "control" };
  for (const text of messageEnds) yield { text, kind: "message", form: "control" };
}

export const marks: readonly Mark[] = [...allMarks()];

/** How a thought is written into a prompt, so that the model goes on from it. */
export interface ThoughtForm {
  readonly open: string;
  /** Closes the thought and leads to the answer. */
  readonly close: string;
}

const tagForm = (name: string): ThoughtForm => ({ open: `<${name}>\n`, close: `\n</${name}>\n\n` });
const harmonyForm: ThoughtForm = {
  open: "<|channel|>analysis<|message|>",
  close: "<|end|><|start|>assistant<|channel|>final<|message|>",
};

/** The form that most families share, and that any model can be told of. */
export const commonForm = tagForm("think");

function* allForms(): Generator<ThoughtForm & { readonly mark: string }> {
  for (const name of tagNames) yield { mark: `<${name}>`, ...tagForm(name) };
  yield { mark: harmony.channel, ...harmonyForm };
  for (const [open, close] of tokenPairs) {
    yield { mark: open, open: /\w$/.test(open) ? `${open}\n` : open, close };
  }
  for (const [open, close] of prosePairs) {
    yield { mark: open, open: `${open}\n`, close: `\n${close}\n` };
  }
}
const forms = [...allForms()];

/**
 * The form that a model's own chat template names; undefined for a model that was not trained to
 * think.
 */
export function thoughtFormIn(template: string): ThoughtForm | undefined {
  if (/<\/think>/.test(template)) return commonForm;
  const found = forms.find(({ mark }) => template.includes(mark.replace(/:$/, "")));
  return found && { open: found.open, close: found.close };
}

/** Families that write no `<think>`, by the mark that opens their thoughts. */
const families: readonly (readonly [names: RegExp, mark: string])[] = [
  [/magistral|ministral/i, "[THINK]"],
  [/kimi-?vl/i, "◁think▷"],
  [/command-a-reasoning/i, "<|START_THINKING|>"],
  [/(?<!med)gemma-?4/i, "<|channel>thought"],
  [/seed-?oss/i, "<seed:think>"],
  [/granite-?3\.2/i, "Here is my thought process:"],
  [/apriel/i, "Here are my reasoning steps:"],
];

/** The form of a model's family, where a server shows no template. */
export function thoughtFormByName(model: string): ThoughtForm | undefined {
  const mark = families.find(([names]) => names.test(model))?.[1];
  const found = forms.find((form) => form.mark === mark);
  return found && { open: found.open, close: found.close };
}

const byText = new Map(
  marks.map((mark) => [mark.form === "tag" ? mark.text.toLowerCase() : mark.text, mark]),
);
const alternatives = marks.map((mark) => escapeRegExp(mark.text)).join("|");
const startSigns = new Set(marks.map((mark) => mark.text.slice(0, 1)));
const markOrLineEnd = new RegExp(
  `(?=[\\n${escapeRegExp([...startSigns].join(""))}])(?:\\n|${alternatives})`,
  "giu",
);
const longestMark = Math.max(...marks.map((mark) => mark.text.length));

/** A line end or a mark in a text. */
export interface Found {
  readonly at: number;
  readonly text: string;
  /** Absent for a line end. */
  readonly mark?: Mark;
}

/**
 * The next line end or mark from `from` on. Tags may be written in capitals, the others only as
 * they are.
 */
export function nextMark(text: string, from: number): Found | undefined {
  markOrLineEnd.lastIndex = from;
  for (let match = markOrLineEnd.exec(text); match !== null; match = markOrLineEnd.exec(text)) {
    const found = match[0];
    if (found === "\n") return { at: match.index, text: found };
    const mark = byText.get(found) ?? byText.get(found.toLowerCase());
    if (mark !== undefined && (mark.form === "tag" || mark.text === found))
      return { at: match.index, text: found, mark };
    // Written in capitals, it is text; another mark may begin within it.
    markOrLineEnd.lastIndex = match.index + 1;
  }
  return undefined;
}

/**
 * How many characters at the end of `text` may be the beginning of a mark.
 *
 * @param atLineStart whether nothing visible stands in front of `text` on its line.
 */
export function heldForMark(text: string, atLineStart: boolean): number {
  const tail = text.slice(-(longestMark - 1));
  for (let at = 0; at < tail.length; at++) {
    if (!startSigns.has(tail.charAt(at))) continue;
    const before = text.slice(0, text.length - tail.length + at);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const beginsLine = line.trim() === "" && (atLineStart || line.length < before.length);
    if (mayBeginMark(tail.slice(at), beginsLine)) return tail.length - at;
  }
  return 0;
}

function mayBeginMark(text: string, beginsLine: boolean): boolean {
  const lower = text.toLowerCase();
  return marks.some((mark) => {
    if (mark.form === "tag") return mark.text.startsWith(lower);
    return mark.text.startsWith(text) && (mark.form !== "prose" || beginsLine);
  });
}
