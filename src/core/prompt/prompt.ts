import type { ContextPiece, DroppedPiece } from "../../protocol/context";
import type { ChatMessage } from "../model/language-model";
import type { AnswerForm } from "./answer-form";
import { counterOf, templateTokens } from "./budget/budget";
import type { CodeContext } from "./code-context";
import type { AskedForm } from "./form-memory";
import type { PromptRequest } from "./prompt-request";

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  /** What the last message is made of, in its order; joined by empty lines it is that message. */
  readonly parts: readonly PromptPart[];
  readonly form: AnswerForm;
  /** The form of edit that was chosen among several. */
  readonly asked?: AskedForm;
  readonly context: CodeContext;
  /** The language of the file that it is about: each takes tokens of its own. */
  readonly languageId: string;
  /** Tokens of all messages. */
  readonly tokens: number;
  /** What went along of what was found. */
  readonly sent: readonly ContextPiece[];
  /** What was said before, where the messages begin with it. */
  readonly talkTokens: number;
  /** The talk before shows the code as it was; it goes along as it is now. */
  readonly changedSince?: boolean;
  /** What of the file did not fit, by name. */
  readonly leftOut: readonly string[];
  /** What of what was found did not go along. */
  readonly dropped: readonly DroppedPiece[];
}

/** A part of a message, and what it is to the person. */
export interface PromptPart {
  readonly label: string;
  readonly text: string;
  readonly tokens: number;
  /** Absent for the request's own parts. */
  readonly piece?: ContextPiece;
}

export function measureOf(
  request: PromptRequest,
): (label: string, text: string, piece?: ContextPiece) => PromptPart {
  const tokensOf = counterOf(request);
  return (label, text, piece) => ({
    label,
    text,
    tokens: tokensOf(text),
    ...(piece === undefined ? {} : { piece }),
  });
}

/** @param before messages that the last one follows on. */
export function promptOf(
  parts: readonly PromptPart[],
  { form, context }: Pick<Prompt, "form" | "context">,
  request: PromptRequest,
  before: readonly ChatMessage[] = [],
): Prompt {
  const tokensOf = counterOf(request);
  const content = messageOf(parts);
  const talkTokens = before.reduce((sum, each) => sum + tokensOf(each.content), 0);
  const turns = (before.length + 2) / 2;
  return {
    messages: [...before, { role: "user", content }],
    parts,
    form,
    context,
    languageId: request.target.languageId,
    tokens: talkTokens + tokensOf(content) + turns * templateTokens,
    sent: parts.flatMap(({ piece }) => piece ?? []),
    talkTokens,
    leftOut: [],
    dropped: [],
  };
}

/** The last message of a prompt. */
export function messageOf(parts: readonly Pick<PromptPart, "text">[]): string {
  return parts.map(({ text }) => text).join("\n\n");
}
