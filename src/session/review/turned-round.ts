import { Changes } from "../../base/text/changes";
import { touch } from "../../base/text/line-range";
import { blocksOf } from "../../protocol/hunk-blocks";
import type { WantedText } from "./landing-door";
import { type ReviewedFile, recordedState, standingBlocks } from "./proposals";
import { reviewLines } from "./review-blocks";

/**
 * An accepted edit of a file turned round: it lands as any other does, on the file as it is now,
 * and takes out what was accepted. Undefined where nothing of it is accepted.
 * @param taken what was put into the file, the person's own changes in the review included.
 */
export function turnedRound(reviewed: ReviewedFile, taken: string): WantedText | undefined {
  const { file } = reviewed;
  if (standingBlocks(reviewed).length === 0) return undefined;
  const turned = (base: string): ReviewedFile => ({
    ...reviewed,
    file: { ...file, change: "edit", base, proposed: file.base },
  });
  if (file.change === "create") return { reviewed: turned(taken), text: undefined };
  const base = reviewLines(file.base);
  const others = blocksOf(file.hunks).filter(
    (_block, index) => recordedState(reviewed, index) !== "accepted",
  );
  const standing = Changes.between(base, reviewLines(taken)).without((change) =>
    others.some((block) => touch(change, block)),
  );
  return { reviewed: turned(standing.apply(base).join("")), text: file.base };
}
