import { blocksOf } from "../protocol/hunk-blocks";
import { currentSpan, type RunState } from "../runs/run-state";
import { thoughtEndWords } from "../runs/thought-words";
import { actionNames, fileName, phaseName, plural } from "./format";

/** What a screen reader is told when a run went from one state to the next; undefined when there is nothing worth interrupting for. */
export function announcement(before: RunState | undefined, after: RunState): string | undefined {
  if (before === after) return undefined;
  const end = after.end;
  if (end !== undefined && before?.end === undefined) {
    if (end.kind === "failed") return `Failed: ${end.report.title}. ${end.report.remedy}`;
    const proposal = after.parts.findLast((part) => part.kind === "proposal")?.proposal;
    if (proposal !== undefined) {
      const changes = proposal.files.reduce((sum, file) => sum + blocksOf(file.hunks).length, 0);
      return `Proposal ready: ${plural(changes, "change")} in ${proposal.files.map((file) => fileName(file.path)).join(", ")}`;
    }
    const words = {
      answered: "Answer complete",
      proposed: "Proposal ready",
      unchanged: "The model changed nothing",
    };
    const other = {
      refused: "The edit could not be placed",
      stopped: "Stopped",
      cutOff: "The answer was cut off",
    };
    return { ...words, ...other }[end.outcome];
  }
  const thoughtEnd = after.parts.findLast((part) => part.kind === "thoughtEnded");
  if (thoughtEnd !== undefined && !before?.parts.includes(thoughtEnd))
    return thoughtEndWords[thoughtEnd.by];
  if (after.looping !== undefined && before?.looping === undefined)
    return `The ${after.looping} seems to go round in circles`;
  if (hintsTaken(after) > (before === undefined ? 0 : hintsTaken(before)))
    return "Your hint is in the thought";
  const decided = after.parts.find((part, index) => {
    const old = before?.parts[index];
    return part.kind === "proposal" && old?.kind === "proposal" && old.state !== part.state;
  });
  if (decided?.kind === "proposal")
    return `Proposal ${decided.state === "conflict" ? "in conflict with the file" : decided.state}`;
  const blocks = after.parts.flatMap((part) =>
    part.kind === "proposal" ? Object.entries(part.blocks) : [],
  );
  const old = new Map(
    before?.parts.flatMap((part) => (part.kind === "proposal" ? Object.entries(part.blocks) : [])),
  );
  const changed = blocks.find(([key, state]) => state !== (old.get(key) ?? "open"));
  if (changed !== undefined)
    return `Change ${changed[1] === "open" ? "not decided any more" : changed[1]}`;
  if (after.draft !== undefined && before?.draft === undefined)
    return "A change is ready to review while the model still writes";
  const span = currentSpan(after);
  if (span !== undefined && span.phase !== (before && currentSpan(before)?.phase))
    return phaseName(span.phase);
  if (before === undefined && end === undefined)
    return `${actionNames[after.action]} ${fileName(after.path)}`;
  return undefined;
}

function hintsTaken(run: RunState): number {
  return run.parts.reduce(
    (sum, part) => sum + (part.kind === "thought" ? (part.hints?.length ?? 0) : 0),
    0,
  );
}

/** Tells a screen reader, politely and not too often: while it waits, a newer announcement takes the place of the older. */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #pauseMs: number;
  #waiting: string | undefined;
  #paused = false;

  constructor(region: HTMLElement, pauseMs = 1_500) {
    this.#region = region;
    this.#pauseMs = pauseMs;
  }

  say(text: string): void {
    if (this.#paused) {
      this.#waiting = text;
      return;
    }
    this.#region.textContent = text;
    this.#paused = true;
    setTimeout(() => {
      this.#paused = false;
      const next = this.#waiting;
      this.#waiting = undefined;
      if (next !== undefined) this.say(next);
    }, this.#pauseMs);
  }
}
