import { count, plural, t } from "../base/l10n";
import { fileNameOf } from "../base/text/file-name";
import type { Ending } from "../protocol/history";
import { blocksOf } from "../protocol/hunk-blocks";
import type { BlockState, ProposalState } from "../protocol/proposal";
import { currentSpan } from "../runs/phase-times";
import { endingOf } from "../runs/run-ending";
import type { RunState } from "../runs/run-state";
import { actionName } from "../runs/words/action-words";
import { thoughtEndWords } from "../runs/words/thought-words";
import { phaseName } from "./format";

/**
 * What a screen reader is told when a run went from one state to the next; undefined when there is
 * nothing worth interrupting for.
 */
export function announcement(before: RunState | undefined, after: RunState): string | undefined {
  if (before === after) return undefined;
  const end = after.end;
  if (end !== undefined && before?.end === undefined) {
    if (end.kind === "failed") return t("Failed: {0}. {1}", end.report.title, end.report.remedy);
    const proposal = after.parts.findLast((part) => part.kind === "proposal")?.proposal;
    if (proposal !== undefined) {
      const changes = proposal.files.reduce((sum, file) => sum + blocksOf(file.hunks).length, 0);
      const files = proposal.files.map((file) => fileNameOf(file.path)).join(", ");
      return plural(
        changes,
        t("Proposal ready: {0} change in {1}", count(changes), files),
        t("Proposal ready: {0} changes in {1}", count(changes), files),
      );
    }
    return endingWords(endingOf(end));
  }
  const thoughtEnd = after.parts.findLast((part) => part.kind === "thoughtEnded");
  if (thoughtEnd !== undefined && !before?.parts.includes(thoughtEnd))
    return thoughtEndWords(thoughtEnd.by);
  if (after.looping !== undefined && before?.looping === undefined)
    return after.looping === "thought"
      ? t("The thought seems to go round in circles")
      : t("The answer seems to go round in circles");
  if (hintsTaken(after) > (before === undefined ? 0 : hintsTaken(before)))
    return t("Your hint is in the thought");
  const decided = after.parts.find((part, index) => {
    const old = before?.parts[index];
    return part.kind === "proposal" && old?.kind === "proposal" && old.state !== part.state;
  });
  if (decided?.kind === "proposal") return decisionWords(decided.state);
  const blocks = after.parts.flatMap((part) =>
    part.kind === "proposal" ? Object.entries(part.blocks) : [],
  );
  const old = new Map(
    before?.parts.flatMap((part) => (part.kind === "proposal" ? Object.entries(part.blocks) : [])),
  );
  const changed = blocks.find(([key, state]) => state !== (old.get(key) ?? "open"));
  if (changed !== undefined) return changeWords(changed[1]);
  if (after.draft !== undefined && before?.draft === undefined)
    return t("A change is ready to review while the model still writes");
  const span = currentSpan(after);
  if (span !== undefined && span.phase !== (before && currentSpan(before)?.phase))
    return phaseName(span.phase);
  if (before === undefined && end === undefined)
    return `${actionName(after.action)} ${fileNameOf(after.path)}`;
  return undefined;
}

/**
 * What a screen reader is told where the thought came to another step, if it has nothing better to
 * say.
 */
export function stepAnnouncement(
  before: RunState | undefined,
  after: RunState,
): string | undefined {
  const steps = stepsBegun(after);
  return before === undefined || after.end !== undefined || steps <= stepsBegun(before)
    ? undefined
    : t("Step {0}", count(steps + 1));
}

/** In the newest thought, after its first. */
function stepsBegun({ parts }: RunState): number {
  return parts.findLast((part) => part.kind === "thought")?.steps?.length ?? 0;
}

function endingWords(ending: Ending): string {
  switch (ending) {
    case "answered":
      return t("Answer complete");
    case "proposed":
      return t("Proposal ready");
    case "unchanged":
      return t("The model changed nothing");
    case "refused":
      return t("The edit could not be placed");
    case "stopped":
      return t("Stopped");
    case "brokenOff":
      return t("Broken off");
    case "cutOff":
      return t("The answer was cut off");
    default:
      return ending satisfies never;
  }
}

function decisionWords(state: ProposalState): string {
  switch (state) {
    case "open":
      return t("Proposal open");
    case "accepted":
      return t("Proposal accepted");
    case "rejected":
      return t("Proposal rejected");
    case "conflict":
      return t("Proposal in conflict with the file");
    case "undone":
      return t("Proposal undone");
    default:
      return state satisfies never;
  }
}

function changeWords(state: BlockState): string {
  switch (state) {
    case "open":
      return t("Change not decided any more");
    case "accepted":
      return t("Change accepted");
    case "rejected":
      return t("Change rejected");
    case "undone":
      return t("Change undone");
    default:
      return state satisfies never;
  }
}

function hintsTaken(run: RunState): number {
  return run.parts.reduce(
    (sum, part) => sum + (part.kind === "thought" ? (part.hints?.length ?? 0) : 0),
    0,
  );
}

/**
 * Tells a screen reader, politely and not too often: while it waits, a newer announcement takes the
 * place of the older.
 */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #pauseMs: number;
  #waiting: string | undefined;
  #paused = false;

  constructor(region: HTMLElement, pauseMs = 1_500) {
    this.#region = region;
    this.#pauseMs = pauseMs;
  }

  /** Says it unless something was said just now. */
  mention(text: string): void {
    if (!this.#paused) this.say(text);
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
