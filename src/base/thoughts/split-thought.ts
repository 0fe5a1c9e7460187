import type { SplitterOptions, TextBegins } from "./splitter-options";
import type { ThoughtPiece } from "./thought-piece";
import { ThoughtSplitter } from "./thought-splitter";

export interface SplitText {
  readonly thought: string;
  readonly answer: string;
}

/**
 * Tells thought from answer in a whole text; what follows the end of the model's turn is left out.
 */
export function splitThought(text: string, options?: SplitterOptions): SplitText {
  const splitter = new ThoughtSplitter(options);
  return joinPieces([...splitter.push(text), ...splitter.end()]);
}

/** Where a text begins that goes on from this one, which the model is given as its own. */
export function beginsAfter(given: string): TextBegins {
  const splitter = new ThoughtSplitter();
  const { thought, answer } = joinPieces(splitter.push(given));
  if (splitter.inProse) return "thoughtInWords";
  if (splitter.inThought) return thought === "" ? "thoughtStart" : "thought";
  if (answer !== "") return "answer";
  return given.trim() === "" ? "start" : "answerStart";
}

/** What the pieces of a text come to. */
export function joinPieces(pieces: Iterable<ThoughtPiece>): SplitText {
  let thought = "";
  let answer = "";
  for (const piece of pieces) {
    switch (piece.kind) {
      case "thought":
        thought += piece.text;
        break;
      case "answer":
        answer += piece.text;
        break;
      case "answerWasThought":
        thought += answer;
        answer = "";
        break;
      default:
        return piece satisfies never;
    }
  }
  return { thought, answer };
}
