import type { AnswerEdit } from "./answer/answer-edit";
import { parseAnswer } from "./answer/answer-parser";
import { cutReasoning } from "./answer/cut-reasoning";
import { codeEditsFor } from "./code/code-edits";
import { type Declaration, fromOutline } from "./code/declarations";
import { EditedFile } from "./code/edited-file";
import type { CodeEdit } from "./code/place-code";
import { proseEdits, unfencedCode } from "./code/prose-edits";
import type { EditableFile, EditPlan, EditSyntax, PlannedFile, PlanRequest, RefusalCode } from "./edit-plan";
import { placeReplacement } from "./locate/locate";
import type { LineRange, Refused } from "./locate/placement";
import { placeSet } from "./plan/plan-file";
import { resolvePath } from "./plan/resolve-path";
import { syntaxVerdict } from "./plan/syntax-verdict";
import { languageFacts } from "./text/language-facts";
import { joinSource, type SourceLines, splitSource } from "./text/source-lines";

/**
 * What an answer changes in the files that the model was shown. Every edit has one sure place or the whole is refused with the reason;
 * a file changes with all of its edits or not at all. Never throws, whatever the answer and the files hold.
 */
export async function planEdits(request: PlanRequest): Promise<EditPlan> {
  try {
    return await plan(request);
  } catch {
    // The answer is untrusted input: a fault of ours in reading it must not end the run, and must not change a file.
    return { kind: "refusal", code: "malformed", message: "The edit in the answer could not be read.", candidates: [] };
  }
}

interface FileWork {
  readonly file: EditableFile;
  readonly source: SourceLines;
  readonly edited: EditedFile;
}

type FileOutcome =
  | { readonly kind: "planned"; readonly planned: PlannedFile }
  | { readonly kind: "unchanged" }
  | { readonly kind: "none" }
  | (Refused & { readonly path: string });

async function plan(request: PlanRequest): Promise<EditPlan> {
  const answer = cutReasoning(request.answer);
  const edits = parseAnswer(answer, request.truncated);
  const groups = new Map<EditableFile, AnswerEdit[]>();
  const notices: string[] = [];
  let strayCode: string | undefined;
  for (const edit of edits) {
    const resolved = resolvePath(edit, request.files);
    if (resolved.kind === "unknown") {
      if (edit.kind !== "code") return refusal("path", resolved.message);
      strayCode ??= resolved.message;
      continue;
    }
    if (resolved.notice) notices.push(resolved.notice);
    const files = resolved.files.length > 1 && edit.kind === "replace" ? filesHolding(resolved.files, edit) : resolved.files;
    for (const file of files) groups.set(file, [...(groups.get(file) ?? []), edit]);
  }
  if (edits.length === 0 && request.files.length === 1 && request.files[0]) groups.set(request.files[0], []);
  const outcomes: FileOutcome[] = [];
  for (const [file, own] of groups) outcomes.push(await planFile(request, answer, file, own, notices));
  return summary(outcomes, edits, strayCode, request.truncated);
}

/** An edit that names no file belongs to the one that holds what it quotes; to the first when none does, so that it is refused there. */
function filesHolding(files: readonly EditableFile[], edit: Extract<AnswerEdit, { kind: "replace" }>): readonly EditableFile[] {
  const holding = files.filter(
    (file) =>
      placeReplacement(editedFile(file, undefined).snapshot, edit, file.targetRange && targetLines(file.targetRange)).kind === "placed",
  );
  return holding.length > 0 ? holding : files.slice(0, 1);
}

function summary(
  outcomes: readonly FileOutcome[],
  edits: readonly AnswerEdit[],
  strayCode: string | undefined,
  truncated: boolean,
): EditPlan {
  for (const outcome of outcomes) {
    if (outcome.kind !== "refused") continue;
    const candidates = outcome.candidates.map((range) => ({
      path: outcome.path,
      startLine: range.start + 1,
      endLine: Math.max(range.start + 1, range.end),
    }));
    return { kind: "refusal", code: outcome.code, message: outcome.message, candidates };
  }
  const files = outcomes.flatMap((outcome) => (outcome.kind === "planned" ? [outcome.planned] : []));
  if (files.length > 0) {
    const extra = strayCode === undefined ? [] : [`${strayCode} That part was left out.`];
    return { kind: "plan", files: extra.length === 0 ? files : files.map((file) => ({ ...file, notices: [...file.notices, ...extra] })) };
  }
  if (outcomes.some((outcome) => outcome.kind === "unchanged")) return { kind: "unchanged" };
  if (strayCode !== undefined && edits.some((edit) => edit.kind === "code" && edit.pathIsSure)) return refusal("path", strayCode);
  if (truncated) return refusal("truncated", "The answer was cut off before it held an edit.");
  return refusal("noEdit", "The answer holds no edit of the file.");
}

function refusal(code: RefusalCode, message: string): EditPlan {
  return { kind: "refusal", code, message, candidates: [] };
}

async function planFile(
  request: PlanRequest,
  answer: string,
  file: EditableFile,
  edits: readonly AnswerEdit[],
  notices: readonly string[],
): Promise<FileOutcome> {
  const work = await workOn(file, request.syntax, edits.length === 0 || edits.some((edit) => edit.kind === "code"));
  const quoted = edits.filter((edit) => edit.kind === "replace");
  const code = edits.filter((edit): edit is CodeEdit => edit.kind === "code");
  const broken = edits.find((edit) => edit.kind === "broken");
  // What the model marked as an edit comes first; a whole function beside it is mostly shown to explain, but saves an edit that fails.
  let marked: FileOutcome | undefined;
  if (quoted.length > 0 && !broken) {
    marked = await outcomeOf(work, quoted, request, notices);
    if (marked.kind === "planned") return marked;
  }
  const byCode = await outcomeOfCode(work, code, request, notices);
  if (byCode.kind === "planned") return byCode;
  if (broken?.kind === "broken") return { kind: "refused", code: broken.code, message: broken.message, candidates: [], path: file.path };
  if (marked) return marked;
  if (byCode.kind === "refused") return byCode;
  const bare = edits.length === 0 ? unfencedCode(work.edited, answer).filter((edit): edit is CodeEdit => edit.kind === "code") : [];
  if (bare.length > 0 && !request.truncated) {
    const outcome = await outcomeOfCode(work, bare, request, notices);
    if (outcome.kind !== "none") return outcome;
  }
  if (byCode.kind === "none" || byCode.kind === "unchanged") {
    const told = request.files.length === 1 ? proseEdits(work.edited, answer) : [];
    if (told.length > 0) {
      const outcome = await outcomeOf(work, told, request, notices);
      if (outcome.kind === "planned") return outcome;
    }
  }
  return byCode;
}

async function outcomeOfCode(
  work: FileWork,
  code: readonly CodeEdit[],
  request: PlanRequest,
  notices: readonly string[],
): Promise<FileOutcome> {
  if (code.length === 0) return { kind: "none" };
  const found = codeEditsFor(work.edited, code);
  switch (found.kind) {
    case "edits":
      return outcomeOf(work, found.edits, request, notices);
    case "refused":
      return { ...found, path: work.file.path };
    case "none":
    case "unchanged":
      return found;
    default: {
      const never: never = found;
      return never;
    }
  }
}

async function outcomeOf(
  work: FileWork,
  edits: readonly AnswerEdit[],
  request: PlanRequest,
  notices: readonly string[],
): Promise<FileOutcome> {
  const { file } = work;
  const placed = placeSet(work.edited, work.source, edits);
  if (placed.kind === "refused") return { ...placed, path: file.path };
  const proposed = joinSource(placed.source);
  if (!placed.changed || proposed === file.text) return { kind: "unchanged" };
  const cut = request.truncated ? ["The answer was cut off after this edit; more may have been meant."] : [];
  return {
    kind: "planned",
    planned: {
      path: file.path,
      proposed,
      match: placed.match,
      syntax: await syntaxVerdict(request.syntax, file.languageId, file.text, proposed),
      notices: [...new Set([...notices, ...placed.notices, ...cut])],
    },
  };
}

async function workOn(file: EditableFile, syntax: EditSyntax | undefined, needsOutline: boolean): Promise<FileWork> {
  const source = splitSource(file.text);
  const outline = file.outline ?? (needsOutline ? await syntax?.outline(file.languageId, file.text).catch(() => undefined) : undefined);
  return { file, source, edited: editedFile(file, outline && fromOutline(outline)) };
}

function editedFile(file: EditableFile, outline: readonly Declaration[] | undefined): EditedFile {
  const target = file.targetRange && targetLines(file.targetRange);
  return new EditedFile(splitSource(file.text).lines, file.languageId, languageFacts(file.languageId), target, outline);
}

function targetLines(range: {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number; readonly character: number };
}): LineRange {
  const { start, end } = range;
  return { start: start.line, end: Math.max(start.line + 1, end.character === 0 ? end.line : end.line + 1) };
}
