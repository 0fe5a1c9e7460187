import { commonForm, type ThoughtForm } from "./marks";
import { beginsAfter, splitThought } from "./split-thought";
import { beginsInThought } from "./splitter-options";

/**
 * The model's own turn as far as it is given, with its thought in the model's own form: whoever
 * asks writes it in the common one.
 *
 * @param safe takes the meaning from what looks like a token of the model.
 *
 * Before: `<think>\nMinus it is.\n</think>\n\n`
 * After, for a model that writes `[THINK]`: `[THINK]Minus it is.[/THINK]`, and for an empty one
 * `[THINK][/THINK]`
 */
export function givenTurn(
  content: string,
  { open, close }: ThoughtForm,
  safe: (text: string) => string = (text) => text,
): string {
  if (open === commonForm.open) return safe(content);
  const { thought, answer } = splitThought(content);
  if (beginsInThought(beginsAfter(content))) return open + safe(thought);
  const hasThought = thought !== "" || content.trimStart().startsWith(commonForm.open.trim());
  return hasThought ? `${open}${safe(thought)}${close}${safe(answer)}` : safe(content);
}
