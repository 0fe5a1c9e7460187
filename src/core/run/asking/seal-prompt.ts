import type { SecretMasks } from "../../context/secret-masks";
import type { ChatMessage } from "../../model/language-model";
import { messageOf, type Prompt } from "../../prompt/prompt";

/** A prompt that may be sent: what is secret in it is hidden. Only {@link sealPrompt} makes one. */
export type SealedPrompt = Prompt & { readonly sealed: true; readonly hiddenSecrets: number };

/**
 * Hides every secret of a prompt. This is the one door to the model: whatever is sent has gone
 * through it. Rejects where it cannot be told whether there are secrets, as when the rules cannot
 * be loaded.
 */
export async function sealPrompt(
  prompt: Prompt,
  secrets: SecretMasks | undefined,
): Promise<SealedPrompt> {
  if (secrets === undefined) return { ...prompt, sealed: true, hiddenSecrets: 0 };
  await secrets.learn(prompt.messages.map(({ content }) => content).join("\n\n"));
  const parts = prompt.parts.map((part) => ({ ...part, text: secrets.hide(part.text) }));
  const before = prompt.messages
    .slice(0, -1)
    .map((message) => ({ ...message, content: secrets.hide(message.content) }));
  const content = messageOf(parts);
  const messages: readonly ChatMessage[] = [...before, { role: "user", content }];
  const hiddenSecrets = secrets.hiddenIn(messages.map((each) => each.content).join("\n"));
  return { ...prompt, parts, messages, sealed: true, hiddenSecrets };
}

/** The same for words that come to a prompt which is sent already: a hint, an earlier thought. */
export async function sealText(text: string, secrets: SecretMasks | undefined): Promise<string> {
  await secrets?.learn(text);
  return secrets?.hide(text) ?? text;
}
