import { compareLines } from "../../../base/text/compare-lines";
import { Lines } from "../../../base/text/lines";
import type { AnswerEdit } from "../answer/answer-edit";
import { withoutBinding } from "../code/fit/binding";
import { changesTold } from "../code/prose-edits";
import type { EditPlan, PlanRequest } from "../edit-plan";
import { limits } from "../limits";
import { isLocator } from "../locate/locate";
import { alreadyThere } from "../locate/placement";
import { indexText } from "../text/indexed-text";
import { says, worded } from "../text/lines";

type Made = Extract<EditPlan, { kind: "plan" }>;

/**
 * What is made of a file has to stay when the same answer is taken once more: else it is not sure
 * which of the two is meant. An answer that shows the old code as well as the new leads to and fro;
 * then the surer way says which is the new: one that changes plus to minus in one function and
 * minus to plus in the next, and quotes both, is right.
 */
export async function settled(
  request: PlanRequest,
  first: EditPlan,
  edits: readonly AnswerEdit[],
  plan: (request: PlanRequest) => Promise<EditPlan>,
): Promise<EditPlan> {
  const answered = request.answer.split("\n").length;
  const isLong = request.files.some(
    ({ text, languageId }) =>
      indexText(text, languageId).lines.length + answered > limits.plannedLines,
  );
  if (first.kind !== "plan") return first;
  // It takes two edits to lead to and fro, or a sentence beside the code.
  if (isLong && edits.length === 1 && changesTold(request.answer, true).size === 0) return first;
  const made = textsOf(first);
  const files = request.files.map((file) => {
    const { outline, ...rest } = file;
    const text = made.get(file.path);
    return text === undefined ? file : { ...rest, text };
  });
  const { syntax, ...others } = request;
  const isRead = first.files.some((file) => file.syntax !== "unknown");
  const again = await plan({ ...others, files, ...(syntax && isRead ? { syntax } : {}) });
  if (again.kind !== "plan") return first;
  const then = textsOf(again);
  const changed = request.files.flatMap(({ path, text }) => {
    const [now, after] = [made.get(path), then.get(path)];
    return now === undefined || after === undefined || now === after ? [] : [{ text, now, after }];
  });
  const areQuoted = isQuoted(first) && isQuoted(again);
  if (changed.every((one) => areBindings(one) || (areQuoted && meetsTwins(one)))) return first;
  const isBack = changed.every(({ text, after }) => text === after);
  const surer = sureness(first) - sureness(again);
  if (isBack && (surer > 0 || isQuoted(first))) return first;
  if (isBack && surer < 0) return { kind: "unchanged", notices: [alreadyThere] };
  return {
    kind: "refusal",
    code: "stale",
    message:
      "Taken a second time, the answer would change the file again, so it is not sure what it means.",
    candidates: [],
    fine: [],
  };
}

function textsOf({ files }: Made): Map<string, string> {
  return new Map(
    files.flatMap(({ path, change, proposed }) => (change === "edit" ? [[path, proposed]] : [])),
  );
}

/** Whether the old lines were told, and not only the new. */
function isQuoted({ files }: Made): boolean {
  return files.every(({ by }) => by.every(isLocator));
}

function sureness(made: Made): number {
  return isQuoted(made) ? 2 : made.files.every(({ match }) => match === "symbol") ? 1 : 0;
}

interface Changed {
  readonly text: string;
  readonly now: string;
  readonly after: string;
}

/** Whether the second time only takes away what the first one kept: `export`. */
function areBindings({ now, after }: Changed): boolean {
  const bare = (text: string): string =>
    linesOf(text)
      .map((line) => withoutBinding(line).trim())
      .join("\n");
  return bare(now) === bare(after);
}

/**
 * Whether the second time meets only twins of what was quoted: elsewhere the same change, now that
 * it is the only one, or in what the first time made of other quoted lines, which it takes back.
 * Minus to plus in one function and plus to minus in the next is right.
 */
function meetsTwins({ text, now, after }: Changed): boolean {
  const [old, fresh, then] = [linesOf(text), linesOf(now), linesOf(after)];
  const made = compareLines(old, fresh);
  const keyOf = (was: readonly string[], is: readonly string[]): string =>
    JSON.stringify([worded(was), worded(is)]);
  const changes = new Set(
    made.map((each) =>
      keyOf(old.slice(each.aStart, each.aEnd), fresh.slice(each.bStart, each.bEnd)),
    ),
  );
  return compareLines(fresh, then).every(({ aStart, aEnd, bStart, bEnd }) => {
    const [was, is] = [fresh.slice(aStart, aEnd), then.slice(bStart, bEnd)];
    const touched = made.filter((each) => aStart <= each.bEnd && each.bStart <= aEnd);
    if (touched.length === 0) return [...was, ...is].some(says) && changes.has(keyOf(was, is));
    return touched.every((each) => {
      const before = old.slice(each.aStart, each.aEnd);
      return before.length === is.length && before.every((line, at) => line === is[at]);
    });
  });
}

function linesOf(text: string): readonly string[] {
  return Lines.of(text).bare;
}
