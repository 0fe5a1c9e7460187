import { t } from "../../base/l10n";
import type { Target } from "../../protocol/document";
import type { FileProposal, Proposal } from "../../protocol/proposal";
import type { SyntaxContext } from "../../protocol/syntax";
import type { SecretMasks } from "../context/secret-masks";
import type { EditPlan, EditRefusal, EditSyntax, PlannedFile } from "../edit/edit-plan";
import { hunksOf } from "../edit/hunks";
import { planEdits } from "../edit/plan-edits";
import { newFileUri } from "./new-file-uri";

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
  /** Whether nothing is at a path yet. Absent: the answer may bring no new file. */
  readonly isFree?: (path: string) => Promise<boolean>;
  /** What was hidden in what the model was shown. */
  readonly secrets?: SecretMasks;
}

/** Why an edit is refused that would write a mask where a secret stands. */
export function strayMaskText(mask: string): string {
  return t("The edit would write `{0}`, which stands for no secret of the file.", mask);
}

/** Turns the answer (never the reasoning) into a proposal for the target's file, and for new files that it brings along. */
export async function propose(
  written: string,
  truncated: boolean,
  facts: ProposeFacts,
): Promise<Verdict> {
  const { target, range, context, syntax, secrets } = facts;
  // The model saw masks where secrets stand; what is planned and written has the secrets.
  const answer = secrets?.reveal(written) ?? written;
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
    mayCreate: facts.isFree !== undefined,
  });
  switch (plan.kind) {
    case "unchanged":
      return { kind: "unchanged" };
    case "refusal":
      return plan;
    case "plan": {
      const created = plan.files.filter((file) => file.change === "create");
      // A file of its own beside no edit is an example, or better copied from the answer.
      if (created.length === plan.files.length)
        return refusal("noEdit", "The answer holds no edit of the file.");
      for (const { path } of created)
        if (!(await facts.isFree?.(path)))
          return refusal(
            "path",
            `The answer writes \`${path}\` anew, but that file is there already.`,
          );
      const stray = plan.files.map(({ proposed }) => secrets?.strayIn(proposed)).find(Boolean);
      if (stray !== undefined && !target.text.includes(stray))
        return refusal("malformed", strayMaskText(stray));
      const files = plan.files.flatMap((file) => fileProposal(file, target) ?? []);
      if (files.length < plan.files.length)
        return refusal(
          "path",
          "The answer brings a new file, and it cannot be told where it belongs.",
        );
      return {
        kind: "proposal",
        proposal: { id: crypto.randomUUID(), files },
        breaksSyntax: plan.files.some((file) => file.syntax === "broken"),
      };
    }
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

function refusal(code: EditRefusal["code"], message: string): EditRefusal {
  return { kind: "refusal", code, message, candidates: [], fine: [] };
}

/** Undefined for a new file whose place cannot be told. */
function fileProposal(file: PlannedFile, target: Target): FileProposal | undefined {
  const isNew = file.change === "create";
  const base = isNew ? "" : target.text;
  const uri = isNew ? newFileUri(target, file.path) : target.uri;
  if (uri === undefined) return undefined;
  return {
    uri,
    path: file.path,
    languageId:
      !isNew || ending(file.path) === ending(target.path) ? target.languageId : "plaintext",
    change: file.change,
    base,
    proposed: file.proposed,
    hunks: hunksOf(base, file.proposed),
    match: file.match,
    syntax: file.syntax,
    notices: file.notices,
  };
}

function ending(path: string): string {
  return path.slice(path.lastIndexOf("."));
}
