import type { EditPlan, EditSyntax } from "../../../../src/core/edit/edit-plan";
import { hunksOf } from "../../../../src/core/edit/hunks";
import { planEdits } from "../../../../src/core/edit/plan-edits";
import type { Expectation, LabelledAnswer } from "./recorded-answers";

/**
 * `damaged`: the right place, another text; `wrongPlace`: lines outside the declarations that the
 * truth changes; `wronglyApplied`: a change where there must be none; `wronglyRefused`: none where
 * there must be one, or the wrong word for it.
 */
export type AnswerVerdict =
  | "right"
  | "damaged"
  | "wrongPlace"
  | "wronglyApplied"
  | "wronglyRefused";

export interface Judgement {
  readonly verdict: AnswerVerdict;
  /** What the engine came to, for a person to read. */
  readonly detail: string;
}

/** Plans a recorded answer as the product does, and holds the plan against the truth. */
export async function judgeAnswer(one: LabelledAnswer, syntax: EditSyntax): Promise<Judgement> {
  const plan = await planOf(one, syntax);
  const detail = describePlan(one.text, plan);
  const { expect, also = [] } = one.label;
  const accepted = [expect, ...also];
  if (plan.kind !== "plan")
    return {
      verdict: accepted.some((kind) => fits(kind, plan.kind)) ? "right" : "wronglyRefused",
      detail,
    };
  const proposed = plan.files[0]?.proposed ?? "";
  if (plan.files.length === 1 && one.truths.some((truth) => sameText(truth, proposed)))
    return { verdict: "right", detail };
  if (!accepted.includes("edit")) return { verdict: "wronglyApplied", detail };
  const outside = await outsideOf(one, proposed, syntax);
  return { verdict: outside ? "wrongPlace" : "damaged", detail };
}

function planOf(
  one: Pick<
    LabelledAnswer,
    "answer" | "truncated" | "path" | "languageId" | "text" | "targetLines"
  >,
  syntax: EditSyntax,
): Promise<EditPlan> {
  const [first, last] = one.targetLines;
  const targetRange = {
    start: { line: first - 1, character: 0 },
    end: { line: last, character: 0 },
  };
  const { answer, truncated, path, languageId, text } = one;
  return planEdits({ answer, truncated, files: [{ path, languageId, text, targetRange }], syntax });
}

function describePlan(text: string, plan: EditPlan): string {
  switch (plan.kind) {
    case "plan":
      return plan.files
        .map((file) =>
          [`${file.match}, ${file.syntax}`, ...file.notices, ...diffOf(text, file.proposed)].join(
            "\n",
          ),
        )
        .join("\n");
    case "unchanged":
      return "unchanged";
    case "refusal":
      return `${plan.code}: ${plan.message}`;
    default:
      return plan satisfies never;
  }
}

function diffOf(before: string, after: string): string[] {
  return hunksOf(before, after, 1).flatMap((hunk) => [`@@ ${hunk.oldStart}`, ...hunk.lines]);
}

function fits(expectation: Expectation, kind: "unchanged" | "refusal"): boolean {
  switch (expectation) {
    case "edit":
      return false;
    case "unchanged":
      return kind === "unchanged";
    case "none":
    case "refuse":
      return kind === "refusal";
    default:
      return expectation satisfies never;
  }
}

/**
 * Spaces on an otherwise empty line that the model wrote may stay or go; the programs have none.
 */
function sameText(truth: string, proposed: string): boolean {
  const bare = (text: string): string => text.replace(/^[ \t]+$/gm, "");
  return bare(truth) === bare(proposed);
}

/**
 * Whether a change lies outside the innermost declarations (with a line around) that the first
 * truth, or any other, changes.
 */
async function outsideOf(
  one: LabelledAnswer,
  proposed: string,
  syntax: EditSyntax,
): Promise<boolean> {
  const outline = (await syntax.outline(one.languageId, one.text)) ?? [];
  const spans = one.truths
    .flatMap((truth) => changedLines(one.text, truth))
    .map(([start, end]) => {
      const around = outline.filter(
        (symbol) => symbol.range.start.line <= start && symbol.range.end.line + 1 >= end,
      );
      const innermost = around.at(-1);
      return innermost === undefined
        ? [start, end]
        : [
            Math.min(start, innermost.range.start.line),
            Math.max(end, innermost.range.end.line + 1),
          ];
    });
  return changedLines(one.text, proposed).some(
    ([start, end]) => !spans.some(([from = 0, to = 0]) => start >= from - 1 && end <= to + 1),
  );
}

/**
 * Zero-based stretches of the old text that become others; the end is exclusive, and equals the
 * start of what is only inserted.
 */
function changedLines(before: string, after: string): (readonly [number, number])[] {
  return hunksOf(before, after, 0).map((hunk) => {
    const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    return [start, start + hunk.oldLines] as const;
  });
}
