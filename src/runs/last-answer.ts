import type { RunState } from "./run-state";

/**
 * What the model said in the end, which may be in pieces with thoughts between them; earlier
 * attempts were of no use to anyone. Undefined where it said nothing.
 */
export function lastAnswer({ parts }: RunState): string | undefined {
  const last = parts.findLast((part) => part.kind === "answer" && part.text.trim() !== "");
  if (last?.kind !== "answer") return undefined;
  return parts
    .flatMap((part) => (part.kind === "answer" && part.attempt === last.attempt ? part.text : []))
    .join("");
}
