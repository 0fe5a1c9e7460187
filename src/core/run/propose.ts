import type { Target } from "../../protocol/document";
import type { FileProposal, Proposal } from "../../protocol/proposal";
import type { SyntaxContext } from "../../protocol/syntax";
import type { EditPlan, EditRefusal, EditSyntax, PlannedFile } from "../edit/edit-plan";
import { hunksOf } from "../edit/hunks";
import { planEdits } from "../edit/plan-edits";

/** What an answer comes to. */
export type Verdict =
  | { readonly kind: "proposal"; readonly proposal: Proposal; readonly breaksSyntax: boolean }
  | { readonly kind: "unchanged" }
  | EditRefusal;

/** What an answer is planned against. */
export interface ProposeFacts {
  readonly target: Target;
  /** Decides between equal places. */
  readonly range: Target["range"];
  readonly context: SyntaxContext | undefined;
  readonly syntax: EditSyntax;
}

/** Turns the answer (never the reasoning) into a proposal for the target's file. */
export async function propose(answer: string, truncated: boolean, facts: ProposeFacts): Promise<Verdict> {
  const { target, range, context, syntax } = facts;
  const plan: EditPlan = await planEdits({
    answer,
    truncated,
    files: [
      {
        path: target.path,
        ...absolutePathOf(target.uri),
        languageId: target.languageId,
        text: target.text,
        targetRange: range,
        ...(context === undefined ? {} : { outline: context.outline }),
      },
    ],
    syntax,
  });
  switch (plan.kind) {
    case "unchanged":
      return { kind: "unchanged" };
    case "refusal":
      return plan;
    case "plan":
      return {
        kind: "proposal",
        proposal: { id: crypto.randomUUID(), files: plan.files.map((file) => fileProposal(file, target)) },
        breaksSyntax: plan.files.some((file) => file.syntax === "broken"),
      };
    default: {
      const never: never = plan;
      return never;
    }
  }
}

/** Nothing for a document that is no file, such as one that was never saved. */
function absolutePathOf(uri: string): { absolutePath?: string } {
  if (!uri.startsWith("file:///")) return {};
  try {
    const path = decodeURIComponent(new URL(uri).pathname);
    return { absolutePath: /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path };
  } catch {
    return {};
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
