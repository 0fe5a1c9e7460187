import { oncePer } from "../../../base/once-per";
import { lastLine, lineAt } from "../../../base/text/lines";
import type { CodeEdit } from "../answer/answer-edit";
import type { Placement } from "../locate/placement";
import { ruleList } from "../rule-list";
import { indentOf } from "../text/indentation";
import { textsOf, trimmed } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { withoutUnusedImports } from "./added/go-imports";
import { isImport, namesBound } from "./added/import-lines";
import { newImports } from "./added/new-imports";
import { type AnsweredCode, answeredCode } from "./answered-code";
import type { EditedFile } from "./edited-file";
import { restUnchanged, withBodiesOpened, withBracesOf, withoutOutline } from "./model-lines";
import { placeBlock } from "./place-block";
import { placeDeclarations } from "./place-declarations";
import { placeGrown } from "./place-grown";
import { placeSnippet } from "./place-snippet";
import { placeStretch } from "./place-stretch";
import { placeElidedFile, placeWhole } from "./place-whole";

/** `none`: the code is an example or has nothing to do with the file. */
export type CodePlacement = Placement | { readonly kind: "none" };

const placements = oncePer((_: EditedFile) => new WeakMap<CodeEdit, CodePlacement>());

/** Told once for each piece: those who choose between pieces ask first. */
export function placeCode(file: EditedFile, edit: CodeEdit): CodePlacement {
  const known = placements(file).get(edit);
  if (known) return known;
  const placed = placeReadings(file, edit);
  placements(file).set(edit, placed);
  return placed;
}

function placeReadings(file: EditedFile, edit: CodeEdit): CodePlacement {
  // What the file itself never writes was not meant: the other reading comes first.
  for (const { lines, notices } of edit.alternatives ?? []) {
    const placed = placeLines(file, { ...edit, lines });
    if (placed.kind !== "placed") continue;
    return placed.ops.length === 0
      ? placed
      : { ...placed, notices: [...placed.notices, ...notices] };
  }
  return placeLines(file, edit);
}

function placeLines(file: EditedFile, edit: CodeEdit): CodePlacement {
  const named = withoutOutline(file, edit.lines, file.facts);
  const opened = withBodiesOpened(named, textsOf(file.lines), file.facts);
  const braced = file.facts.blocks === "brace" ? withBracesOf(file.lines, opened) : opened;
  const lines = trimmed(edit.neededBy ? braced : withoutUnusedImports(file, braced));
  if (lines.length === 0) return { kind: "none" };
  if (edit.neededBy) return placeImports(file, lines, edit.neededBy);
  const shown = answeredCode(file, lines, edit.label);
  const piece: Piece = {
    file,
    edit,
    lines,
    shown,
    isBlock:
      /^<\w/.test(lineAt(shown.lines, 0)) ||
      !shown.tops.some((one) => shown.file.named(one.name, one.kind).length > 0),
  };
  for (const [by, place] of ways()) {
    const placed = place(piece);
    if (placed && placed.kind !== "none")
      return placed.kind === "placed" ? { ...placed, by } : placed;
  }
  return { kind: "none" };
}

interface Piece {
  readonly file: EditedFile;
  readonly edit: CodeEdit;
  readonly lines: readonly string[];
  readonly shown: AnsweredCode;
  /** Nothing that the file declares under its name. */
  readonly isBlock: boolean;
}

/** The ways to find a place, the surest first: the first that has an answer decides. */
const ways = ruleList<(piece: Piece) => CodePlacement | undefined>({
  placeStretch: ({ edit, shown }) => (edit.byName ? undefined : placeStretch(shown)),
  placeElidedFile: ({ isBlock, shown }) => (isBlock ? placeElidedFile(shown) : undefined),
  placeBlock: ({ isBlock, shown }) => (isBlock ? placeBlock(shown) : undefined),
  placeWhole: ({ edit, shown }) => placeWhole(goingOn(shown), edit.pathIsSure),
  placeSnippet: ({ shown }) => {
    const code = goingOn(shown);
    return code.tops.length === 0 ? placeSnippet(code) : undefined;
  },
  placeDeclarations: ({ shown }) => {
    const code = goingOn(shown);
    return code.tops.length > 0 ? placeDeclarations(code) : undefined;
  },
  placeGrown: ({ shown }) => placeGrown(shown),
});

/** The beginning of a declaration says nothing of what follows in the file. */
const goingOn = oncePer((shown: AnsweredCode): AnsweredCode => {
  const { file, lines, tops, label } = shown;
  const isOpen = (tops.some((one) => one.isOpen) || isDocumentedHead(shown)) && !endsInside(shown);
  if (!isOpen) return shown;
  // Where a word ends a block, what stands no deeper than the head is none of it.
  const step = file.facts.blocks === "end" ? "\t" : "";
  const rest = indentOf(lastLine(lines)) + step + restUnchanged;
  return answeredCode(file, [...lines, rest], label);
});

/** Imports alone, as far as the other code needs them. */
function placeImports(
  file: EditedFile,
  lines: readonly string[],
  neededBy: readonly string[],
): CodePlacement {
  // One that brings a known name from elsewhere takes the place of another.
  const own = new Set(file.lines.flatMap((line) => importedNames(file, line)));
  const isKnown = (line: string): boolean => {
    const names = textsOf(file.lines).has(line.trim()) ? [] : importedNames(file, line);
    return names.length > 0 && names.every((name) => own.has(name));
  };
  if (lines.some(isKnown)) return { kind: "none" };
  const { ops, notices } = newImports(file, lines, neededBy);
  return ops.length === 0
    ? { kind: "none" }
    : { kind: "placed", ops, match: "symbol", notices, by: "placeImports" };
}

function importedNames({ facts }: EditedFile, line: string): readonly string[] {
  return isImport(line, facts) ? namesBound(line, facts) : [];
}

/** Whether the code is cut off within a string or a comment, in which no mark can stand. */
function endsInside({ file, lines }: AnsweredCode): boolean {
  return scanLines([...lines, ""], file.facts).at(-1)?.inside === true;
}

/** A head with a docstring and nothing more: the body is left out. */
function isDocumentedHead({ file, lines, tops }: AnsweredCode): boolean {
  const [only] = tops;
  if (file.facts.blocks !== "indent" || only === undefined || tops.length > 1) return false;
  const body = scanLines(lines, file.facts).slice(only.head + 1);
  const isHead = (at: number): boolean => body[at]?.kind === "code" && (body[at]?.depth ?? 0) > 0;
  return (
    body.some((line) => line.docstring) &&
    body.every((line, at) => line.kind !== "code" || isHead(at))
  );
}
