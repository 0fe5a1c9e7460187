/**
 * Where a text begins. `start`: a thought may open. `thoughtStart`: the prompt opened one.
 * `thought`: within one, whose first words the prompt holds. `thoughtInWords`: the same, opened in
 * plain words, so that words close it. `answerStart`: behind one. `behindThought`: the same, though
 * the model may think anew. `answer`: within an answer.
 */
export type TextBegins =
  | "start"
  | "thoughtStart"
  | "thought"
  | "thoughtInWords"
  | "answerStart"
  | "behindThought"
  | "answer";

/** Whether the text goes on with a thought. */
export function beginsInThought(begins: TextBegins): boolean {
  return begins === "thoughtStart" || begins === "thought" || begins === "thoughtInWords";
}

export interface SplitterOptions {
  /** Default: `start`. */
  readonly begins?: TextBegins;
  /**
   * Whether what the model was sent holds this text. A mark that does is somebody's own, and ends
   * no turn where it could as well be spoken about. Default: it holds none.
   */
  readonly wasSent?: (text: string) => boolean;
}
