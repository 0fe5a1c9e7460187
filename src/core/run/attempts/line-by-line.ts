import { languageFacts } from "../../../base/languages/languages";
import { wholeLines, withLineFeeds, withoutEnd } from "../../../base/text/lines";
import type { PieceKind } from "../../../protocol/context";
import type { Range, ShownFile, Target } from "../../../protocol/document";
import type { FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { hunksOf } from "../../edit/hunks";
import { syntaxVerdict } from "../../edit/plan/syntax-verdict";
import { scanLines } from "../../edit/text/scan-lines";
import { FailureError } from "../../failure-error";
import type { Infilled } from "../../model/language-model";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import { buildPrompt } from "../../prompt/build-prompt";
import type { Prompt } from "../../prompt/prompt";
import { fenced } from "../../prompt/words/fence";
import { lastLineOf } from "../../text-lines";
import { sealPrompt, sealText } from "../asking/seal-prompt";
import type { CheckDesk } from "../checks/check-desk";
import { strayMaskText } from "../edits/propose";
import { addMetrics } from "../metrics";
import { attemptEvent } from "../telling";
import {
  type AttemptFacts,
  type Course,
  groundOf,
  promptOfAttempt,
  writableSecrets,
} from "./attempt";
import type { SampledStep } from "./attempt-together";
import type { Tries } from "./tries";

/**
 * What goes with a gap, all of it code that the model was shown: so many characters of other
 * places, of a long declaration so many in front, and so many lines behind. What is behind is read
 * anew for each gap: with 6 lines 16 of 17 small functions were put right in half of the time that
 * all 17 took with the whole of the function.
 */
const room = { beside: 6_000, before: 6_000, linesBehind: 12 };
/** A line that comes out longer than twice what it was, and this, is none. */
const spareTokens = 24;
/** Of the time that is left for tries: the other ways to ask need some, too. */
const shareOfTime = 0.7;

/** Kinds of pieces that are code which a line may work with. */
const besideKinds: ReadonlySet<PieceKind> = new Set([
  "definition",
  "type",
  "symbol",
  "file",
  "caller",
]);

/** A stretch of a file whose lines may be wrong. */
interface Place {
  readonly file: ShownFile;
  readonly range: Range;
  /** Where what was shown around the range begins: its documentation is part of it. */
  readonly from: number;
  /** What else the model was shown of the code that this works with, with what is secret hidden. */
  readonly beside: string;
  readonly lines: readonly string[];
  /** The same without their ends, and with what is secret hidden. */
  readonly shown: readonly string[];
}

/** Lines `[start, end)` of a file, one or none, in whose place a line is filled in. */
interface Gap {
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

/** Whether lines can be filled in, and something is there that knows the right one. */
export function fillsLines({ request, asking, syntax }: Course, desk: CheckDesk): boolean {
  const { model, details } = asking.connection;
  return (
    request.action === "fix" &&
    model.infill !== undefined &&
    details.capabilities.includes("insert") &&
    syntax?.enclosing !== undefined &&
    desk.failsWhenRun
  );
}

/**
 * Takes one line after the other out of the declaration in question, and of what was shown with it
 * and may be changed, and has the model fill in what it takes for the likeliest there; then a line
 * between each two. Asked for all of a function, a small model mostly gives it back as it is; asked
 * for one line, it writes what usually stands there, which a wrong line is not: `while True:` in a
 * search becomes `while queue:`. Each line that comes out otherwise is an edit of its own, for the
 * checks to judge (repair as a cloze task: https://arxiv.org/abs/2207.08281). Only where
 * {@link fillsLines}.
 */
export async function* lineByLine(
  course: Course,
  facts: AttemptFacts,
  desk: CheckDesk,
  tries: Tries,
): AsyncGenerator<RunEvent | SampledStep, void, void> {
  const { asking } = course;
  const { interventions } = asking;
  const until = performance.now() + tries.msLeft * shareOfTime;
  const places = await placesOf(course, facts, desk);
  const gaps = gapsIn(await linesInQuestion(places, course, facts, desk, tries));
  const text = places.map(shownOf).join("\n");
  yield attemptEvent(facts.reason, { text, lines: true });
  yield { kind: "notice", text: "The model fills in the lines of the code anew, one at a time." };
  yield { kind: "phase", at: Date.now(), phase: "answering" };
  for (const [done, gap] of gaps.entries()) {
    if (performance.now() > until || interventions.isEnough) return;
    yield { kind: "progress", phase: "answering", done, total: gaps.length };
    const filled = await fillIn(course, gap);
    interventions.stopped.throwIfAborted();
    if (filled === undefined) return;
    asking.metrics = addMetrics(asking.metrics, filled.metrics);
    const file = await withLine(course, gap, filled.text);
    if (file === undefined) continue;
    const change = hunksOf(file.base, file.proposed, 0).flatMap((hunk) => hunk.lines);
    yield { kind: "answer", text: `${fenced("diff", change.join("\n"))}\n\n` };
    yield { kind: "phase", at: Date.now(), phase: "checking" };
    const proposal = { id: crypto.randomUUID(), files: [file] };
    yield { kind: "sampled", step: { kind: "line", proposal } };
    yield { kind: "phase", at: Date.now(), phase: "answering" };
  }
}

/** The declaration in question, then what else the model was shown and may change. */
async function placesOf(
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
      return { ...place, lines: wholeLines(text), shown: shown.split("\n"), beside };
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
  while (blocks.join("").length > room.beside) blocks.shift();
  return blocks.join("");
}

/**
 * The lines of code in the places, zero-based: in each first those that the failures lead to, then
 * those that earlier tries changed, then all others in their order, and its head last.
 */
async function linesInQuestion(
  places: readonly Place[],
  course: Course,
  facts: AttemptFacts,
  desk: CheckDesk,
  tries: Tries,
): Promise<readonly { readonly place: Place; readonly line: number }[]> {
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
    const scanned = scanLines(place.lines.map(withoutEnd), languageFacts(languageId));
    return [...order]
      .filter((line) => line >= start.line && line <= lastLineOf(place.range))
      .filter((line) => scanned[line]?.kind === "code" && !scanned[line]?.docstring)
      .map((line) => ({ place, line }));
  });
}

/** All that any of a place's requests holds. */
function shownOf({ beside, shown, from, range }: Place): string {
  return beside + textOf(shown.slice(from, lastLineOf(range) + 1));
}

/** First each line itself, then what is behind each. */
function gapsIn(order: Awaited<ReturnType<typeof linesInQuestion>>): readonly Gap[] {
  return [
    ...order.map(({ place, line }) => ({ place, start: line, end: line + 1 })),
    ...order.map(({ place, line }) => ({ place, start: line + 1, end: line + 1 })),
  ];
}

/** Undefined where the server cannot: whoever asks in another way is told why. */
async function fillIn(
  { asking, environment }: Course,
  { place, start, end }: Gap,
): Promise<Infilled | undefined> {
  const { shown: lines, range, from, beside } = place;
  const { connection, interventions } = asking;
  const { model, name, contextTokens, keepAlive, allowedCloudModels } = connection;
  // The line's own indentation is the model's to write: cut off it would be no word of its.
  const whole = textOf(lines.slice(from, start));
  const before = whole.slice(
    whole.length > room.before ? whole.indexOf("\n", whole.length - room.before) + 1 : 0,
  );
  // What stands at the place now, as most lines come out as they are.
  const likely = `${lines[start] ?? ""}\n`;
  const endBehind = Math.min(end + room.linesBehind, lastLineOf(range) + 1);
  const request = {
    model: name,
    before: beside + before,
    after: `\n${textOf(lines.slice(end, endBehind))}`,
    contextTokens,
    maxTokens: 2 * estimateTokens(likely) + spareTokens,
    stop: ["\n"],
    likely,
    keepAlive,
    allowedCloudModels,
  };
  try {
    return await model.infill?.(request, interventions.stopped);
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    environment.log.warn(`no line was filled in: ${thrown.message}`);
    return undefined;
  }
}

/** The file with a line in the gap; undefined where its code is the same or must not be written. */
async function withLine(
  { request, environment }: Course,
  { place, start, end }: Gap,
  written: string,
): Promise<FileProposal | undefined> {
  const { lines } = place;
  const { uri, path, languageId, text } = place.file;
  const isNew = start === end;
  const old = partsOf(lines[start] ?? "", languageId);
  const { code, says } = partsOf(environment.secrets?.reveal(written) ?? written, languageId);
  if (says === "" || says === old.says) return undefined;
  // The code is the model's, a comment behind it the file's.
  const fresh = isNew ? code : code + old.comment;
  const beside = lines[isNew ? start - 1 : start] ?? "";
  const lineEnd = beside.slice(withoutEnd(beside).length);
  // Behind a last line without an end nothing can be put.
  if (isNew && lineEnd === "") return undefined;
  const proposed = [...lines.slice(0, start), fresh + lineEnd, ...lines.slice(end)].join("");
  const facts = writableSecrets(request, environment);
  if (strayMaskText(proposed, text, written, facts) !== undefined) return undefined;
  return {
    uri,
    path,
    languageId,
    change: "edit",
    base: text,
    proposed,
    hunks: hunksOf(text, proposed),
    match: "exact",
    syntax: await syntaxVerdict(environment.syntax, languageId, text, proposed),
    notices: [],
  };
}

/** A line's code, what that says whatever its layout, and what is behind it. */
function partsOf(whole: string, languageId: string) {
  const line = withoutEnd(whole);
  const facts = languageFacts(languageId);
  const code = line.slice(0, scanLines([line], facts)[0]?.commentAt).trimEnd();
  // Where blocks are indented, what it says depends on where it stands.
  const indent = facts.blocks === "indent" ? (/^\s*/.exec(code)?.[0] ?? "") : "";
  return { code, says: indent + code.replaceAll(/\s/g, ""), comment: line.slice(code.length) };
}

function lineRange(first: number, last: number): Range {
  return { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
