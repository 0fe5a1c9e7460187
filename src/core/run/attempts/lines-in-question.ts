import { languageFacts } from "../../../base/languages/languages";
import { Lines, withLineFeeds } from "../../../base/text/lines";
import { lastLineOf } from "../../../base/text/positions";
import type { PieceKind } from "../../../protocol/context";
import type { Range, ShownFile, Target } from "../../../protocol/document";
import type { FileProposal } from "../../../protocol/proposal";
import type { EditSyntax } from "../../edit/edit-plan";
import { hunksOf } from "../../edit/hunks";
import { syntaxVerdict } from "../../edit/plan/syntax-verdict";
import { scanLines } from "../../edit/text/scan-lines";
import { buildPrompt } from "../../prompt/build-prompt";
import type { Prompt } from "../../prompt/prompt";
import { sealPrompt, sealText } from "../asking/seal-prompt";
import type { CheckDesk } from "../checks/check-desk";
import { type AttemptFacts, type Course, groundOf, promptOfAttempt } from "./attempt";
import type { Tries } from "./tries";

/** So many characters of other places stand in front: the nearest of them. */
const mostBeside = 6_000;

/** Kinds of pieces that are code which a line may work with. */
const besideKinds: ReadonlySet<PieceKind> = new Set([
  "definition",
  "type",
  "symbol",
  "file",
  "caller",
]);

/** A stretch of a file whose lines may be wrong. */
export interface Place {
  readonly file: ShownFile;
  readonly range: Range;
  /** Where what was shown around the range begins: its documentation is part of it. */
  readonly from: number;
  /** What else the model was shown of the code that this works with, with what is secret hidden. */
  readonly beside: string;
  readonly lines: Lines;
  /** The same with what is secret hidden. */
  readonly shown: Lines;
}

/** A line of a place, zero-based in its file. */
export interface LineInQuestion {
  readonly place: Place;
  readonly line: number;
}

/** The declaration in question, then what else the model was shown and may change. */
export async function placesOf(
  course: Course,
  facts: AttemptFacts,
  desk: CheckDesk,
): Promise<readonly Place[]> {
  const { request, syntax, environment } = course;
  const { target } = request;
  const prompt = await sealPrompt(buildPrompt(promptOfAttempt(course, facts)), environment.secrets);
  const { startLine, endLine } = prompt.context;
  const { bodyRange } = syntax?.enclosing ?? { bodyRange: target.range };
  // Of a long declaration only a part is shown.
  const range = lineRange(
    Math.max(bodyRange.start.line, startLine),
    Math.min(lastLineOf(bodyRange), endLine),
  );
  const places: Pick<Place, "file" | "range" | "from">[] = [
    { file: target, range, from: startLine },
  ];
  for (const file of groundOf(course, prompt).shown ?? []) {
    // Whatever judges is none of them.
    if (file.uri === target.uri || (await desk.isTest(file.uri))) continue;
    for (const each of file.ranges ?? []) places.push({ file, range: each, from: each.start.line });
  }
  return await Promise.all(
    places.map(async (place) => {
      const { text } = place.file;
      // As many lines as before, whatever is hidden.
      const shown = await sealText(withLineFeeds(text), environment.secrets);
      const beside = await sealText(besideOf(place, prompt, target), environment.secrets);
      return { ...place, lines: Lines.of(text), shown: Lines.of(shown), beside };
    }),
  );
}

/**
 * The code that was shown of other places: what a line has to be often stands there, such as that a
 * rate is told in percent.
 */
function besideOf(
  { file, range }: Pick<Place, "file" | "range">,
  { sent, context }: Prompt,
  target: Target,
): string {
  const own = `${file.uri} ${range.start.line}`;
  const pieces = sent.filter(
    (piece) =>
      besideKinds.has(piece.kind) && `${piece.file?.uri} ${piece.range?.start.line}` !== own,
  );
  const texts = pieces.map(({ text }) => text);
  texts.push(file.uri === target.uri ? context.imports : context.code);
  const blocks = texts
    .filter((text) => text !== "")
    .map((text) => `${withLineFeeds(text).trimEnd()}\n\n`);
  // The nearest stands last.
  while (blocks.join("").length > mostBeside) blocks.shift();
  return blocks.join("");
}

/**
 * The lines of code in the places, zero-based: in each first those that the failures lead to, then
 * those that earlier tries changed, then all others in their order, and its head last.
 */
export async function linesInQuestion(
  places: readonly Place[],
  course: Course,
  facts: AttemptFacts,
  desk: CheckDesk,
  tries: Tries,
): Promise<readonly LineInQuestion[]> {
  const { request, round } = course;
  const { uri: asked, diagnostics } = request.target;
  const suspects = await desk.suspects(facts.failing, round?.made ?? []);
  const tried = tries.candidates.flatMap(({ proposal }) => proposal.files);
  return places.flatMap((place) => {
    const { uri, languageId } = place.file;
    const { start } = place.range;
    const changed = tried
      .filter((file) => file.uri === uri)
      .flatMap(({ base, proposed }) => hunksOf(base, proposed, 0))
      .flatMap(({ oldStart, oldLines }) =>
        Array.from({ length: oldLines }, (_, at) => oldStart - 1 + at),
      );
    const order = new Set([
      ...(uri === asked ? diagnostics.map((problem) => problem.range.start.line) : []),
      ...suspects.flatMap((suspect) => (suspect.uri === uri ? (suspect.line ?? []) : [])),
      ...changed,
      ...Array.from(
        { length: lastLineOf(place.range) - start.line },
        (_, at) => start.line + 1 + at,
      ),
      start.line,
    ]);
    const scanned = scanLines(place.lines.bare, languageFacts(languageId));
    return [...order]
      .filter((line) => line >= start.line && line <= lastLineOf(place.range))
      .filter((line) => scanned[line]?.kind === "code" && !scanned[line]?.docstring)
      .map((line) => ({ place, line }));
  });
}

/** The place's file as an edit of it that no answer gave, but `by`. */
export async function editOf(
  { file: { uri, path, languageId, text: base } }: Place,
  proposed: string,
  syntax: EditSyntax | undefined,
  by: string,
  notices: readonly string[] = [],
): Promise<FileProposal> {
  return {
    uri,
    path,
    languageId,
    change: "edit",
    base,
    proposed,
    hunks: hunksOf(base, proposed),
    match: "exact",
    by: [by],
    syntax: await syntaxVerdict(syntax, languageId, base, proposed),
    notices,
  };
}

/** All that any of a place's requests holds. */
export function shownOf({ beside, shown, from, range }: Place): string {
  return beside + textOf(shown.slice(from, lastLineOf(range) + 1));
}

function lineRange(first: number, last: number): Range {
  return { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
}

/** Lines as a text in which each has its end. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
