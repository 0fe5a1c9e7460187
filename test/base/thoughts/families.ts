/** A draft that must never become an edit, and the answer. */
export const draft =
  "First idea:\n```python\ndef perimeter(w, h):\n    return 4 * w\n```\nNo, that is the other function.";
export const answer = "```python\ndef area(w, h):\n    return w * h\n```\nI changed plus to times.";

/**
 * Every family's way of writing a thought and an answer, whole, with what the text may lack when
 * the prompt holds it.
 */
export interface Written {
  readonly family: string;
  readonly open: string;
  readonly close: string;
  /** What ends the model's turn. */
  readonly end: string;
  /** Whether the closing mark tells a thought that the prompt opened. */
  readonly closesAlone: boolean;
}

function family(
  family: string,
  open: string,
  close: string,
  end: string,
  closesAlone = true,
): Written {
  return { family, open, close, end, closesAlone };
}

const tag = (name: string): Written =>
  family(`<${name}>`, `<${name}>\n`, `\n</${name}>\n\n`, "<|im_end|>");

export const written: readonly Written[] = [
  ...["think", "thinking", "thought", "thoughts", "reasoning", "reflection", "scratchpad"].map(tag),
  ...["seed:think", "mm:think", "longcat_think", "THINK"].map(tag),
  family("MiniMax", "<think>\n", "\n</think>\n\n", "[e~[\n]~b]user\n"),
  family("Magistral", "[THINK]", "[/THINK]", "</s>"),
  family("Kimi VL", "◁think▷", "◁/think▷", "<|im_end|>"),
  family(
    "Cohere Command",
    "<|START_THINKING|>",
    "<|END_THINKING|><|START_RESPONSE|>",
    "<|END_RESPONSE|><|END_OF_TURN_TOKEN|>",
  ),
  family("Cohere North", "<|START_THINKING|>", "<|END_THINKING|><|START_TEXT|>", "<|END_TEXT|>"),
  family("Gemma 4", "<|channel>thought\n", "<channel|>", "<turn|>"),
  family("MedGemma", "<unused94>thought\n", "<unused95>", "<end_of_turn>"),
  family(
    "OpenThinker",
    "<|begin_of_thought|>\n\n",
    "\n\n<|end_of_thought|>\n\n<|begin_of_solution|>\n\n",
    "\n\n<|end_of_solution|>",
  ),
  family("Apertus", "<|inner_prefix|>", "<|inner_suffix|>", "<|endoftext|>"),
  family(
    "gpt-oss",
    "<|channel|>analysis<|message|>",
    "<|end|><|start|>assistant<|channel|>final<|message|>",
    "<|return|>",
  ),
  family(
    "gpt-oss that tells first what it will do",
    "<|start|>assistant<|channel|>analysis<|message|>",
    "<|end|><|start|>assistant<|channel|>commentary<|message|>",
    "<|end|>",
  ),
  family(
    "Glimmer",
    "<|start|>assistant to=self<|message|>",
    "<|eom|><|start|>assistant to=user<|message|>",
    "<|eot|>",
  ),
  family(
    "Granite 3.2",
    "Here is my thought process:\n",
    "\n\nHere is my response:\n",
    "<|end_of_text|>",
    false,
  ),
  family("Granite 3.3", "<think>", "</think><response>", "</response>"),
  family("Hunyuan", "<think>\n", "\n</think>\n<answer>\n", "\n</answer>"),
  family(
    "Apriel",
    "Here are my reasoning steps:\n",
    "\n[BEGIN FINAL RESPONSE]\n",
    "\n[END FINAL RESPONSE]\n<|end|>",
  ),
];
