import type { EventBatch, ToPanel } from "../../src/protocol/panel/to-panel";
import type { Proposal } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";

/** A thought as a small local model really has it, from a recorded stream. */
export const bitcountThought = `- The loop continues until \`n\` becomes zero.
- In each iteration, \`n ^= n - 1\` flips all the bits in \`n\` below its lowest set bit, so for 6 it gives 3, then 1, then 1 again.
- After flipping, \`count += 1\` increments the count by one.

The loop \`while n\` therefore never reaches zero for \`127\`. What Kernighan's way needs is to **clear** the lowest set bit:

\`n &= n - 1\` removes exactly one bit for each pass.
`;

const bitcountAnswer = `The loop toggles bits instead of clearing the lowest one, so it never reaches zero. Kernighan's step \`n &= n - 1\` removes exactly one set bit each time.

bitcount.py
<<<<<<< SEARCH
        n ^= n - 1
=======
        n &= n - 1
>>>>>>> REPLACE
`;

export const bitcountProposal: Proposal = {
  id: "proposal-1",
  files: [
    {
      uri: "file:///sample/bitcount.py",
      path: "src/bitcount.py",
      languageId: "python",
      change: "edit",
      base: "def bitcount(n):\n    count = 0\n    while n:\n        n ^= n - 1\n        count += 1\n    return count\n",
      proposed:
        "def bitcount(n):\n    count = 0\n    while n:\n        n &= n - 1\n        count += 1\n    return count\n",
      hunks: [
        {
          oldStart: 3,
          oldLines: 3,
          newStart: 3,
          newLines: 3,
          lines: [
            "     while n:",
            "-        n ^= n - 1",
            "+        n &= n - 1",
            "         count += 1",
          ],
        },
      ],
      match: "exact",
      syntax: "clean",
      notices: [],
    },
  ],
};

/** The events of a run that starts `at`, up to the moment before it thinks. */
export function beginning(runId: string, at: number): RunEvent[] {
  return [
    {
      kind: "started",
      at,
      runId,
      action: "fix",
      uri: "file:///sample/bitcount.py",
      path: "src/bitcount.py",
      range: { start: { line: 3, character: 8 }, end: { line: 3, character: 18 } },
      subject: "bitcount(127) never returns",
    },
    {
      kind: "model",
      model: "deepseek-r1:8b",
      endpoint: "http://127.0.0.1:11434",
      local: true,
      contextTokens: 8192,
    },
    { kind: "phase", at, phase: "connecting" },
    {
      kind: "sent",
      tokens: 1204,
      contextTokens: 8192,
      pieces: [
        { label: "instructions", tokens: 518 },
        { label: "function bitcount", tokens: 96 },
        { label: "docstring and imports", tokens: 188 },
        { label: "test_bitcount.py", tokens: 402 },
      ],
      leftOut: [],
    },
    { kind: "phase", at: at + 100, phase: "loading" },
    { kind: "phase", at: at + 3_100, phase: "reading" },
  ];
}

/** Words one by one, as tokens come. */
export function spoken(kind: "thought" | "answer", text: string): RunEvent[] {
  return (text.match(/\s*\S+|\s+$/g) ?? []).map((piece) => ({ kind, text: piece }));
}

/** A whole run from click to proposal. */
export function fixRun(runId = "run-1", at = 1_700_000_000_000): RunEvent[] {
  return [
    ...beginning(runId, at),
    { kind: "phase", at: at + 8_300, phase: "thinking" },
    ...spoken("thought", bitcountThought),
    { kind: "phase", at: at + 46_300, phase: "answering" },
    ...spoken("answer", bitcountAnswer),
    { kind: "phase", at: at + 52_000, phase: "checking" },
    { kind: "proposal", proposal: bitcountProposal },
    {
      kind: "finished",
      at: at + 52_100,
      outcome: "proposed",
      metrics: {
        promptTokens: 1204,
        answerTokens: 872,
        loadMs: 3_000,
        promptMs: 5_200,
        answerMs: 43_700,
      },
    },
  ];
}

export function batch(runId: string, seq: number, events: readonly RunEvent[]): EventBatch {
  return { runId, seq, events };
}

/** The events as messages of `size` events each. */
export function inBatches(
  runId: string,
  events: readonly RunEvent[],
  size: number,
  from = 0,
): ToPanel[] {
  const messages: ToPanel[] = [];
  for (let seq = 0; seq < events.length; seq += size) {
    messages.push({
      kind: "events",
      batch: batch(runId, from + seq, events.slice(seq, seq + size)),
    });
  }
  return messages;
}

export const ready = {
  kind: "setup",
  setup: {
    kind: "ready",
    endpoint: "http://127.0.0.1:11434",
    model: "deepseek-r1:8b",
    engine: "daemon",
    local: true,
  },
} as const satisfies ToPanel;
