import { FailureError } from "../../core/failure-error";
import type { KnownProposal } from "../../runs/run-lists";
import {
  changesNothing,
  guardOf,
  type KeptPlace,
  type Landing,
  type LandingConflict,
  planLanding,
  textOf,
} from "./landing";
import type { ReviewedFile } from "./proposals";
import type { ReviewFront } from "./review-front";

/** How often a file may change between planning and applying before we give up. */
const maxPlans = 5;

/** A file of a proposal, and the text that it is to become. */
export interface WantedText {
  readonly reviewed: ReviewedFile;
  /** Undefined where it is to go. */
  readonly text: string | undefined;
}

/**
 * `conflict`: the person changed a file where the proposal does, and nothing landed. Else what
 * landed, and in which files.
 */
export type Landed =
  | LandingConflict
  | {
      readonly kind: "landed";
      readonly landings: readonly Landing[];
      readonly files: readonly ReviewedFile[];
      /** The person did not confirm a guarded file. */
      readonly heldBack: boolean;
    };

/**
 * The one door through which a proposal reaches files. Lands what is wanted, planning anew while
 * the files move: all of it or none, but for guarded places that the person does not confirm.
 * Throws FailureError when it cannot.
 * @param wanted asked for anew before each plan.
 */
export async function landThrough(
  front: ReviewFront,
  known: KnownProposal,
  wanted: () => Promise<readonly WantedText[]>,
): Promise<Landed> {
  const confirmed = new Map<string, boolean>();
  for (let plans = 0; plans < maxPlans; plans++) {
    const planned = await plan(front, await wanted());
    if ("kind" in planned) return planned;
    const confirmedOnes: PlacedFile[] = [];
    for (const each of planned) {
      const placed = { ...each, kept: await front.keptPlace(each.reviewed) };
      if (await mayLand(front, placed, confirmed)) confirmedOnes.push(placed);
    }
    // Asking takes as long as the person does, and a link is changed in no time.
    if (!(await areInPlace(front, confirmedOnes))) continue;
    const landings = confirmedOnes.map(({ landing }) => landing);
    if (changesNothing(landings) || (await front.land(landings)) === "landed") {
      const files = confirmedOnes.map(({ reviewed }) => reviewed);
      return { kind: "landed", landings, files, heldBack: files.length < planned.length };
    }
  }
  throw new FailureError({ kind: "applyRefused", path: known.proposal.files[0]?.path ?? "" });
}

interface PlannedFile {
  readonly reviewed: ReviewedFile;
  readonly landing: Landing;
}

interface PlacedFile extends PlannedFile {
  /** Where the file was kept when it was looked at. */
  readonly kept: KeptPlace | undefined;
}

async function plan(
  front: ReviewFront,
  wanted: readonly WantedText[],
): Promise<readonly PlannedFile[] | LandingConflict> {
  const planned: PlannedFile[] = [];
  for (const { reviewed, text } of wanted) {
    const landing = planLanding(reviewed.file, await front.textToChange(reviewed), text);
    if (landing.kind === "conflict") return landing;
    planned.push({ reviewed, landing });
  }
  return planned;
}

/** Whether each file is still kept where it was when it was found ordinary, or confirmed. */
async function areInPlace(front: ReviewFront, files: readonly PlacedFile[]): Promise<boolean> {
  for (const { reviewed, kept } of files) {
    const now = await front.keptPlace(reviewed);
    if (now?.path !== kept?.path || now?.leadsOut !== kept?.leadsOut) return false;
  }
  return true;
}

/**
 * @param confirmed what the person said of a file's text: a yes holds for the text that it was said
 * of, and no other.
 */
async function mayLand(
  front: ReviewFront,
  { landing, kept }: PlacedFile,
  confirmed: Map<string, boolean>,
): Promise<boolean> {
  const guard = guardOf(landing, kept);
  if (guard === undefined) return true;
  const key = JSON.stringify([landing.uri, kept?.path, textOf(landing)]);
  const may = confirmed.get(key) ?? (await front.confirmGuarded({ landing, guard, kept }));
  confirmed.set(key, may);
  return may;
}
