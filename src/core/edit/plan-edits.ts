import { splitThought } from "../../base/thoughts/split-thought";
import { type AnswerEdit, codeEdit, replaceEdit } from "./answer/answer-edit";
import { parseAnswer } from "./answer/answer-parser";
import { OwnText } from "./answer/own-text";
import { withoutRetracted } from "./answer/retraction";
import type {
  EditPlan,
  EditRefusal,
  GivenEdit,
  PlanRequest,
  RefusalCode,
  WrittenEdit,
} from "./edit-plan";
import { limits } from "./limits";
import type { Refused } from "./locate/placement";
import { assignEdits } from "./plan/assign-edits";
import { type FileWork, workOn } from "./plan/file-work";
import { placesAlone } from "./plan/place-set";
import { type FileOutcome, planFile } from "./plan/plan-file";
import { settled } from "./plan/settled";
import { says } from "./text/lines";

/**
 * The one entry of the engine: each edit has one sure place, or nothing of any file changes. Pure
 * but for the index of the last few texts. Never throws and never rejects, whatever comes in.
 */
export async function planEdits(request: PlanRequest): Promise<EditPlan> {
  try {
    const read = editsIn(request);
    const first = await plan(request, read);
    return await settled(request, first, read.edits ?? [], (again) => plan(again, editsIn(again)));
  } catch {
    // The answer is untrusted input: a fault of ours must not end the run, nor change a file.
    return refusal("malformed", "The edit in the answer could not be read.");
  }
}

interface ReadAnswer {
  /** Without what is thought. */
  readonly answer: string;
  /** Undefined where it is longer than any edit. */
  readonly edits?: readonly AnswerEdit[];
}

interface Outcome {
  readonly work: FileWork;
  readonly edits: readonly AnswerEdit[];
  readonly outcome: FileOutcome;
}

function editsIn({ answer, truncated, files, given = [] }: PlanRequest): ReadAnswer {
  const wasSent = (text: string): boolean => files.some((file) => file.text.includes(text));
  // A line of the answer that had a line end in it would be two in the file.
  const said = splitThought(answer, { wasSent }).answer.replace(/\r\n?/g, "\n");
  if (said.split("\n").length > limits.plannedLines) return { answer: said };
  const own = new OwnText(files);
  const written = withoutRetracted(parseAnswer(said, truncated, own), own);
  return { answer: said, edits: [...given.map(givenEdit), ...written].map(withoutEmptyQuotation) };
}

async function plan(request: PlanRequest, { answer, edits }: ReadAnswer): Promise<EditPlan> {
  if (edits === undefined) return refusal("malformed", "The answer has more lines than any edit.");
  const works: FileWork[] = [];
  for (const file of request.files) works.push(await workOn(file, request.syntax, edits));
  const assigned = assignEdits(edits, works, request.mayCreate === true);
  if (assigned.kind === "unassigned") {
    return {
      ...refusal(assigned.code, assigned.message),
      failed: writtenEdit(assigned.edit, edits, undefined),
    };
  }
  const { groups, created, notices, stray } = assigned;
  const outcomes: Outcome[] = [];
  const context = { request, answer, notices };
  for (const [work, own] of groups)
    outcomes.push({ work, edits: own, outcome: await planFile(work, own, context) });
  const [only] = works;
  if (edits.length === 0 && only && works.length === 1) {
    outcomes.push({ work: only, edits: [], outcome: await planFile(only, [], context) });
  }
  const failed = outcomes.find((one) => one.outcome.kind === "refused");
  if (failed?.outcome.kind === "refused")
    return refusalOf(failed.work, failed.outcome, outcomes, edits);
  const planned = outcomes.flatMap(({ outcome }) =>
    outcome.kind === "planned" ? [outcome.planned] : [],
  );
  if (planned.length + created.length > 0) {
    const extra = stray === undefined ? [] : [`${stray.message} That part was left out.`];
    const files = planned.map((file) => ({ ...file, notices: [...file.notices, ...extra] }));
    return { kind: "plan", files: [...files, ...created] };
  }
  const unchanged = outcomes.flatMap(({ outcome }) =>
    outcome.kind === "unchanged" ? [outcome] : [],
  );
  if (unchanged.length > 0)
    return { kind: "unchanged", notices: [...new Set(unchanged.flatMap((one) => one.notices))] };
  if (stray?.isSure) return refusal("path", stray.message);
  if (request.truncated)
    return refusal("truncated", "The answer was cut off before it held an edit.");
  return refusal("noEdit", "The answer holds no edit of the file.");
}

/** The new text alone, of an empty or new file, or of a function that its name places. */
function withoutEmptyQuotation(edit: AnswerEdit): AnswerEdit {
  const [reading] = edit.kind === "replace" ? edit.readings : [];
  if (edit.kind !== "replace" || !reading || edit.readings.length > 1 || reading.search.some(says))
    return edit;
  return codeEdit(reading.replace, { path: edit.path, marked: true });
}

function refusalOf(
  work: FileWork,
  refused: Refused,
  outcomes: readonly Outcome[],
  edits: readonly AnswerEdit[],
): EditRefusal {
  const { path } = work.file;
  const fine = outcomes.flatMap((one) =>
    one.edits
      .filter(
        (edit) =>
          edit !== refused.edit &&
          (one.outcome.kind === "planned" || placesAlone(one.work.edited, edit)),
      )
      .map((edit) => writtenEdit(edit, edits, one.work.file.path)),
  );
  return {
    kind: "refusal",
    code: refused.code,
    message: refused.message,
    candidates: refused.candidates.map(({ start, end }) => ({
      path,
      startLine: start + 1,
      endLine: Math.max(start + 1, end),
    })),
    ...(refused.edit === undefined ? {} : { failed: writtenEdit(refused.edit, edits, path) }),
    fine,
  };
}

function refusal(code: RefusalCode, message: string): EditRefusal {
  return { kind: "refusal", code, message, candidates: [], fine: [] };
}

function givenEdit({ path, search, replace }: GivenEdit): AnswerEdit {
  if (search === undefined) return codeEdit(replace.split("\n"), { path });
  const reading = { search: linesIn(search), replace: linesIn(replace), escaped: true as const };
  return replaceEdit("searchReplace", reading, path);
}

/** No text is no line, not an empty one. */
function linesIn(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}

/** In the words of the model. @param path of the file that it turned out to be for */
function writtenEdit(
  edit: AnswerEdit,
  all: readonly AnswerEdit[],
  path: string | undefined,
): WrittenEdit {
  const number = Math.max(1, all.indexOf(edit) + 1);
  const named = path ?? edit.path;
  const file = named === undefined ? {} : { path: named };
  switch (edit.kind) {
    case "replace": {
      const [first] = edit.readings;
      return {
        number,
        form: edit.form,
        ...file,
        search: (first?.search ?? []).join("\n"),
        replace: (first?.replace ?? []).join("\n"),
      };
    }
    case "code":
      return { number, form: "code", ...file, replace: edit.lines.join("\n") };
    case "broken":
      return { number, form: "searchReplace", ...file, search: edit.lines.join("\n"), replace: "" };
  }
}
