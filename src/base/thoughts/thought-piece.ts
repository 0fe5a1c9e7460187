export type ThoughtPiece =
  | { readonly kind: "thought"; readonly text: string }
  | { readonly kind: "answer"; readonly text: string }
  /**
   * Everything given out as answer so far was thought: it was closed without having been opened.
   */
  | { readonly kind: "answerWasThought" };
