import type { Target } from "../../protocol/document";
import type { FileProposal, Proposal } from "../../protocol/proposal";
import type { SyntaxContext } from "../../protocol/syntax";
import type { EditPlan, EditSyntax, PlannedFile } from "../edit/edit-plan";
import { hunksOf } from "../edit/hunks";
import { planEdits } from "../edit/plan-edits";
import type { Prompt } from "../prompt/build-prompt";

/** What an answer comes to. */
export type Verdict =
  | { readonly kind: "proposal"; readonly proposal: Proposal; readonly breaksSyntax: boolean }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refusal"; readonly code: Extract<EditPlan, { kind: "refusal" }>["code"]; readonly message: string };

/** Turns the answer (never the reasoning) into a proposal for the target's file. */
export async function propose(
  answer: string,
  truncated: boolean,
  target: Target,
  prompt: Prompt,
  context: SyntaxContext | undefined,
  syntax: EditSyntax,
): Promise<Verdict> {
  const plan = await planEdits({
    answer,
    truncated,
    files: [
      {
        path: target.path,
        languageId: target.languageId,
        text: target.text,
        targetRange: prompt.context.symbol?.range ?? target.range,
        ...(context === undefined ? {} : { outline: context.outline }),
      },
    ],
    syntax,
  });
  switch (plan.kind) {
    case "unchanged":
      return { kind: "unchanged" };
    case "refusal":
      return { kind: "refusal", code: plan.code, message: plan.message };
    case "plan": {
      const files = plan.files.map((file) => fileProposal(file, target));
      return {
        kind: "proposal",
        proposal: { id: crypto.randomUUID(), files },
        breaksSyntax: files.some((file) => file.syntax === "broken"),
      };
    }
    default: {
      const never: never = plan;
      return never;
    }
  }
}

function fileProposal(file: PlannedFile, target: Target): FileProposal {
  return {
    uri: target.uri,
    path: file.path,
    languageId: target.languageId,
    change: "edit",
    base: target.text,
    proposed: file.proposed,
    hunks: hunksOf(target.text, file.proposed),
    match: file.match,
    syntax: file.syntax,
    notices: file.notices,
  };
}
