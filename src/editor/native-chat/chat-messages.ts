import * as vscode from "vscode";
import type { ChatMessage, ModelEvent } from "../../core/model/language-model";
import { QuotedThought, withoutQuotedThought } from "../../session/native-chat/quoted-thought";

/**
 * The parts of the editor that say what a model thinks: the class is there long before its types
 * are.
 */
type ThinkingPart = new (value: string) => vscode.LanguageModelResponsePart;

/** Tells every event that says something to the person; the rest belongs to our own panel. */
export function reporterTo(
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
): (event: ModelEvent) => void {
  const Thinking = thinkingPart();
  const quoted = new QuotedThought();
  const write = (text: string): void => progress.report(new vscode.LanguageModelTextPart(text));
  return (event) => {
    if (event.kind === "answer") write(quoted.answer(event.text));
    if (event.kind !== "thought") return;
    if (Thinking === undefined) write(quoted.thought(event.text));
    else progress.report(new Thinking(event.text));
  };
}

function thinkingPart(): ThinkingPart | undefined {
  const found: unknown = Reflect.get(vscode, "LanguageModelThinkingPart");
  return typeof found === "function" ? (found as ThinkingPart) : undefined;
}

/** The messages of the editor's chat as a model is told them. */
export function plainMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
): readonly ChatMessage[] {
  return messages
    .map((message) => ({ role: roleOf(message.role), content: textOf(message) }))
    .map(({ role, content }) => ({
      role,
      content: role === "assistant" ? withoutQuotedThought(content) : content,
    }))
    .filter(({ content }) => content !== "");
}

/** Chat sends instructions under a role that the types do not know. */
function roleOf(role: vscode.LanguageModelChatMessageRole): ChatMessage["role"] {
  if (role === vscode.LanguageModelChatMessageRole.User) return "user";
  return role === vscode.LanguageModelChatMessageRole.Assistant ? "assistant" : "system";
}

/** The text of a message. Pictures and what a model thought before are left out. */
export function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .map((part) => {
      if (part instanceof vscode.LanguageModelTextPart) return part.value;
      if (!(part instanceof vscode.LanguageModelToolResultPart)) return "";
      return part.content
        .map((each) => (each instanceof vscode.LanguageModelTextPart ? each.value : ""))
        .join("");
    })
    .join("");
}
