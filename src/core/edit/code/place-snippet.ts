import { overlap } from "../../../base/text/line-range";
import { isElision, withoutOuterElisions } from "../answer/elision";
import { limits } from "../limits";
import { type Placement, placed } from "../locate/placement";
import { lineWeight } from "../text/line-similarity";
import { trimmed } from "../text/lines";
import { thresholds } from "../thresholds";
import { akinLines } from "./akin-lines";
import type { AnsweredCode } from "./answered-code";
import { fitPlace } from "./fit-place";

type CodePlacement = Placement | { readonly kind: "none" };

/**
 * Lines in the place of as many where the person asked, line for line the same or akin; of more
 * than two one has to be the very same. Those that differ are the change, also the first and last.
 *
 *     file: - run: npm ci          answer: - run: npm ci --offline
 *           - run: npm test                - run: npm test
 */
export function placeSnippet({ file, lines: shown }: AnsweredCode): CodePlacement {
  const { target } = file;
  const lines = trimmed(withoutOuterElisions(shown));
  const around = lines.length > 1 ? lines.length * 2 : 0;
  const isFew = lines.length <= limits.places && !lines.some((line) => isElision(line));
  if (!target || !isFew || target.end - target.start + around > limits.reach)
    return { kind: "none" };
  const place = akinLines(file, lines, {
    start: Math.max(0, target.start - around),
    end: target.end + around,
  });
  if (!place || !overlap(place, target)) return { kind: "none" };
  const isTold = lines.some(
    (line, at) =>
      lineWeight(line) >= thresholds.says && line.trim() === file.lines[place.start + at]?.trim(),
  );
  if (!isTold && lines.length > thresholds.pair) return { kind: "none" };
  const op = isTold ? { ...place, lines: fitPlace(file, place, lines).lines } : place;
  const notices = [
    lines.length > 1
      ? "The answer shows only some lines; they take the place of those that they resemble."
      : `The answer gives only the corrected line; it takes the place of line ${place.start + 1}, which it resembles most.`,
  ];
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}
