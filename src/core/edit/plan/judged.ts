import type { AnswerEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { findDeclarations, fromOutline } from "../code/declarations";
import type { EditedFile } from "../code/edited-file";
import type { EditSyntax } from "../edit-plan";
import { type JudgedText, type Objection, objectionTo } from "../judge/judge";
import type { PlacedSet } from "./place-set";

type Placed = Extract<PlacedSet, { kind: "placed" }>;

/** What the judge finds in what the edits made of a file: its declarations by the tree where it reads both texts, else by the text. */
export async function judged(
  file: EditedFile,
  edits: readonly AnswerEdit[],
  { source: { lines }, notices, said }: Placed,
  syntax: EditSyntax | undefined,
): Promise<Objection | undefined> {
  const [before, after] = await declared(file, lines, syntax);
  return objectionTo({
    before,
    after,
    said: code(file, said),
    quoted: quotedIn(edits),
    notices,
    facts: file.facts,
  });
}

async function declared(
  file: EditedFile,
  lines: readonly string[],
  syntax: EditSyntax | undefined,
): Promise<readonly [JudgedText, JudgedText]> {
  const outline =
    file.trees && (await syntax?.outline(file.languageId, lines.join("\n")).catch(() => undefined));
  if (file.trees && outline) {
    return [
      { lines: file.lines, declarations: file.trees.file },
      { lines, declarations: fromOutline(outline) },
    ];
  }
  return [
    { lines: file.lines, declarations: file.byText.declarations },
    { lines, declarations: findDeclarations(lines, file.facts) },
  ];
}

/** Without the marks for left-out code. */
function code(file: EditedFile, lines: readonly string[]): string[] {
  const own = new Set(file.lines.map((line) => line.trim()));
  return lines.filter((line) => !isElision(line) || own.has(line.trim()));
}

function quotedIn(edits: readonly AnswerEdit[]): string[] {
  return edits.flatMap((edit) =>
    edit.kind === "replace" ? edit.readings.flatMap((reading) => reading.search) : [],
  );
}
