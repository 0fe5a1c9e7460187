import { lineAt } from "../../../base/text/lines";
import { sideOf } from "../code/fit/side";
import { depthOf } from "../text/indentation";
import { hasVersionOf } from "../text/line-similarity";
import { isAttribute, says, timesOf } from "../text/lines";
import { goneUnsaid } from "./comments";
import type { Judged, Objection } from "./judged-case";

/** The names of those on a line; `@total = 0` is a variable. */
function namesOn(line: string): string[] {
  if (!isAttribute(line) || /^\s*@\w+\s*[-+*|&]*=/.test(line)) return [];
  // `[HttpGet, Authorize]`
  const [, listed = ""] = /^\s*#?\[([A-Z][^\]]*)\]/.exec(line) ?? [];
  const more = listed
    .replace(/\([^()]*\)/g, "")
    .split(",")
    .slice(1);
  return [
    ...(line.match(/(?<!\S)(?:@[\w.:]+|#?!?\[\w+)/g) ?? []),
    ...more.map((name) => name.trim()),
  ];
}

/** What an attribute stands before on its own line: `void adds() {`. */
function behindAttributes(line: string): string {
  return line.replace(/^\s*(?:@[\w.:]+(?:\([^()]*\))?\s+)+/, "");
}

/**
 * A decorator or attribute does not go beside another change: who writes down from memory what
 * stands above a function forgets one of several.
 *
 *     file: @task(retries=3)     answer: @task(retries=5)
 *           @locked                      def sync(user):
 *           def sync(user):
 */
export function ifAttributeIsGone({
  before,
  after,
  facts,
  changes,
  toldGone,
}: Judged): Objection | undefined {
  if (facts.selectors || facts.blocks === "none") return undefined;
  const suspects = changes.filter(({ aStart, aEnd, bStart, bEnd }) => {
    const names = before.lines.slice(aStart, aEnd).flatMap(namesOn);
    return names.length > after.lines.slice(bStart, bEnd).flatMap(namesOn).length;
  });
  if (suspects.length === 0) return undefined;
  const [had, has] = [before, after].map(({ lines }) => timesOf(lines.flatMap(namesOn)));
  const isGone = (name: string): boolean =>
    (has?.get(name) ?? 0) < (had?.get(name) ?? 0) &&
    !toldGone.some((told) => told.includes(name.replace(/^\W+/, "")));
  const { roles } = sideOf(before.lines, facts, []);
  const isCode = (role: string | undefined): boolean => role === "code" || role === "import";
  const changesMore = changes.some(
    ({ aStart, aEnd, bStart, bEnd }) =>
      roles.slice(aStart, aEnd).some(isCode) || after.lines.slice(bStart, bEnd).some(says),
  );
  for (const change of changesMore ? suspects : []) {
    const fresh = after.lines.slice(change.bStart, change.bEnd).map(behindAttributes);
    for (let at = change.aStart; at < change.aEnd; at++) {
      const line = lineAt(before.lines, at);
      if (roles[at] !== "attribute" || !namesOn(line).some(isGone)) continue;
      // With what it belongs to it may go.
      const below = roles.findIndex((role, other) => other > at && isCode(role));
      const isAbove = depthOf(line) === depthOf(before.lines[below]);
      if (isAbove && below >= change.aEnd) return { message: goneUnsaid(line), line: at };
      if (hasVersionOf(behindAttributes(isAbove ? lineAt(before.lines, below) : line), fresh))
        return { message: goneUnsaid(line), line: at };
    }
  }
  return undefined;
}
