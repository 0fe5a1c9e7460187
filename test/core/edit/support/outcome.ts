import type { EditableFile, EditPlan, PlanRequest } from "../../../../src/core/edit/edit-plan";
import { planEdits } from "../../../../src/core/edit/plan-edits";
import type { Sample } from "./samples";

/** The plan of an answer about a sample, with the file changed as the case needs it. */
export function planOf(
  one: Pick<Sample, "path" | "language" | "text">,
  answer: string,
  change: Partial<EditableFile> = {},
  request: Partial<PlanRequest> = {},
): Promise<EditPlan> {
  const file: EditableFile = {
    path: one.path,
    languageId: one.language,
    text: one.text,
    ...change,
  };
  return planEdits({ answer, truncated: false, files: [file], ...request });
}

/**
 * What came of a plan for one file, in a form that reads well in a failed test: the new text,
 * `unchanged`, or `code: message`.
 */
export function outcomeOf(plan: EditPlan): string {
  switch (plan.kind) {
    case "plan":
      return plan.files[0]?.proposed ?? "";
    case "unchanged":
      return "unchanged";
    case "refusal":
      return `${plan.code}: ${plan.message}`;
    default:
      return plan satisfies never;
  }
}

/** The notices of a plan, over all its files. */
export function noticesOf(plan: EditPlan): string {
  return plan.kind === "plan" ? plan.files.flatMap((file) => file.notices).join("\n") : "";
}
