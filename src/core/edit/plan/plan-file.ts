import { lastLine, lineAt } from "../../../base/text/lines";
import { type AnswerEdit, type CodeEdit, codeEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { codeEditsFor } from "../code/code-edits";
import { proseEdits, unfencedCode } from "../code/prose-edits";
import type { PlannedFile, PlanRequest } from "../edit-plan";
import { notReadable, type Refused, refused } from "../locate/placement";
import { worded } from "../text/lines";
import { thresholds } from "../thresholds";
import type { FileWork } from "./file-work";
import { judged, unreadable } from "./judged";
import { placeSet } from "./place-set";
import { syntaxVerdict } from "./syntax-verdict";

export type FileOutcome =
  | { readonly kind: "planned"; readonly planned: PlannedFile }
  | { readonly kind: "unchanged"; readonly notices: readonly string[] }
  | { readonly kind: "none" }
  | Refused;

export interface AnswerContext {
  readonly request: PlanRequest;
  readonly answer: string;
  readonly notices: readonly string[];
}

/** What is marked as an edit comes first, then whole functions, then what a sentence tells. */
export async function planFile(
  work: FileWork,
  edits: readonly AnswerEdit[],
  context: AnswerContext,
): Promise<FileOutcome> {
  const marked = edits.filter(
    (edit) => edit.kind === "replace" || (edit.kind === "code" && edit.marked),
  );
  const code = edits.filter((edit): edit is CodeEdit => edit.kind === "code" && !edit.marked);
  const broken = edits.find((edit) => edit.kind === "broken");
  let byMarks: FileOutcome | undefined;
  if (marked.length > 0 && !broken) {
    byMarks = givesPartForWhole(work, marked) ?? (await outcomeOf(work, marked, context));
    if (
      (byMarks.kind === "refused" && byMarks.isObjection) ||
      (byMarks.kind === "planned" && byMarks.planned.syntax === "broken")
    )
      byMarks = (await outcomeOfReplacements(work, marked, context)) ?? byMarks;
    if (byMarks.kind === "planned" && (byMarks.planned.syntax !== "broken" || code.length === 0))
      return byMarks;
  }
  const byCode = await outcomeOfCode(work, code, context);
  // Both say the same change: the one that leaves the file in order is what was meant.
  if (byMarks?.kind === "planned")
    return byCode.kind === "planned" && byCode.planned.syntax !== "broken" ? byCode : byMarks;
  if (byCode.kind === "planned") return byCode;
  if (broken?.kind === "broken")
    return {
      kind: "refused",
      code: broken.code,
      message: broken.message,
      candidates: [],
      edit: broken,
    };
  if (byMarks) return byMarks;
  if (byCode.kind === "refused") return byCode;
  if (edits.length === 0 && !context.request.truncated) {
    const outcome = await outcomeOfCode(work, unfencedCode(work.edited, context.answer), context);
    if (outcome.kind !== "none") return outcome;
  }
  const told =
    context.request.files.length === 1
      ? proseEdits(work.edited, context.answer, byCode.kind !== "none")
      : [];
  if (told.length > 0) {
    const outcome = await outcomeOf(work, told, context);
    const isDone = outcome.kind === "unchanged" && byCode.kind === "none";
    if (outcome.kind === "planned" || isDone) return outcome;
  }
  return byCode;
}

/** Part of a file in place of all of it means that part, and does not take the rest out. */
function givesPartForWhole(work: FileWork, edits: readonly AnswerEdit[]): Refused | undefined {
  const [edit] = edits;
  const reading = edit?.kind === "replace" && edits.length === 1 ? edit.readings[0] : undefined;
  if (reading === undefined || work.edited.facts.blocks === "none") return undefined;
  const own = worded(work.edited.lines);
  const fresh = worded(reading.replace);
  if (
    own.length < thresholds.some ||
    worded(reading.search).length < own.length * thresholds.nearly
  )
    return undefined;
  const known = new Set(own);
  const same = fresh.filter((line) => known.has(line)).length;
  if (same < fresh.length * thresholds.half) return undefined;
  const beginsLater = known.has(lineAt(fresh, 0)) && fresh[0] !== own[0];
  const endsSooner = known.has(lastLine(fresh)) && fresh.at(-1) !== own.at(-1);
  if (!beginsLater && !endsSooner) return undefined;
  return {
    ...refused("stale", "The edit quotes the whole file and gives only a part of it anew."),
    isObjection: true,
  };
}

/** A few lines, or all, with a whole function in their place mean that function. */
async function outcomeOfReplacements(
  work: FileWork,
  edits: readonly AnswerEdit[],
  context: AnswerContext,
): Promise<FileOutcome | undefined> {
  const [edit] = edits;
  const [reading, other] =
    edit?.kind === "replace" && edits.length === 1 ? edit.readings : ([] as const);
  if (reading === undefined || other !== undefined) return undefined;
  const said = reading.replace.map((line) => line.trim());
  const quotesOnlyOld = reading.search.every(
    (line) => line.trim() === "" || said.includes(line.trim()),
  );
  if (!quotesOnlyOld && !givesPartForWhole(work, edits)) return undefined;
  const code = codeEdit(reading.replace, { marked: true });
  const outcome = await outcomeOf(work, [code], context);
  return outcome.kind === "planned" && outcome.planned.syntax !== "broken" ? outcome : undefined;
}

async function outcomeOfCode(
  work: FileWork,
  code: readonly CodeEdit[],
  context: AnswerContext,
): Promise<FileOutcome> {
  if (code.length === 0) return { kind: "none" };
  const found = codeEditsFor(work.edited, code);
  switch (found.kind) {
    case "edits": {
      const outcome = await outcomeOf(work, found.edits, context);
      const isDoubtful = outcome.kind === "refused" && outcome.isObjection;
      if (!isDoubtful || code.some((edit) => edit.byName)) return outcome;
      // As a stretch of the file it does not stand: by its names it may.
      const named = code.map((edit) => ({ ...edit, byName: true as const }));
      const other = await outcomeOfCode(work, named, context);
      return other.kind === "planned" ? other : outcome;
    }
    case "unchanged":
      return { kind: "unchanged", notices: [] };
    case "refused":
    case "none":
      return found;
  }
}

async function outcomeOf(
  work: FileWork,
  edits: readonly AnswerEdit[],
  context: AnswerContext,
): Promise<FileOutcome> {
  const { file } = work;
  const { request, notices } = context;
  const placed = placeSet(work.edited, edits);
  if (placed.kind === "refused") return placed;
  const proposed = placed.text.text;
  if (!placed.changed || proposed === file.text)
    return { kind: "unchanged", notices: placed.notices };
  const objection = await judged(work.edited, edits, placed, proposed, request.syntax);
  if (objection)
    return {
      ...refused("stale", objection.message, [{ start: objection.line, end: objection.line + 1 }]),
      isObjection: true,
    };
  const syntax = await syntaxVerdict(request.syntax, file.languageId, file.text, proposed);
  // Code that is whole leaves the file whole, and a place that only looks alike was not meant.
  const answered = edits.flatMap((edit) => (edit.kind === "code" ? [edit.lines] : []));
  if (syntax === "broken" && answered.length === edits.length) {
    const own = await Promise.all(
      answered.map((lines) => syntaxVerdict(request.syntax, file.languageId, "", lines.join("\n"))),
    );
    // What stands between marks for left-out code was joined by us.
    const isJoined = answered.flat().some((line) => isElision(line));
    const isOurs = isJoined || placed.match === "aligned";
    if (isOurs || own.every((verdict) => verdict === "clean"))
      return { ...refused("stale", notReadable), isObjection: true };
  }
  if (syntax === "unknown" || syntax === "broken") {
    const found = unreadable(work.edited, edits, placed);
    if (found) return { ...refused("stale", found.why, found.places), isObjection: true };
  }
  const cut = request.truncated
    ? ["The answer was cut off after this edit; more may have been meant."]
    : [];
  return {
    kind: "planned",
    planned: {
      path: file.path,
      change: "edit",
      proposed,
      match: placed.match,
      by: placed.by,
      syntax,
      notices: [...new Set([...notices, ...placed.notices, ...cut])],
    },
  };
}
