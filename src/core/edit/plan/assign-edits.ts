import type { Replacement } from "../../../base/text/changes";
import type { AnswerEdit, CodeEdit } from "../answer/answer-edit";
import { normalPath } from "../answer/named-path";
import type { EditedFile } from "../code/edited-file";
import { placeCode } from "../code/place-code";
import type { PlannedFile, RefusalCode } from "../edit-plan";
import { placeReplacement } from "../locate/locate";
import { isWithin } from "../text/is-within";
import { says } from "../text/lines";
import type { FileWork } from "./file-work";
import { isNewPath, type Resolved, resolvePath } from "./resolve-path";

export interface Assigned {
  readonly kind: "assigned";
  readonly groups: ReadonlyMap<FileWork, readonly AnswerEdit[]>;
  readonly created: readonly PlannedFile[];
  readonly notices: readonly string[];
  /** Code for a file that was not given: mostly an example, so that it stops nothing. */
  readonly stray?: { readonly message: string; readonly isSure: boolean };
}

export interface Unassigned {
  readonly kind: "unassigned";
  readonly code: RefusalCode;
  readonly message: string;
  readonly edit: AnswerEdit;
}

export function assignEdits(
  edits: readonly AnswerEdit[],
  works: readonly FileWork[],
  mayCreate: boolean,
): Assigned | Unassigned {
  const groups = new Map<FileWork, AnswerEdit[]>();
  const created = new Map<string, PlannedFile>();
  const notices: string[] = [];
  let stray: Assigned["stray"];
  for (const edit of edits) {
    const resolved = resolvedIn(works, edit, mayCreate);
    if (resolved.kind === "unknown") {
      const fresh = mayCreate ? newFile(edit) : undefined;
      const known = fresh && created.get(fresh.path);
      if (known && known.proposed !== fresh?.proposed)
        return {
          kind: "unassigned",
          code: "overlap",
          message: `The answer gives two different versions of \`${fresh?.path}\`.`,
          edit,
        };
      if (fresh) created.set(fresh.path, fresh);
      else if (edit.kind === "code" && !edit.marked)
        stray ??= {
          message: resolved.message,
          isSure: edit.pathIsSure && edits.every((other) => other.kind === "code"),
        };
      else return { kind: "unassigned", code: "path", message: resolved.message, edit };
      continue;
    }
    if (edit.kind === "code" && edit.adds && edit.path !== undefined) {
      return {
        kind: "unassigned",
        code: "path",
        message: `The answer adds \`${edit.path}\` as a new file, but it is there already.`,
        edit,
      };
    }
    if (resolved.notice) notices.push(resolved.notice);
    const named = works.filter((work) => resolved.files.includes(work.file));
    const holding = named.length > 1 ? holdersOf(named, edit) : named;
    if (holding.length > 1) {
      if (edit.kind === "code" && !edit.marked) continue;
      const paths = holding.map((work) => `\`${work.file.path}\``).join(" and ");
      const message = `An edit names no file, and what it quotes is in ${paths}.`;
      return { kind: "unassigned", code: "ambiguous", message, edit };
    }
    // What none holds is refused where the person asked; code that a file has changes nothing.
    const work =
      holding[0] ??
      (edit.kind === "code"
        ? named.find(({ edited }) => isThere(edited, edit))
        : (named.find((one) => one.file.targetRange) ?? named[0]));
    if (work) groups.set(work, [...(groups.get(work) ?? []), edit]);
  }
  return {
    kind: "assigned",
    groups,
    created: [...created.values()],
    notices,
    ...(stray ? { stray } : {}),
  };
}

/** A new file `taxes.py` is no slip for `rates.py`, unless the edit has a place there. */
function resolvedIn(works: readonly FileWork[], edit: AnswerEdit, mayCreate: boolean): Resolved {
  const files = works.map((work) => work.file);
  const resolved = resolvePath(edit, files);
  if (resolved.kind === "unknown" || resolved.notice === undefined) return resolved;
  const isHeld = works.some((work) => resolved.files.includes(work.file) && holds(work, edit));
  if (isHeld || !mayCreate || newFile(edit) === undefined) return resolved;
  return { kind: "unknown", message: resolved.notice };
}

/** The file that was asked about goes first: those shown beside it have lines of its own. */
function holdersOf(works: readonly FileWork[], edit: AnswerEdit): readonly FileWork[] {
  const holding = works.filter((work) => holds(work, edit));
  const asked = holding.find(({ file }) => file.targetRange !== undefined);
  return asked === undefined ? holding : [asked];
}

function holds({ edited, file: { shown } }: FileWork, edit: AnswerEdit): boolean {
  const isShown = ({ start, end }: Replacement): boolean =>
    shown === undefined || isWithin(shown, start, end);
  switch (edit.kind) {
    case "replace": {
      const placed = placeReplacement(edited.snapshot, edit, edited.target);
      return placed.kind === "placed" && placed.ops.every(isShown);
    }
    case "code": {
      const placed = placeCode(edited, edit);
      return placed.kind === "placed" && placed.ops.length > 0 && placed.ops.every(isShown);
    }
    case "broken":
      return false;
  }
}

function isThere(file: EditedFile, edit: CodeEdit): boolean {
  const placed = placeCode(file, edit);
  return placed.kind === "placed" && placed.ops.length === 0;
}

/** All of its text, and a path that stays where it must. */
function newFile(edit: AnswerEdit): PlannedFile | undefined {
  const path =
    edit.kind === "replace" && edit.form === "unifiedDiff"
      ? edit.path?.replace(/^[ab]\//, "")
      : edit.path;
  if (path === undefined || !isNewPath(path)) return undefined;
  const lines = newLines(edit);
  if (lines === undefined || !lines.some(says)) return undefined;
  const proposed = `${lines.join("\n").replace(/^\n+/, "").trimEnd()}\n`;
  return {
    path: normalPath(path),
    change: "create",
    proposed,
    match: "exact",
    by: [],
    syntax: "unknown",
    notices: [],
  };
}

function newLines(edit: AnswerEdit): readonly string[] | undefined {
  if (edit.kind === "replace")
    return edit.readings[0]?.search.some(says) === false ? edit.readings[0].replace : undefined;
  return edit.kind === "code" && edit.pathIsSure ? edit.lines : undefined;
}
