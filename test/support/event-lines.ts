import type { RunEvent } from "../../src/protocol/run-events";

/** The events of a text that holds one a line, as JSON. */
export function linesOf(text: string): RunEvent[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}
