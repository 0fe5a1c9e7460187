import { planEdits } from "../../src/core/edit/plan-edits";
import type { MalformedCase } from "./malformed-edits";

/**
 * `refused` only where the edit should have been applied; refusing what must be refused is `right`.
 */
export type Verdict = "right" | "damaged" | "wrongPlace" | "refused";

/** What came of a case, with the text or the reason. */
export async function judge(one: MalformedCase): Promise<{ verdict: Verdict; detail: string }> {
  const plan = await planEdits({
    answer: one.answer,
    truncated: one.truncated === true,
    files: [{ path: one.path, languageId: one.languageId, text: one.text }],
  });
  if (plan.kind !== "plan") {
    const detail = plan.kind === "refusal" ? `${plan.code}: ${plan.message}` : "unchanged";
    return { verdict: one.truth === undefined ? "right" : "refused", detail };
  }
  const proposed = plan.files[0]?.proposed ?? "";
  if (one.truth === undefined) return { verdict: "wrongPlace", detail: proposed };
  if (proposed === one.truth) return { verdict: "right", detail: "" };
  const before = one.text.split("\n");
  const after = proposed.split("\n");
  const head = before.slice(0, one.start);
  const tail = before.slice(one.end);
  const intact =
    head.every((line, at) => after[at] === line) &&
    tail.every((line, at) => after[after.length - tail.length + at] === line);
  return { verdict: intact ? "damaged" : "wrongPlace", detail: proposed };
}
