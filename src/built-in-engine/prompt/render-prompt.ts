import { givenTurn } from "../../base/thoughts/given-turn";
import type { Think } from "../../base/thoughts/levels";
import type { ThoughtForm } from "../../base/thoughts/marks";
import { beginsAfter } from "../../base/thoughts/split-thought";
import type { TextBegins } from "../../base/thoughts/splitter-options";
import type { WireMessage } from "../chat-request";
import type { LlamaModel, Token } from "../runtime";

/** How a model wants a conversation written, and what it knows of thinking. */
export interface PromptFormat {
  /** Writes whole turns and opens the assistant's. */
  render(values: Record<string, unknown>): string;
  readonly nativeThinking: boolean;
  /** How the model writes its thoughts; where it was not trained to, how it is told to. */
  readonly thoughts: ThoughtForm;
  /**
   * Texts that mean control tokens when the template writes them, and nothing when they stand in
   * somebody's code.
   */
  readonly controlTokens: readonly string[];
}

export interface RenderedPrompt {
  readonly text: string;
  /** What the model's first words belong to. */
  readonly begins: TextBegins;
}

/** Said to a model that was not trained to think; its thought is opened for it. */
const thinkFirst =
  "You reason inside <think> and </think> first: a few short sentences. Then, after </think>, you write the answer.";

/**
 * What stands for a control token's text that a message holds, until the prompt is cut into tokens.
 */
const mark = { open: "\u{F5A0}", close: "\u{F5A1}" };

function guard(text: string, controlTokens: readonly string[]): string {
  let guarded = text;
  for (const [index, control] of controlTokens.entries()) {
    if (guarded.includes(control))
      guarded = guarded.replaceAll(control, `${mark.open}${index}${mark.close}`);
  }
  return guarded;
}

function withSystemText(messages: readonly WireMessage[], text: string): WireMessage[] {
  const [first, ...others] = messages;
  if (first?.role === "system")
    return [{ ...first, content: `${first.content}\n\n${text}` }, ...others];
  return [{ role: "system", content: text }, ...messages];
}

/** The model's own turn as far as it is given; a `thinking` in it is a finished thought. */
function prefilledTurn({ content, thinking }: WireMessage, format: PromptFormat): string {
  const { open, close } = format.thoughts;
  const safe = (text: string): string => guard(text, format.controlTokens);
  if (thinking !== undefined) return `${open}${safe(thinking.trim())}${close}${safe(content)}`;
  return givenTurn(content, format.thoughts, safe);
}

function without(text: string, end: string): string {
  return text.trimEnd().endsWith(end) ? text.trimEnd().slice(0, -end.length) : text;
}

/**
 * Writes the conversation as the model was trained to read it. A last assistant message is left
 * open, for the model to go on with; a `thinking` in it is a finished thought. The start of the
 * text depends on the messages alone, so that what is read once stays read.
 *
 * @param think absent: as the model was trained.
 */
export function renderPrompt(
  format: PromptFormat,
  messages: readonly WireMessage[],
  think?: Think,
): RenderedPrompt {
  const last = messages.at(-1);
  const prefilled = last?.role === "assistant" ? last : undefined;
  const wantsThought = think === undefined ? format.nativeThinking : think !== false;
  let turns = (prefilled ? messages.slice(0, -1) : messages).map(({ role, content }) => ({
    role: role === "assistant" || role === "system" ? role : "user",
    content: guard(content, format.controlTokens),
  }));
  // Also with a prefilled thought, or the prompt's start would differ from the request before and
  // all be read again.
  if (wantsThought && !format.nativeThinking)
    turns = withSystemText(turns, thinkFirst).map(({ role, content }) => ({ role, content }));
  const rendered = format.render({
    messages: turns,
    add_generation_prompt: true,
    enable_thinking: wantsThought,
    ...(typeof think === "string" ? { reasoning_effort: think } : {}),
    tools: null,
  });
  const { open, close } = format.thoughts;
  const head = without(rendered, open.trim());
  const openedByTemplate = head !== rendered;

  if (prefilled) {
    const given = prefilledTurn(prefilled, format);
    if (given === "" && openedByTemplate) return { text: rendered, begins: beginsAfter(open) };
    const opensItself = given.trimStart().startsWith(open.trim());
    const text = openedByTemplate && !opensItself ? head + open + close : head;
    return { text: text + given, begins: beginsAfter(given) };
  }
  if (wantsThought)
    return { text: openedByTemplate ? rendered : rendered + open, begins: beginsAfter(open) };
  if (!format.nativeThinking) return { text: rendered, begins: "start" };
  const isClosed = head.trimEnd().endsWith(close.trim());
  return { text: isClosed ? head : head + open + close, begins: "answerStart" };
}

/**
 * Cuts a rendered prompt into tokens; what looked like a control token in somebody's message stays
 * plain text.
 */
export function tokenizePrompt(model: LlamaModel, format: PromptFormat, text: string): Token[] {
  const tokens: Token[] = [];
  const pieces = text.split(new RegExp(`${mark.open}(\\d+)${mark.close}`, "u"));
  for (const [index, piece] of pieces.entries()) {
    const control = index % 2 === 1 ? format.controlTokens[Number(piece)] : undefined;
    if (control !== undefined) tokens.push(...model.tokenize(control, false, "trimLeadingSpace"));
    else if (piece !== "")
      tokens.push(...model.tokenize(piece, true, index === 0 ? undefined : "trimLeadingSpace"));
  }
  const { bos, shouldPrependBosToken } = model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  return tokens;
}
