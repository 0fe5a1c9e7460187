/**
 * What can be said in one word to a run that goes on. `beginAnew`: the answer, with the hints that
 * wait.
 */
export const wishes = [
  "stop",
  "takeNow",
  "answerNow",
  "thinkLonger",
  "letGoOn",
  "beginAnew",
] as const;

/** What a person may say to a run that goes on, in whatever window. */
export type Word =
  | { readonly kind: (typeof wishes)[number] }
  | { readonly kind: "hint"; readonly text: string };
