import type { RunEvent } from "../protocol/run-events";

const kinds: Record<RunEvent["kind"], true> = {
  started: true,
  model: true,
  phase: true,
  progress: true,
  sent: true,
  thought: true,
  answer: true,
  answerWasThought: true,
  attempt: true,
  notice: true,
  draft: true,
  proposal: true,
  proposalState: true,
  hunkState: true,
  unplaced: true,
  finished: true,
  failed: true,
};

export interface ParsedLines {
  readonly events: readonly RunEvent[];
  /** Length of the part that consists of whole lines. */
  readonly wholeBytes: number;
  /** Whether something follows that part: the write that a crash cut short. */
  readonly torn: boolean;
}

/** Reads a run's JSON Lines. A line that is not an event is left out; the rest of the run is worth more than its loss. */
export function parseRunLines(bytes: Uint8Array): ParsedLines {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split("\n");
  return {
    events: lines.flatMap((line) => parseLine(line) ?? []),
    wholeBytes,
    torn: wholeBytes < bytes.length,
  };
}

function parseLine(line: string): RunEvent | undefined {
  if (line === "") return undefined;
  try {
    const value: unknown = JSON.parse(line);
    if (
      typeof value !== "object" ||
      value === null ||
      !("kind" in value) ||
      typeof value.kind !== "string"
    )
      return undefined;
    return Object.hasOwn(kinds, value.kind) ? (value as RunEvent) : undefined;
  } catch {
    return undefined;
  }
}
