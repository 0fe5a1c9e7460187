import { compareLines } from "../../../base/text/compare-lines";
import { Lines } from "../../../base/text/lines";
import type { EditPlan, PlanRequest } from "../edit-plan";
import { limits } from "../limits";
import { isLocator } from "../locate/locate";
import { alreadyThere } from "../locate/placement";
import { indentOf } from "../text/indentation";
import { indexText } from "../text/indexed-text";

type Made = Extract<EditPlan, { kind: "plan" }>;

/**
 * What is made of a file has to stay when the same answer is taken once more: else it is not sure
 * which of the two is meant. An answer that shows the old code as well as the new leads to and fro;
 * then the surer way says which is the new. Who quotes the old lines has told them: an answer that
 * changes plus to minus in one function and minus to plus in the next is right.
 */
export async function settled(
  request: PlanRequest,
  first: EditPlan,
  plan: (request: PlanRequest) => Promise<EditPlan>,
): Promise<EditPlan> {
  const answered = request.answer.split("\n").length;
  const isLong = request.files.some(
    ({ text, languageId }) =>
      indexText(text, languageId).lines.length + answered > limits.plannedLines,
  );
  if (first.kind !== "plan" || isLong || isQuoted(first)) return first;
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
  if (changed.every(mayDiffer)) return first;
  const isBack = changed.every(({ text, after }) => text === after);
  if (isBack && sureness(first) >= sureness(again)) return first;
  if (isBack) return { kind: "unchanged", notices: [alreadyThere] };
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

/**
 * Whether a second time leaves alone what the first one wrote: what the answer is silent about is
 * taken for meant, now that nothing else changes.
 *
 *     file: export const a = 1;     answer: const a = 2;     keeps its `export`, and loses it then
 */
function mayDiffer(one: {
  readonly text: string;
  readonly now: string;
  readonly after: string;
}): boolean {
  const { text, now, after } = one;
  const own = Lines.of(text).bare;
  const made = Lines.of(now).bare;
  const last = Lines.of(after).bare;
  // An order is not sure either way.
  if (sorted(made) === sorted(last)) return true;
  const fresh = new Set<number>();
  for (const { bStart, bEnd } of compareLines(own, made))
    for (let at = bStart; at < bEnd; at++) fresh.add(at);
  const written = new Set([...fresh].map((at) => made[at]?.trim()));
  const leaves = (line: string, other: string): boolean =>
    other.trim() !== "" &&
    indentOf(line) === indentOf(other) &&
    line.trimEnd().endsWith(other.trim());
  return compareLines(made, last).every(({ aStart, aEnd, bStart, bEnd }) => {
    const left = last.slice(bStart, bEnd);
    const gone = made.slice(aStart, aEnd);
    return (
      gone.length > 0 &&
      left.every((other) => gone.some((line) => leaves(line, other))) &&
      gone.every((line) => !written.has(line.trim()) || left.some((other) => leaves(line, other)))
    );
  });
}

function sorted(lines: readonly string[]): string {
  return [...lines].sort().join("\n");
}
