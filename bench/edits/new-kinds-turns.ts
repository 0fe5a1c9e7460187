import {
  block,
  fence,
  type Make,
  may,
  must,
  ofFunction,
  text,
  usual,
  wrongReplace,
} from "./new-kinds-scene";

const endTokens = [
  "<|endoftext|>",
  "<｜end▁of▁sentence｜>",
  "<|eot_id|>",
  "</s>",
  "<end_of_turn>",
  "<|end|>",
  "<|im_end|>",
];
const thinkTags: readonly (readonly [string, string])[] = [
  ["[THINK]", "[/THINK]"],
  ["◁think▷", "◁/think▷"],
  ["<reasoning>", "</reasoning>"],
  ["<thought>", "</thought>"],
  ["<|begin_of_thought|>", "<|end_of_thought|>"],
  ["<seed:think>", "</seed:think>"],
];

/**
 * What a chat template leaves around the answer, and what a model writes after its turn should have
 * ended.
 */
export const turnKinds: Readonly<Record<string, Make>> = {
  "turn: end token, then another turn": (scene) =>
    must(
      scene,
      `The comparison needs a change.\n\n${usual(scene)}<|im_end|>\n<|im_start|>user\nThanks. Now undo it.<|im_end|>\n<|im_start|>assistant\n${block(scene.path, scene.edit.replace, scene.edit.search)}`,
    ),
  "turn: end token behind the last line of code": ofFunction((fn, scene) => {
    const token = scene.random.pick(endTokens);
    const closed = scene.random.below(2) === 0 ? "\n```\n" : "";
    return must(
      scene,
      `Corrected:\n\n\`\`\`${scene.languageId}\n${text(fn.fresh).trimEnd()}${token}${closed}`,
    );
  }),
  "turn: Human and Assistant go on": ofFunction((fn, scene) =>
    may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, fn.fresh)}\nHuman: Can you also try another way?\n\nAssistant: Sure:\n\n${fence(scene.languageId, fn.wrong)}`,
    ),
  ),
  "turn: channels": (scene) =>
    must(
      scene,
      `<|channel|>analysis<|message|>Maybe this:\n${block(scene.path, scene.edit.search, wrongReplace(scene))}No.<|end|><|start|>assistant<|channel|>final<|message|>${usual(scene)}<|return|>`,
    ),
  "turn: header tokens around": ofFunction((fn, scene) => {
    const [open, close] = scene.random.pick([
      ["<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"],
      ["<start_of_turn>model\n", "<end_of_turn>"],
      ["<|im_start|>assistant\n", "<|im_end|>"],
      ["<｜Assistant｜>", "<｜end▁of▁sentence｜>"],
      ["<|assistant|>\n", "<|end|>"],
    ]);
    return must(
      scene,
      `${open}Here is the corrected function:\n\n${fence(scene.languageId, fn.fresh)}${close}`,
    );
  }),
  "turn: instruction marks": ofFunction((fn, scene) =>
    must(
      scene,
      `[/INST] Here is the function:\n\n${fence(scene.languageId, fn.fresh)}</s>[INST] Write it another way. [/INST]\n\n${fence(scene.languageId, fn.wrong)}</s>`,
    ),
  ),
  "think: other tags, draft inside": ofFunction((fn, scene) => {
    const [open, close] = scene.random.pick(thinkTags);
    return must(
      scene,
      `${open}\nFirst idea:\n\n${fence(scene.languageId, fn.wrong)}\nThat is wrong.\n${close}\n\nThe function:\n\n${fence(scene.languageId, fn.fresh)}`,
    );
  }),
  "turn: answer tags": ofFunction((fn, scene) => {
    const tag = scene.random.pick(["answer", "final_answer", "output", "response", "solution"]);
    return must(scene, `<${tag}>\n${fence(scene.languageId, fn.fresh)}</${tag}>\n`);
  }),
  "turn: boxed": ofFunction((fn, scene) =>
    must(scene, `**Final Answer**\n\n\\boxed{\n${fence(scene.languageId, fn.fresh)}}\n`),
  ),
  "turn: loops until the limit": ofFunction((fn, scene) => {
    const one = `Here is the corrected function:\n\n${fence(scene.languageId, fn.fresh)}\n`;
    const cut = one.slice(0, Math.floor(one.length * 0.7));
    return { ...may(scene, one.repeat(6) + cut), truncated: true };
  }),
  "turn: stops in the middle, no flag": ofFunction((fn, scene) => {
    const at = fn.changedEnd + 1;
    if (fn.fresh.slice(at).filter((line) => /\w/.test(line)).length < 2) return undefined;
    // To take the change and keep what the answer did not come to is as good as to refuse it.
    return may(
      scene,
      `Corrected:\n\n\`\`\`${scene.languageId}\n${text(fn.fresh.slice(0, at)).trimEnd()}`,
    );
  }),
};
