import { guardedChange } from "../../base/guard/guarded-change";
import { type Guard, guardedPlace } from "../../base/guard/guarded-places";
import { Changes } from "../../base/text/changes";
import { lineEndIn, withLineEnds } from "../../base/text/line-ends";
import { touch } from "../../base/text/line-range";
import { wholeLines, withLineFeeds } from "../../base/text/lines";
import { type RebaseRequest, rebase } from "../../core/edit/rebase";
import type { FileProposal } from "../../protocol/proposal";

/** What accepting does to one file. */
export type Landing =
  | {
      readonly kind: "edit";
      readonly uri: string;
      readonly path: string;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: "create"; readonly uri: string; readonly path: string; readonly text: string }
  | {
      readonly kind: "remove";
      readonly uri: string;
      readonly path: string;
      readonly before: string;
    };

/** The person changed the file where the proposal does, first at the zero-based line. */
export interface LandingConflict {
  readonly kind: "conflict";
  readonly path: string;
  readonly line: number;
}

export type PlannedLanding = Landing | LandingConflict;

/**
 * What the proposal makes of a file as it is now. Everything is compared with plain line feeds, and
 * what lands has the file's own line ends.
 * @param current undefined for a file that is to be created.
 * @param proposed the proposal's text as it stands in the review, the person's own changes to it
 * included; undefined where the file is to go.
 */
export function planLanding(
  { uri, path, base, proposed: asGiven }: FileProposal,
  current: string | undefined,
  proposed: string | undefined,
): PlannedLanding {
  if (proposed === undefined) return planRemoval({ uri, path, base }, current ?? "");
  if (current === undefined) return { kind: "create", uri, path, text: proposed };
  const edit = { kind: "edit", uri, path, before: current } as const;
  // A file that mixes line ends keeps them: nothing has to be carried over.
  if (current === base && proposed === asGiven) return { ...edit, after: proposed };
  const rebased = rebase({
    base: withLineFeeds(base),
    proposed: withLineFeeds(proposed),
    current: withLineFeeds(current),
  });
  if (rebased.kind === "conflict") return { kind: "conflict", path, line: clashLine(rebased) };
  return { ...edit, after: withLineEnds(rebased.text, lineEndIn(current)) };
}

/** A file goes as long as nothing was written into it. */
function planRemoval(
  { uri, path, base }: Pick<FileProposal, "uri" | "path" | "base">,
  before: string,
): PlannedLanding {
  const texts = { base: withLineFeeds(base), proposed: "", current: withLineFeeds(before) };
  return texts.base === texts.current
    ? { kind: "remove", uri, path, before }
    : { kind: "conflict", path, line: clashLine(texts) };
}

/** Where in the current text the first change stands that is in the way of the proposed one. */
function clashLine({ base, proposed, current }: RebaseRequest): number {
  const lines = wholeLines(base);
  const wanted = Changes.between(lines, wholeLines(proposed)).list;
  const made = Changes.between(lines, wholeLines(current)).list;
  return made.find((change) => wanted.some((each) => touch(change, each)))?.newStart ?? 0;
}

/**
 * Whether everything that was proposed is there already, typed by the person or reverted in the
 * review.
 */
export function changesNothing(landings: readonly Landing[]): boolean {
  return landings.every((each) => each.kind === "edit" && each.before === each.after);
}

/** Where a file is really kept. */
export interface KeptPlace {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** It seems to stand in its folder, and is really elsewhere. */
  readonly leadsOut: boolean;
}

/**
 * Why a landing is no part of a general accept; undefined for an ordinary one, and for one that
 * changes nothing. Both the path as it is written and the one that it leads to count.
 * @param kept undefined for a document that is on no disk.
 */
export function guardOf(landing: Landing, kept: KeptPlace | undefined): Guard | undefined {
  const before = landing.kind === "create" ? "" : landing.before;
  const after = textOf(landing);
  if (landing.kind === "edit" && before === after) return undefined;
  if (kept?.leadsOut) return { kind: "outside", name: kept.path };
  const byPlace = guardedPlace(landing.path) ?? guardedPlace(pathOf(landing.uri));
  const byRealPlace = kept === undefined ? undefined : guardedPlace(kept.path);
  return byPlace ?? byRealPlace ?? guardedChange(landing.path, before, after);
}

/** What the file becomes; empty where it goes. */
export function textOf(landing: Landing): string {
  if (landing.kind === "remove") return "";
  return landing.kind === "edit" ? landing.after : landing.text;
}

function pathOf(uri: string): string {
  // A path that cannot be read as it is written is looked at as it is written.
  const path = /^[a-z][\w+.-]*:(?:\/\/[^/]*)?(?<path>[^?#]*)/i.exec(uri)?.groups?.["path"] ?? uri;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
