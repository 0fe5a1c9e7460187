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

const tag = (name: string): Written => ({
  family: `<${name}>`,
  open: `<${name}>\n`,
  close: `\n</${name}>\n\n`,
  end: "<|im_end|>",
  closesAlone: true,
});

export const written: readonly Written[] = [
  ...[
    "think",
    "thinking",
    "thought",
    "thoughts",
    "reasoning",
    "reflection",
    "scratchpad",
    "seed:think",
    "mm:think",
    "longcat_think",
    "THINK",
  ].map(tag),
  { family: "Magistral", open: "[THINK]", close: "[/THINK]", end: "</s>", closesAlone: true },
  { family: "Kimi VL", open: "◁think▷", close: "◁/think▷", end: "<|im_end|>", closesAlone: true },
  {
    family: "Cohere Command",
    open: "<|START_THINKING|>",
    close: "<|END_THINKING|><|START_RESPONSE|>",
    end: "<|END_RESPONSE|><|END_OF_TURN_TOKEN|>",
    closesAlone: true,
  },
  {
    family: "Cohere North",
    open: "<|START_THINKING|>",
    close: "<|END_THINKING|><|START_TEXT|>",
    end: "<|END_TEXT|>",
    closesAlone: true,
  },
  {
    family: "Gemma 4",
    open: "<|channel>thought\n",
    close: "<channel|>",
    end: "<turn|>",
    closesAlone: true,
  },
  {
    family: "MedGemma",
    open: "<unused94>thought\n",
    close: "<unused95>",
    end: "<end_of_turn>",
    closesAlone: true,
  },
  {
    family: "OpenThinker",
    open: "<|begin_of_thought|>\n\n",
    close: "\n\n<|end_of_thought|>\n\n<|begin_of_solution|>\n\n",
    end: "\n\n<|end_of_solution|>",
    closesAlone: true,
  },
  {
    family: "Apertus",
    open: "<|inner_prefix|>",
    close: "<|inner_suffix|>",
    end: "<|endoftext|>",
    closesAlone: true,
  },
  {
    family: "gpt-oss",
    open: "<|channel|>analysis<|message|>",
    close: "<|end|><|start|>assistant<|channel|>final<|message|>",
    end: "<|return|>",
    closesAlone: true,
  },
  {
    family: "gpt-oss that tells first what it will do",
    open: "<|start|>assistant<|channel|>analysis<|message|>",
    close: "<|end|><|start|>assistant<|channel|>commentary<|message|>",
    end: "<|end|>",
    closesAlone: true,
  },
  {
    family: "Glimmer",
    open: "<|start|>assistant to=self<|message|>",
    close: "<|eom|><|start|>assistant to=user<|message|>",
    end: "<|eot|>",
    closesAlone: true,
  },
  {
    family: "Granite 3.2",
    open: "Here is my thought process:\n",
    close: "\n\nHere is my response:\n",
    end: "<|end_of_text|>",
    closesAlone: false,
  },
  {
    family: "Granite 3.3",
    open: "<think>",
    close: "</think><response>",
    end: "</response>",
    closesAlone: true,
  },
  {
    family: "Hunyuan",
    open: "<think>\n",
    close: "\n</think>\n<answer>\n",
    end: "\n</answer>",
    closesAlone: true,
  },
  {
    family: "Apriel",
    open: "Here are my reasoning steps:\n",
    close: "\n[BEGIN FINAL RESPONSE]\n",
    end: "\n[END FINAL RESPONSE]\n<|end|>",
    closesAlone: true,
  },
];
