import { givenTurn } from "../../../base/thoughts/given-turn";
import { commonForm, type ThoughtForm } from "../../../base/thoughts/marks";
import { beginsAfter, splitThought } from "../../../base/thoughts/split-thought";
import { beginsInThought, type TextBegins } from "../../../base/thoughts/splitter-options";
import type { WireMessage } from "../../../protocol/run-events";
import { goesOnFrom } from "../answer-text";
import type { ChatMessage } from "../language-model";
import type { Continuing } from "./server-kinds";

/** Messages, and what has to stand beside them so that the last turn is gone on with. */
export interface WireTurns {
  readonly messages: readonly WireMessage[];
  readonly fields: Readonly<Record<string, unknown>>;
  /** What some servers send back before they go on; "" where nothing was begun. */
  readonly begun: string;
  /** Where the answer begins: behind what was begun, or with a turn of its own. */
  readonly begins: TextBegins;
}

/**
 * The turns of a request in the server's own way.
 *
 * Before: `{ role: "assistant", content: "<think>\nThe loop" }`, to be thought on. After, for
 * llama.cpp: `{ role: "assistant", content: "", reasoning_content: "The loop" }`,
 * `continue_final_message: "reasoning_content"`.
 * @param thinksNatively whether the model's template has a place for thoughts.
 * @param form how the model writes them within a text.
 */
export function turnsFor(
  messages: readonly ChatMessage[],
  continuing: Continuing,
  thinksNatively: boolean,
  form: ThoughtForm = commonForm,
): WireTurns {
  const last = messages.at(-1);
  const plain = messages.map(({ role, content }) => ({ role, content }));
  if (last?.role !== "assistant")
    return { messages: plain, fields: {}, begun: "", begins: "start" };
  const before = plain.slice(0, -1);
  const isOpen = beginsInThought(beginsAfter(last.content));
  const { thought: whole, answer } = splitThought(last.content);
  const thought = isOpen ? whole.trimStart() : whole.trim();
  const go = { add_generation_prompt: false, continue_final_message: true };
  switch (continuing) {
    case "fields": {
      if (!thinksNatively)
        return {
          messages: [...before, { role: "assistant", content: last.content }],
          fields: go,
          begun: last.content,
          begins: goesOnFrom(last.content),
        };
      const turn = { role: "assistant", content: answer, reasoning_content: thought };
      const which = isOpen ? "reasoning_content" : "content";
      return {
        messages: [...before, turn],
        fields: { ...go, continue_final_message: which },
        begun: answer,
        // The server itself tells what is thought from here on.
        begins: isOpen ? "start" : "behindThought",
      };
    }
    case "text": {
      const begun = givenTurn(last.content, form);
      return {
        messages: [...before, { role: "assistant", content: begun }],
        fields: go,
        begun,
        begins: goesOnFrom(begun),
      };
    }
    case "prefix":
      return {
        messages: [
          ...before,
          { role: "assistant", content: answer, reasoning_content: thought, prefix: true },
        ],
        fields: {},
        begun: answer,
        begins: isOpen ? "start" : "behindThought",
      };
    case "quoted":
      return {
        messages: quoted(before, thought, answer, isOpen),
        fields: {},
        begun: "",
        begins: "start",
      };
    default:
      return continuing satisfies never;
  }
}

/**
 * A plain second request: the model is told what it has thought and written, since it cannot go on
 * with its own turn.
 */
function quoted(
  before: readonly WireMessage[],
  thought: string,
  answer: string,
  isOpen: boolean,
): WireMessage[] {
  const question = before.at(-1);
  const said = [
    ...(thought === "" ? [] : ["You have already thought about this:", thought]),
    ...(answer.trim() === "" ? [] : ["Your answer began like this:", answer]),
    isOpen
      ? "Think on from there, then answer."
      : answer.trim() === ""
        ? "Do not think about it again. Answer now."
        : "Go on exactly where it stops.",
  ].join("\n\n");
  if (question?.role !== "user") return [...before, { role: "user", content: said }];
  return [...before.slice(0, -1), { role: "user", content: `${question.content}\n\n${said}` }];
}
