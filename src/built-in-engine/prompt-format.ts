import { commonForm, thoughtFormIn } from "../base/thoughts/marks";
import type { GgufHeader } from "./gguf-header";
import type { PromptFormat } from "./render-prompt";
import type { Runtime } from "./runtime";

/** The form that most small models share, for a file that brings no template of its own. */
const chatMarkupTemplate =
  "{%- for message in messages -%}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor -%}" +
  "{%- if add_generation_prompt -%}<|im_start|>assistant\n{% endif -%}";

function textOf(header: GgufHeader, key: string): string | undefined {
  const value = header.metadata[key];
  return typeof value === "string" ? value : undefined;
}

/** Whether the model was trained to think before it answers: its own template knows the marks. */
export function thinksNatively(header: GgufHeader): boolean {
  return thoughtFormIn(textOf(header, "tokenizer.chat_template") ?? "") !== undefined;
}

/**
 * The model's own way of writing a conversation: the template inside its file.
 *
 * @param header read with its control tokens.
 * @param endText what templates call `eos_token`. The beginning token is put in front by the tokenizer instead.
 */
export function promptFormat(runtime: Runtime, header: GgufHeader, endText: string): PromptFormat {
  const source = textOf(header, "tokenizer.chat_template") ?? chatMarkupTemplate;
  const template = new runtime.Template(source);
  const hasSystem = rolesKnown(template);
  return {
    nativeThinking: thinksNatively(header),
    thoughts: thoughtFormIn(source) ?? commonForm,
    controlTokens: header.controlTokens.filter((text) => text.length > 1),
    render(values) {
      return template.render({
        bos_token: "",
        eos_token: endText,
        ...(hasSystem ? values : { ...values, messages: systemAsUser(values["messages"]) }),
      });
    },
  };
}

interface Turn {
  readonly role: string;
  readonly content: string;
}

/** Some templates refuse a system turn, or leave it out silently; then its text goes in front of the first user's. */
function rolesKnown(template: { render(values: Record<string, unknown>): string }): boolean {
  const probe = "a text to look for";
  const messages: Turn[] = [
    { role: "system", content: probe },
    { role: "user", content: "?" },
  ];
  try {
    return template
      .render({ messages, add_generation_prompt: true, bos_token: "", eos_token: "" })
      .includes(probe);
  } catch {
    return false;
  }
}

function systemAsUser(messages: unknown): unknown {
  const [first, second, ...others] = messages as Turn[];
  if (first?.role !== "system") return messages;
  if (second?.role !== "user")
    return [{ role: "user", content: first.content }, ...(second ? [second] : []), ...others];
  return [{ role: "user", content: `${first.content}\n\n${second.content}` }, ...others];
}
