import type { WireMessage } from "./chat-request";
import type { LlamaModel, Token } from "./runtime";
import type { SplitState } from "./think-split";

/** How a model wants a conversation written, and what it knows of thinking. */
export interface PromptFormat {
  /** Writes whole turns and opens the assistant's. */
  render(values: Record<string, unknown>): string;
  readonly nativeThinking: boolean;
  /** Texts that mean control tokens when the template writes them, and nothing when they stand in somebody's code. */
  readonly controlTokens: readonly string[];
}

export interface RenderedPrompt {
  readonly text: string;
  /** What the model's first words belong to. */
  readonly begins: SplitState;
}

/** Said to a model that was not trained to think; its thought is opened for it. */
const thinkFirst = "You reason inside <think> and </think> first: a few short sentences. Then, after </think>, you write the answer.";

const openThought = "<think>\n";
const emptyThought = "<think>\n\n</think>\n\n";
const closedThought = /<\/think>\s*$/;

/** What stands for a control token's text that a message holds, until the prompt is cut into tokens. */
const mark = { open: "\u{F5A0}", close: "\u{F5A1}" };

function guard(text: string, controlTokens: readonly string[]): string {
  let guarded = text;
  for (const [index, control] of controlTokens.entries()) {
    if (guarded.includes(control)) guarded = guarded.replaceAll(control, `${mark.open}${index}${mark.close}`);
  }
  return guarded;
}

function withSystemText(messages: readonly WireMessage[], text: string): WireMessage[] {
  const [first, ...others] = messages;
  if (first?.role === "system") return [{ ...first, content: `${first.content}\n\n${text}` }, ...others];
  return [{ role: "system", content: text }, ...messages];
}

function stateAfter(prefill: string): SplitState {
  if (prefill.includes("</think>")) return closedThought.test(prefill) ? "answerStart" : "answer";
  if (prefill.includes("<think>")) return "thinking";
  return prefill === "" ? "start" : "answer";
}

/**
 * Writes the conversation as the model was trained to read it. A last assistant message is left open, for the model to go on with; a
 * `thinking` in it is a finished thought. The start of the text depends on the messages alone, so that what is read once stays read.
 *
 * @param think absent: as the model was trained.
 */
export function renderPrompt(format: PromptFormat, messages: readonly WireMessage[], think?: boolean): RenderedPrompt {
  const last = messages.at(-1);
  const prefilled = last?.role === "assistant" ? last : undefined;
  const wantsThought = think ?? format.nativeThinking;
  let turns = (prefilled ? messages.slice(0, -1) : messages).map(({ role, content }) => ({
    role: role === "assistant" || role === "system" ? role : "user",
    content: guard(content, format.controlTokens),
  }));
  // Also with a prefilled thought, or the prompt's start would differ from the request before and all be read again.
  if (wantsThought && !format.nativeThinking) turns = withSystemText(turns, thinkFirst).map(({ role, content }) => ({ role, content }));
  let text = format.render({ messages: turns, add_generation_prompt: true, enable_thinking: wantsThought, tools: null });
  const openedByTemplate = /<think>\s*$/.test(text);

  if (prefilled) {
    const thought = prefilled.thinking === undefined ? "" : `<think>\n${prefilled.thinking.trim()}\n</think>\n\n`;
    const prefill = thought + guard(prefilled.content, format.controlTokens);
    if (prefill === "" && openedByTemplate) return { text, begins: "thinking" };
    if (openedByTemplate) text = text.replace(/<think>\s*$/, prefill.trimStart().startsWith("<think>") ? "" : emptyThought);
    return { text: text + prefill, begins: stateAfter(prefill) };
  }
  if (wantsThought) return { text: openedByTemplate ? text : text + openThought, begins: "thinking" };
  if (!format.nativeThinking) return { text, begins: "start" };
  if (openedByTemplate) text = text.replace(/<think>\s*$/, "");
  return { text: closedThought.test(text) ? text : text + emptyThought, begins: "answerStart" };
}

/** Cuts a rendered prompt into tokens; what looked like a control token in somebody's message stays plain text. */
export function tokenizePrompt(model: LlamaModel, format: PromptFormat, text: string): Token[] {
  const tokens: Token[] = [];
  const pieces = text.split(new RegExp(`${mark.open}(\\d+)${mark.close}`, "u"));
  for (const [index, piece] of pieces.entries()) {
    const control = index % 2 === 1 ? format.controlTokens[Number(piece)] : undefined;
    if (control !== undefined) tokens.push(...model.tokenize(control, false, "trimLeadingSpace"));
    else if (piece !== "") tokens.push(...model.tokenize(piece, true, index === 0 ? undefined : "trimLeadingSpace"));
  }
  const { bos, shouldPrependBosToken } = model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  return tokens;
}
