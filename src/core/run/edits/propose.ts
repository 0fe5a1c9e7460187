import { defined } from "../../../base/defined";
import { guardedChange } from "../../../base/guard/guarded-change";
import { guardedPlace } from "../../../base/guard/guarded-places";
import { t } from "../../../base/l10n";
import { languageOf } from "../../../base/languages/language-of-file";
import type { ShownFile, Target } from "../../../protocol/document";
import type { FileProposal, Proposal } from "../../../protocol/proposal";
import type { SyntaxContext } from "../../../protocol/syntax";
import type { SecretMasks } from "../../context/secret-masks";
import type {
  EditPlan,
  EditRefusal,
  EditSyntax,
  GivenEdit,
  PlannedFile,
} from "../../edit/edit-plan";
import { hunksOf } from "../../edit/hunks";
import { syntaxVerdict } from "../../edit/plan/syntax-verdict";
import { planEdits } from "../../edit/plan-edits";
import { isWithin } from "../../edit/text/is-within";
import { guardReason } from "./guard-reason";
import { areMeantAsFiles } from "./meant-as-files";
import { newFileUri } from "./new-file-uri";
import { type SeenCode, withoutUnseen } from "./unseen-code";

/** What an answer comes to. */
export type Verdict =
  | { readonly kind: "proposal"; readonly proposal: Proposal; readonly breaksSyntax: boolean }
  | { readonly kind: "unchanged" }
  | Refusal;

/** Why there is no proposal. */
export interface Refusal extends EditRefusal {
  /**
   * The file that the edit without a place belongs to; absent where it is the target's, or not to
   * be told.
   */
  readonly file?: ShownFile;
  /** What the answer makes of other files. */
  readonly beside?: readonly FileProposal[];
}

/** What an answer is planned against. */
export interface ProposeFacts {
  readonly target: Target;
  /** Other files that may be changed. What the model was not shown is none of them. */
  readonly shown?: readonly ShownFile[];
  /** What the model was shown of the target; absent: all of it. */
  readonly seen?: SeenCode;
  /** Decides between equal places. */
  readonly range: Target["range"];
  readonly context: SyntaxContext | undefined;
  readonly syntax: EditSyntax;
  /** Whether nothing is at a path yet. Absent: the answer may bring no new file. */
  readonly isFree?: (path: string) => Promise<boolean>;
  /** A new file may be all that the answer comes to. */
  readonly newAlone?: boolean;
  /** What is kept of an earlier answer; it goes before this one's edits. */
  readonly kept?: readonly GivenEdit[];
  /** What was hidden in what the model was shown. */
  readonly secrets?: SecretMasks;
  /** The person's own words, with the secrets in them: those may be written anywhere. */
  readonly question?: string;
}

/**
 * Why a text must not be written into a file: it holds a mask where a secret should stand, or a
 * secret that only another file has.
 * @param written the model's own words, with the masks.
 * @param base the file's text; "" for a new one.
 */
export function strayMaskText(
  text: string,
  base: string,
  written: string,
  { secrets, question = "" }: Pick<ProposeFacts, "secrets" | "question">,
): string | undefined {
  const mask = secrets?.strayIn(text, written, [base, question]);
  if (mask === undefined) return undefined;
  return t("The edit would write `{0}`, which stands for no secret of the file.", mask);
}

/**
 * Turns the answer (never the reasoning) into a proposal for the files that the model was shown,
 * and for new ones that it brings along.
 */
export async function propose(
  written: string,
  truncated: boolean,
  facts: ProposeFacts,
): Promise<Verdict> {
  // The model saw masks where secrets stand; what is planned and written has the secrets.
  const answer = facts.secrets?.reveal(written) ?? written;
  const files = changeable(facts);
  const plan = await planned(answer, truncated, facts, files);
  switch (plan.kind) {
    case "unchanged":
      return { kind: "unchanged" };
    case "refusal":
      return await withFiles(plan, written, facts, files);
    case "plan":
      return await proposed(plan.files, written, facts, files);
    default:
      return plan satisfies never;
  }
}

/**
 * The target first. Of two files with one path nobody could tell which one an answer means: the
 * first has it.
 */
function changeable({ target, shown = [] }: ProposeFacts): readonly ShownFile[] {
  const files: ShownFile[] = [];
  for (const file of [target, ...shown])
    if (!files.some(({ uri, path }) => uri === file.uri || path === file.path)) files.push(file);
  return files;
}

async function planned(
  answer: string,
  truncated: boolean,
  { range, context, syntax, isFree, kept }: ProposeFacts,
  files: readonly ShownFile[],
): Promise<EditPlan> {
  return await planEdits({
    answer,
    truncated,
    ...defined({ given: kept }),
    files: files.map(({ uri, path, languageId, text, ranges }, index) => ({
      path,
      ...absolutePathOf(uri),
      languageId,
      text,
      ...defined({ shown: ranges }),
      ...(index > 0 ? {} : { targetRange: range, ...defined({ outline: context?.outline }) }),
    })),
    syntax,
    mayCreate: isFree !== undefined,
  });
}

async function proposed(
  edits: readonly PlannedFile[],
  written: string,
  facts: ProposeFacts,
  files: readonly ShownFile[],
): Promise<Verdict> {
  const plans: PlannedFile[] = [];
  for (const file of edits) {
    const seen = await seenPart(file, facts);
    if (seen === undefined)
      return refusal("path", `The answer changes code of \`${file.path}\` that it was not shown.`);
    plans.push(seen);
  }
  const created = plans.filter((file) => file.change === "create");
  const { newAlone = false, question = "" } = facts;
  const isAlone = created.length === plans.length;
  if (isAlone && !(newAlone && areMeantAsFiles(created, written, files, question)))
    return refusal("noEdit", "The answer holds no edit of the file.");
  for (const { path } of created) {
    if (!(await facts.isFree?.(path)))
      return refusal("path", `The answer writes \`${path}\` anew, but that file is there already.`);
  }
  const proposals = plans.flatMap((file) => fileProposal(file, facts.target, files) ?? []);
  if (proposals.length < plans.length)
    return refusal("path", "The answer brings a new file, and it cannot be told where it belongs.");
  for (const { base, proposed: text } of proposals) {
    const stray = strayMaskText(text, base, written, facts);
    if (stray !== undefined) return refusal("malformed", stray);
  }
  const unseen = proposals.find((file) => changesUnseen(file, files));
  if (unseen !== undefined)
    return refusal("path", `The answer changes lines of \`${unseen.path}\` that it was not shown.`);
  return {
    kind: "proposal",
    proposal: { id: crypto.randomUUID(), files: proposals },
    breaksSyntax: plans.some((file) => file.syntax === "broken"),
  };
}

/**
 * The edit of a file without what it makes of code that the model was not shown; undefined where
 * nothing is left. Who quotes lines knows them.
 */
async function seenPart(
  plan: PlannedFile,
  { target, seen, syntax }: ProposeFacts,
): Promise<PlannedFile | undefined> {
  const isQuoted = plan.match === "exact" || plan.match === "spacing";
  if (plan.path !== target.path || isQuoted || seen === undefined) return plan;
  const { languageId, text } = target;
  const left = withoutUnseen(text, plan.proposed, seen);
  if (left?.text === plan.proposed) return plan;
  if (left === undefined || left.text === text) return undefined;
  const told =
    left.kept.size === 0
      ? ["What the model was not shown stays as it is."]
      : [...left.kept].map((name) => `The model was not shown \`${name}\`, so it stays as it is.`);
  return {
    ...plan,
    proposed: left.text,
    syntax: await syntaxVerdict(syntax, languageId, text, left.text),
    notices: [...plan.notices, ...told],
  };
}

function changesUnseen(
  { uri, base, proposed }: FileProposal,
  files: readonly ShownFile[],
): boolean {
  const ranges = files.find((file) => file.uri === uri)?.ranges;
  if (ranges === undefined) return false;
  return hunksOf(base, proposed, 0).some(({ oldStart, oldLines }) => {
    // A hunk that only adds stands behind the line that it names.
    const start = oldLines === 0 ? oldStart : oldStart - 1;
    return !isWithin(ranges, start, start + oldLines);
  });
}

/**
 * Says which file the edit without a place belongs to, and what the answer makes of the others, so
 * that nothing of it is lost.
 */
async function withFiles(
  refused: EditRefusal,
  written: string,
  facts: ProposeFacts,
  files: readonly ShownFile[],
): Promise<Refusal> {
  // What waits for its place is written as it is, when the person has shown it one.
  const { failed, fine } = refused;
  for (const { path, replace } of failed === undefined ? fine : [failed, ...fine]) {
    const { text } = files.find((each) => each.path === path) ?? facts.target;
    const stray = strayMaskText(replace, text, written, facts);
    if (stray !== undefined) return { ...refused, code: "malformed", message: stray };
  }
  const file = files.find(({ path }) => path === failed?.path);
  if (file === undefined) return refused;
  const others = fine.filter(({ path }) => path !== undefined && path !== file.path);
  if (others.length === 0) return { ...refused, file };
  const plan = await planned("", false, { ...facts, kept: others }, files);
  const verdict =
    plan.kind === "plan" ? await proposed(plan.files, written, facts, files) : undefined;
  const beside = verdict?.kind === "proposal" ? verdict.proposal.files : [];
  return { ...refused, file, beside: beside.filter(({ uri }) => uri !== file.uri) };
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

function refusal(code: EditRefusal["code"], message: string): Refusal {
  return { kind: "refusal", code, message, candidates: [], fine: [] };
}

/** Undefined for a new file whose place cannot be told. */
function fileProposal(
  planned: PlannedFile,
  target: Target,
  files: readonly ShownFile[],
): FileProposal | undefined {
  const isNew = planned.change === "create";
  const file = files.find(({ path }) => path === planned.path) ?? target;
  const base = isNew ? "" : file.text;
  const uri = isNew ? newFileUri(target, planned.path) : file.uri;
  if (uri === undefined) return undefined;
  const isAlike = !isNew || ending(planned.path) === ending(target.path);
  return {
    uri,
    path: planned.path,
    languageId: isAlike ? file.languageId : languageOf(planned.path, planned.proposed),
    change: planned.change,
    base,
    proposed: planned.proposed,
    hunks: hunksOf(base, planned.proposed),
    match: planned.match,
    by: planned.by,
    syntax: planned.syntax,
    notices: [...planned.notices, ...guardNotices(planned, base)],
  };
}

/** So that a change which is asked about alone does not come as a surprise. */
function guardNotices({ path, proposed }: PlannedFile, base: string): readonly string[] {
  const guard = guardedPlace(path) ?? guardedChange(path, base, proposed);
  return guard === undefined
    ? []
    : [guardReason(guard), "It is confirmed by its name when you accept."];
}

function ending(path: string): string {
  return path.slice(path.lastIndexOf("."));
}
