import { t } from "../../base/l10n";

const end = "\n\n---\n\n";
const head = (): string => `> **${t("Thought")}**\n>\n> `;

/**
 * One answer as the Markdown of a chat that has no part of its own for thoughts: a thought stands
 * before the answer as a quotation under a heading, so that nobody takes it for the answer.
 */
export class QuotedThought {
  #isOpen = false;
  #hasAnswer = false;

  /** A piece of a thought. */
  thought(text: string): string {
    const before = this.#hasAnswer ? "\n\n" : "";
    const begin = this.#isOpen ? "" : before + head();
    this.#isOpen = true;
    return begin + text.replaceAll("\n", "\n> ");
  }

  /** A piece of the answer. */
  answer(text: string): string {
    const before = this.#isOpen ? end : "";
    this.#isOpen = false;
    this.#hasAnswer = true;
    return before + text;
  }
}

/** The answer alone, as the model is told later what it said. */
export function withoutQuotedThought(text: string): string {
  let rest = text;
  while (rest.startsWith(head())) {
    const at = rest.indexOf(end);
    // Without an answer behind it there was nothing but the thought.
    if (at < 0) return "";
    rest = rest.slice(at + end.length);
  }
  return rest;
}
