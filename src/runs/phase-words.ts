import type { Phase } from "../protocol/run-events";

/** What goes on in a phase, as it goes on within a sentence. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  connecting: "connecting",
  loading: "loading the model",
  reading: "reading the prompt",
  thinking: "thinking",
  answering: "answering",
  checking: "checking the edit",
};
