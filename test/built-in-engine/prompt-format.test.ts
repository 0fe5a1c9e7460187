import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { GgufHeader } from "../../src/built-in-engine/gguf/gguf-header";
import { hasChatTemplate, promptFormat } from "../../src/built-in-engine/prompt/prompt-format";
import type { Runtime } from "../../src/built-in-engine/runtime";
import { prepareEngine, runtimeFolder } from "./engine-fixture";

const missing = await prepareEngine();

function header(template: string | undefined, controlTokens: readonly string[] = []): GgufHeader {
  const metadata = template === undefined ? {} : { "tokenizer.chat_template": template };
  return { metadata, parameterCount: 1, controlTokens };
}

const common = ["<|im_start|>", "<|im_end|>"];
const turns =
  "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}";
const messages = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "2+2?" },
];
const values = { messages, add_generation_prompt: true };

describe.skipIf(missing !== undefined)(`a template of a file (${missing ?? "real Jinja"})`, () => {
  const jinja = join(runtimeFolder, "node_modules", "@huggingface", "jinja", "dist", "index.js");

  async function written(from: GgufHeader): Promise<string> {
    const runtime = (await import(pathToFileURL(jinja).href)) as Runtime;
    return promptFormat(runtime, from, "</s>").render(values);
  }

  it("writes the talk as it says", async () => {
    expect(await written(header(turns))).toBe("[system]Be brief.[user]2+2?[assistant]");
  });

  it("that knows no system turn gets its text in front of the question", async () => {
    const refusing = `{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}${turns}`;
    expect(await written(header(refusing))).toBe("[user]Be brief.\n\n2+2?[assistant]");
  });

  it.each<[string, string, RegExp]>([
    ["no parser knows", "{% frobnicate %}{{ messages }}", /cannot be used/],
    ["uses what nobody has", "{{ messages | with_tokens_of('x') }}", /cannot be used, Unknown/],
    ["refuses every talk", "{{ raise_exception('not today') }}", /not today/],
    ["leaves the question out", "{{ bos_token }}Hello", /leaves out what it is given/],
    [
      "goes on for ever",
      "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
      /timed out/,
    ],
    [
      "is megabytes of program",
      `{% if false %}${"{% if a %}x{% endif %}".repeat(600_000)}{% endif %}${turns}`,
      /timed out/,
    ],
    ["is nested deeper than can be read", `{{ ${"(".repeat(99_000)}1${")".repeat(99_000)} }}`, /./],
  ])("that %s is refused in words, unless the common form is the model's", async (...each) => {
    const [, template, said] = each;
    await expect(written(header(template))).rejects.toThrow(said);
    expect(await written(header(template, common))).toBe(
      "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n",
    );
  });

  it("is missing in a base model, also where it is an empty text", () => {
    expect([header(undefined), header(" \n"), header(turns)].map(hasChatTemplate)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
