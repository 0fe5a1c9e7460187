import { withLineFeeds } from "../../base/text/lines";
import { rebase } from "../../core/edit/rebase";
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
  | { readonly kind: "create"; readonly uri: string; readonly path: string; readonly text: string };

/** `conflict`: the person changed the file where the proposal does. */
export type PlannedLanding = Landing | { readonly kind: "conflict"; readonly path: string };

/**
 * What the proposal makes of a file as it is now. Everything is compared with plain line feeds, and what lands has the file's own line
 * ends.
 * @param current undefined for a file that is to be created.
 * @param proposed the proposal's text as it stands in the review, the person's own changes to it included.
 */
export function planLanding(
  { uri, path, base, proposed: asGiven }: FileProposal,
  current: string | undefined,
  proposed: string,
): PlannedLanding {
  if (current === undefined) return { kind: "create", uri, path, text: proposed };
  const edit = { kind: "edit", uri, path, before: current } as const;
  // A file that mixes line ends keeps them: nothing has to be carried over.
  if (current === base && proposed === asGiven) return { ...edit, after: proposed };
  const rebased = rebase({
    base: withLineFeeds(base),
    proposed: withLineFeeds(proposed),
    current: withLineFeeds(current),
  });
  if (rebased.kind === "conflict") return { kind: "conflict", path };
  const after = current.includes("\r\n") ? rebased.text.replaceAll("\n", "\r\n") : rebased.text;
  return { ...edit, after };
}

/** Whether everything that was proposed is there already, typed by the person or reverted in the review. */
export function changesNothing(landings: readonly Landing[]): boolean {
  return landings.every((each) => each.kind === "edit" && each.before === each.after);
}
