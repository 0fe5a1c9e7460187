import { lineEndIn } from "../../../base/text/line-ends";
import { Lines, wholeLines, withLineFeeds } from "../../../base/text/lines";
import type { FileProposal, MatchLevel, Proposal, UnplacedEdit } from "../../../protocol/proposal";
import type { EditSyntax, GivenEdit, PlannedFile } from "../../edit/edit-plan";
import { hunksOf } from "../../edit/hunks";
import { syntaxVerdict } from "../../edit/plan/syntax-verdict";
import { planEdits } from "../../edit/plan-edits";
import { rebase } from "../../edit/rebase";
import { indentOf } from "../../edit/text/indentation";

/** Where the person points in the document as it is now. */
export interface PointedPlace {
  readonly text: string;
  /** Zero-based lines, `end` exclusive; the same for a cursor, which stands on `start`. */
  readonly start: number;
  readonly end: number;
}

interface Placed {
  readonly text: string;
  readonly match: MatchLevel;
  readonly notices: readonly string[];
}

/**
 * Puts an edit where the person points, as a proposal to be reviewed. Inside selected lines, or
 * near the cursor, it is placed as any other edit, so that only what the model changed is changed;
 * where that is not possible it takes the place of the lines themselves.
 * @returns undefined when the file holds the edit there already.
 */
export async function placeByHand(
  edit: UnplacedEdit,
  place: PointedPlace,
  syntax: EditSyntax,
): Promise<Proposal | undefined> {
  const placed = (await placedByPlan(edit, place, syntax)) ?? placedOver(edit, place);
  const whole = await withOthers(edit, placed, syntax);
  if (whole.text === place.text) return undefined;
  const file: FileProposal = {
    uri: edit.uri,
    path: edit.path,
    languageId: edit.languageId,
    change: "edit",
    base: place.text,
    proposed: whole.text,
    hunks: hunksOf(place.text, whole.text),
    match: whole.match,
    syntax: await syntaxVerdict(syntax, edit.languageId, place.text, whole.text),
    notices: ["You chose the place of this edit.", ...whole.notices],
  };
  return { id: crypto.randomUUID(), files: [file, ...(edit.beside ?? [])] };
}

async function placedByPlan(
  edit: UnplacedEdit,
  { text, start, end }: PointedPlace,
  syntax: EditSyntax,
): Promise<Placed | undefined> {
  if (edit.search === undefined) return undefined;
  const lines = wholeLines(text);
  // In the selection alone the edit has fewer places to fit; with a cursor the place itself has to
  // be told from the others.
  const selected = end > start;
  const before = selected ? lines.slice(0, start).join("") : "";
  const after = selected ? lines.slice(end).join("") : "";
  const within = selected ? lines.slice(start, end).join("") : text;
  const range = { start: { line: start, character: 0 }, end: { line: start, character: 1 } };
  const planned = await planOne(
    edit,
    within,
    [{ path: edit.path, search: edit.search, replace: edit.replace }],
    syntax,
    selected ? {} : { targetRange: range },
  );
  if (planned === undefined) return undefined;
  if (!selected && !isNear(text, planned.proposed, start, lineCount(edit.search))) return undefined;
  return {
    text: before + planned.proposed + after,
    match: planned.match,
    notices: planned.notices,
  };
}

/** Whether all that changed lies around a line, no farther away than the edit is long. */
function isNear(text: string, proposed: string, line: number, reach: number): boolean {
  return hunksOf(text, proposed, 0).every(
    (hunk) =>
      line + reach >= hunk.oldStart - 1 &&
      line - reach < hunk.oldStart - 1 + Math.max(1, hunk.oldLines),
  );
}

function placedOver(edit: UnplacedEdit, { text, start, end }: PointedPlace): Placed {
  const lines = wholeLines(text);
  const last =
    end > start
      ? end
      : Math.min(lines.length, start + (edit.search === undefined ? 0 : lineCount(edit.search)));
  const old = lines.slice(start, last);
  const lineEnd = lineEndIn(text);
  const indent = indentOf(old.find(hasCode) ?? Lines.of(text).at(start));
  const replace = indented(edit.replace, edit.search ?? edit.replace, indent);
  const merged = mergedWith(
    old,
    edit.search === undefined ? undefined : indented(edit.search, edit.search, indent),
    replace,
  );
  const fresh = merged === "" ? [] : merged.split("\n").map((line) => line + lineEnd);
  const isEnd = last >= lines.length;
  // Behind a last line that has no end of its own, a new line would become its tail.
  const gap =
    isEnd && start === lines.length && text !== "" && !/[\r\n]$/.test(text) ? lineEnd : "";
  const result = [...lines.slice(0, start), gap, ...fresh, ...lines.slice(last)].join("");
  const keepsOpenEnd = isEnd && text !== "" && !/[\r\n]$/.test(text);
  return {
    text: keepsOpenEnd ? result.replace(/\r?\n$/, "") : result,
    match: "aligned",
    notices: ["Look at the lines that it replaces."],
  };
}

/**
 * What the model changed, made to the lines of the file; the model's own lines where the two have
 * too little in common.
 */
function mergedWith(old: readonly string[], search: string | undefined, replace: string): string {
  if (search === undefined || old.length === 0) return replace;
  const current = withLineFeeds(old.join("")).replace(/\n$/, "");
  const merged = rebase({ base: search, proposed: replace, current });
  return merged.kind === "conflict" || merged.text === current ? replace : merged.text;
}

async function withOthers(edit: UnplacedEdit, placed: Placed, syntax: EditSyntax): Promise<Placed> {
  if (edit.others.length === 0) return placed;
  const planned = await planOne(edit, placed.text, edit.others, syntax, {});
  if (planned !== undefined)
    return {
      text: planned.proposed,
      match: placed.match,
      notices: [...placed.notices, ...planned.notices],
    };
  return {
    ...placed,
    notices: [
      ...placed.notices,
      "The answer's other changes do not fit beside it and are left out.",
    ],
  };
}

async function planOne(
  edit: UnplacedEdit,
  text: string,
  given: readonly GivenEdit[],
  syntax: EditSyntax,
  hint: { readonly targetRange?: { readonly start: Place; readonly end: Place } },
): Promise<PlannedFile | undefined> {
  const { path, languageId } = edit;
  const plan = await planEdits({
    answer: "",
    given,
    truncated: false,
    files: [{ path, languageId, text, ...hint }],
    syntax,
  });
  return plan.kind === "plan" && plan.files.length === 1 ? plan.files[0] : undefined;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** The text moved over so that what was indented like `model` is indented like the file. */
function indented(text: string, model: string, indent: string): string {
  const from = indentOf(model.split("\n").find(hasCode) ?? "");
  const move = (line: string): string =>
    line.startsWith(from) ? indent + line.slice(from.length) : line;
  return text
    .split("\n")
    .map((line) => (hasCode(line) ? move(line) : line))
    .join("\n");
}

function hasCode(line: string): boolean {
  return line.trim() !== "";
}

function lineCount(text: string): number {
  return text.split("\n").length;
}
