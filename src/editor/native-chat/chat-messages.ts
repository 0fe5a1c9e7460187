import * as vscode from "vscode";
import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import { FailureError } from "../../core/failure-error";
import type { ChatMessage, ModelEvent } from "../../core/model/language-model";
import { noTools } from "../../core/prompt/words/no-tools";
import { QuotedThought, withoutQuotedThought } from "../../session/native-chat/quoted-thought";

/**
 * The parts of the editor that say what a model thinks: the class is there long before its types
 * are.
 */
type ThinkingPart = new (value: string) => vscode.LanguageModelResponsePart;

/** Tells what a model says to the person; the rest belongs to our own panel. */
export class Reporter {
  readonly #progress: vscode.Progress<vscode.LanguageModelResponsePart>;
  readonly #Thinking = thinkingPart();
  readonly #quoted = new QuotedThought();
  #notices: readonly string[] = [];
  #hasAnswer = false;

  constructor(progress: vscode.Progress<vscode.LanguageModelResponsePart>) {
    this.#progress = progress;
  }

  tell(event: ModelEvent): void {
    if (event.kind === "notice") this.#notices = [...this.#notices, inWords(event.text)];
    if (event.kind === "answer") {
      this.#hasAnswer ||= event.text.trim() !== "";
      this.#write(this.#quoted.answer(event.text));
    }
    if (event.kind !== "thought") return;
    if (this.#Thinking === undefined) this.#write(this.#quoted.thought(event.text));
    else this.#progress.report(new this.#Thinking(event.text));
  }

  /**
   * Where the model answered nothing, what was noticed says why: that it called a tool, say.
   * @throws FailureError emptyAnswer when nothing was.
   */
  end(model: string): void {
    if (this.#hasAnswer) return;
    if (this.#notices.length === 0)
      throw new FailureError({ kind: "emptyAnswer", model, notAsked: false });
    this.#write(this.#quoted.answer(this.#notices.join("\n\n")));
  }

  #write(text: string): void {
    this.#progress.report(new vscode.LanguageModelTextPart(text));
  }
}

function thinkingPart(): ThinkingPart | undefined {
  const found: unknown = Reflect.get(vscode, "LanguageModelThinkingPart");
  return typeof found === "function" ? (found as ThinkingPart) : undefined;
}

type ToolOptions = Pick<vscode.ProvideLanguageModelChatResponseOptions, "tools" | "toolMode">;

/** @throws Error, in words, for a request that takes nothing but the call of a tool. */
export function refuseNeededTool({ toolMode }: ToolOptions): void {
  if (toolMode === vscode.LanguageModelChatToolMode.Required)
    throw new Error(
      t("A model by way of Thinkaloud answers in words. This request wants a tool called instead."),
    );
}

/** The messages of the editor's chat as a model is told them. */
export function plainMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  { tools = [] }: ToolOptions,
): readonly ChatMessage[] {
  const told = wordsOf(messages);
  const last = told.findLastIndex(({ role }) => role === "user");
  return told.map((message, at) =>
    at === last && tools.length > 0
      ? { ...message, content: `${message.content}\n\n${noTools}` }
      : message,
  );
}

function wordsOf(
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
