import { blocksOf } from "../../../protocol/hunk-blocks";
import type { Proposal } from "../../../protocol/proposal";
import { blockKey, type RunState } from "../../../runs/run-state";
import { stepOfChange, stepsOf } from "../../../runs/thought-steps";

/** The steps of the thought before a proposal that speak of its changes. */
export interface ChangeSteps {
  /** Index of the thought among the run's parts. */
  readonly part: number;
  /** The step that speaks of all changes; absent where each has its own. */
  readonly whole?: number;
  /** By the key of their block. */
  readonly byBlock: ReadonlyMap<string, number>;
}

/** @returns undefined where no step speaks of a change clearly. */
export function changeSteps(
  { files }: Proposal,
  run: RunState,
  index: number,
): ChangeSteps | undefined {
  const part = run.parts.findLastIndex((each, at) => at < index && each.kind === "thought");
  const thought = run.parts[part];
  if (thought?.kind !== "thought") return undefined;
  const texts = stepsOf(thought, run, 0).map(({ from, to }) => thought.text.slice(from, to));
  const byBlock = new Map<string, number>();
  for (const [file, { hunks }] of files.entries())
    for (const [block, { hunk, line }] of blocksOf(hunks).entries()) {
      const lines = hunks[hunk]?.lines.slice(line) ?? [];
      const end = lines.findIndex((each) => each.startsWith(" "));
      const step = stepOfChange([{ lines: end < 0 ? lines : lines.slice(0, end) }], texts);
      if (step !== undefined) byBlock.set(blockKey(file, block), step);
    }
  const [first, ...others] = new Set(byBlock.values());
  if (others.length > 0) return { part, byBlock };
  const whole =
    first ??
    stepOfChange(
      files.flatMap(({ hunks }) => hunks),
      texts,
    );
  return whole === undefined ? undefined : { part, whole, byBlock: new Map() };
}
