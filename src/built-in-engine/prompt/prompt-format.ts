import { Script } from "node:vm";
import { systemCode } from "../../base/system-code";
import { commonForm, thoughtFormIn } from "../../base/thoughts/marks";
import type { GgufHeader } from "../gguf/gguf-header";
import type { Runtime } from "../runtime";
import type { PromptFormat } from "./render-prompt";

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

/** Whether the file says how a talk is written for its model; that of a base model does not. */
export function hasChatTemplate(header: GgufHeader): boolean {
  return templateOf(header) !== undefined;
}

function templateOf(header: GgufHeader): string | undefined {
  const source = textOf(header, "tokenizer.chat_template");
  return source?.trim() === "" ? undefined : source;
}

/**
 * The model's own way of writing a conversation: the template inside its file. A model that has the
 * marks of the common form as tokens of its own is written to in that form where its template is
 * none that can be used.
 *
 * @param header read with its control tokens.
 * @param endText what templates call `eos_token`. The beginning token is put in front by the
 * tokenizer instead.
 * @throws Error that says what is wrong with a template that nothing can stand in for.
 */
export function promptFormat(runtime: Runtime, header: GgufHeader, endText: string): PromptFormat {
  const own = templateOf(header);
  const common = (): Template => new Template(runtime, chatMarkupTemplate, endText);
  let template: Template;
  try {
    template = own === undefined ? common() : new Template(runtime, own, endText);
  } catch (error) {
    if (!header.controlTokens.includes("<|im_start|>")) throw error;
    template = common();
  }
  return {
    nativeThinking: thinksNatively(header),
    thoughts: thoughtFormIn(own ?? "") ?? commonForm,
    controlTokens: header.controlTokens.filter((text) => text.length > 1),
    render: (values) => template.render(values),
  };
}

/**
 * A template is a program that came with a file, of any size, and takes milliseconds to read and to
 * run when it is well.
 */
const templateMs = 1_000;
const call = new Script("work()");

function inTime<Result>(work: () => Result): Result {
  return call.runInNewContext({ work }, { timeout: templateMs });
}

/** A template that was tried out. */
class Template {
  readonly #template: { render(values: Record<string, unknown>): string };
  readonly #endText: string;
  readonly #hasSystem: boolean;

  /** @throws Error in a few words when it cannot be read, or does not write what it is given. */
  constructor(runtime: Runtime, source: string, endText: string) {
    this.#endText = endText;
    const told = "a text to look for";
    const talk: Turn[] = [
      { role: "user", content: told },
      { role: "assistant", content: "!" },
      { role: "user", content: "?" },
    ];
    const system: Turn = { role: "system", content: told };
    try {
      this.#template = inTime(() => new runtime.Template(source));
      this.#hasSystem = this.#writes([system, { role: "user", content: "?" }], told);
      if (!this.#writes(talk, told)) throw new Error("it leaves out what it is given");
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`its chat template cannot be used, ${cause}`, { cause: error });
    }
  }

  render(values: Record<string, unknown>): string {
    const written = this.#hasSystem
      ? values
      : { ...values, messages: systemAsUser(values["messages"]) };
    return this.#render(written);
  }

  #render(values: Record<string, unknown>): string {
    const all = { bos_token: "", eos_token: this.#endText, ...values };
    return inTime(() => this.#template.render(all));
  }

  /**
   * Some templates refuse a system turn, or leave it out silently; then its text goes in front of
   * the first user's.
   */
  #writes(messages: readonly Turn[], text: string): boolean {
    try {
      return this.#render({ messages, add_generation_prompt: true, tools: null }).includes(text);
    } catch (error) {
      const isSlow = systemCode(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT";
      if (messages[0]?.role === "system" && !isSlow) return false;
      throw error;
    }
  }
}

interface Turn {
  readonly role: string;
  readonly content: string;
}

function systemAsUser(messages: unknown): unknown {
  const [first, second, ...others] = messages as Turn[];
  if (first?.role !== "system") return messages;
  if (second?.role !== "user")
    return [{ role: "user", content: first.content }, ...(second ? [second] : []), ...others];
  return [{ role: "user", content: `${first.content}\n\n${second.content}` }, ...others];
}
