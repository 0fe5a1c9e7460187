import { hintInThought } from "../../../base/thoughts/spoken-hint";
import type { RunHint } from "../../../protocol/run-events";
import type { ChatMessage } from "../../model/language-model";

/*
 * Each of these begins with the messages of the request before, byte for byte, so that a server
 * reads only what is new.
 */

/** The thought so far is closed: the model answers at once. */
export function answerAfter(messages: readonly ChatMessage[], thought: string): ChatMessage[] {
  return [...messages, { role: "assistant", content: `<think>\n${thought.trim()}\n</think>\n\n` }];
}

/**
 * The thought so far is left open: the model thinks on from its last word. Where a template closes
 * the turn all the same, the thought is still there, and was read already: what templates cut from
 * earlier turns are thoughts that are closed.
 */
export function thinkOnFrom(messages: readonly ChatMessage[], thought: string): ChatMessage[] {
  return [...messages, { role: "assistant", content: `<think>\n${thought.trimStart()}` }];
}

/** A thought that seemed to be over, opened again: with this word a model looks at it once more. */
export function goingOnFrom(thought: string): string {
  return `${thought.trim()}\n\nWait.`;
}

/** The thought with hints behind it. */
export function withHints(thought: string, hints: readonly RunHint[]): string {
  return hints.reduce((text, hint) => text.trimEnd() + hintInThought(hint.text), thought);
}

/**
 * For a template that closes every turn: the thought as an earlier turn, and the wish for an
 * answer.
 */
export function answerFromNotes(
  messages: readonly ChatMessage[],
  thought: string,
): readonly ChatMessage[] {
  if (thought.trim() === "") return messages;
  return [
    ...thinkOnFrom(messages, thought.trimEnd()),
    {
      role: "user",
      content: "Give your answer now, from these thoughts, as I asked for it above.",
    },
  ];
}

/**
 * For a template that closes every turn: the thought as an earlier turn, and what the person says
 * to it.
 */
export function thinkOnFromNotes(
  messages: readonly ChatMessage[],
  thought: string,
  hints: readonly RunHint[],
): ChatMessage[] {
  const said = hints.map(({ text }) => text).join("\n\n");
  const go = "Think on from there, then answer as I asked above.";
  return [
    ...thinkOnFrom(messages, thought.trimEnd()),
    { role: "user", content: said === "" ? go : `A hint: ${said}\n\n${go}` },
  ];
}

/** For a model that does not think: the hints stand at the end of what was asked. */
export function askedWithHints(
  messages: readonly ChatMessage[],
  hints: readonly RunHint[],
): ChatMessage[] {
  return messages.map((message, index) =>
    index < messages.length - 1
      ? message
      : {
          ...message,
          content: `${message.content}\n\nA hint: ${hints.map(({ text }) => text).join("\n\n")}`,
        },
  );
}
