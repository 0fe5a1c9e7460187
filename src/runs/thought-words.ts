import type { ThoughtEnd } from "../protocol/run-events";

/** Why a thought ended before the model ended it, in a sentence. */
export const thoughtEndWords: Readonly<Record<ThoughtEnd, string>> = {
  person: "You wanted the answer now, so the thought ends here.",
  budget: "The thought has used up its budget, so the model answers with what it has.",
  window: "The thought has used up its share of the window, so the model answers with what it has.",
  loop: "The thought went round in circles, so it was ended and the model answers with what it has.",
  silence: "The model stopped in its thought, so it was asked to answer with what it has.",
};
