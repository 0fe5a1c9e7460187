import { lineAt } from "../../../base/text/lines";
import { sideOf } from "../code/fit/side";
import { depthOf } from "../text/indentation";
import { hasVersionOf } from "../text/line-similarity";
import { isAttribute, range, says } from "../text/lines";
import { goneUnsaid } from "./comments";
import type { Change, Judged, Objection } from "./judged-case";

/** `@total = 0` is a variable, and `@Test void adds() {` more than an attribute. */
const alone = /^\s*(?:@[\w.:]+\s*(?:\(|$)|[#[])/;

/**
 * A decorator or attribute does not go beside another change: who writes down from memory what
 * stands above a function forgets one of several.
 *
 *     file: @task(retries=3)     answer: @task(retries=5)
 *           @locked                      def sync(user):
 *           def sync(user):
 */
export function ifAttributeIsGone(judged: Judged): Objection | undefined {
  const { before, after, facts, changes } = judged;
  const { texts } = judged.outcome;
  if (facts.selectors || facts.blocks === "none") return undefined;
  const isOne = (line: string): boolean => isAttribute(line) && alone.test(line);
  const lostIn = ({ aStart, aEnd }: Change): number[] =>
    range(aStart, aEnd).filter((at) => {
      const text = lineAt(before.lines, at).trim();
      return isOne(text) && texts.times(text) < texts.timesBefore(text);
    });
  const suspects = changes.filter(
    (change) =>
      lostIn(change).length > after.lines.slice(change.bStart, change.bEnd).filter(isOne).length,
  );
  if (suspects.length === 0) return undefined;
  const { roles } = sideOf(before.lines, facts, []);
  const isCode = (role: string | undefined): boolean => role === "code" || role === "import";
  const changesMore = changes.some(
    ({ aStart, aEnd, bStart, bEnd }) =>
      roles.slice(aStart, aEnd).some(isCode) || after.lines.slice(bStart, bEnd).some(says),
  );
  for (const change of changesMore ? suspects : []) {
    const fresh = after.lines.slice(change.bStart, change.bEnd);
    for (const at of lostIn(change)) {
      // With what it belongs to it may go.
      const below = roles.findIndex((role, other) => other > at && isCode(role));
      const [line, head] = [lineAt(before.lines, at), lineAt(before.lines, below)];
      const stays = below >= change.aEnd || hasVersionOf(head, fresh);
      if (roles[at] === "attribute" && depthOf(line) === depthOf(head) && stays)
        return { message: goneUnsaid(line), line: at };
    }
  }
  return undefined;
}
