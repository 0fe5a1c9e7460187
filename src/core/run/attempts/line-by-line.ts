import { languageFacts } from "../../../base/languages/languages";
import { Changes } from "../../../base/text/changes";
import { lastLineOf } from "../../../base/text/positions";
import type { FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { indentOf } from "../../edit/text/indentation";
import { scanLines } from "../../edit/text/scan-lines";
import { FailureError } from "../../failure-error";
import type { Infilled } from "../../model/language-model";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import type { CheckDesk } from "../checks/check-desk";
import { strayMaskText } from "../edits/propose";
import { addMetrics } from "../metrics";
import { asideEvent } from "../telling";
import { type AttemptFacts, type Course, writableSecrets } from "./attempt";
import type { SampledStep } from "./attempt-together";
import {
  editOf,
  type LineInQuestion,
  linesInQuestion,
  type Place,
  placesOf,
  shownOf,
  textOf,
} from "./lines-in-question";
import type { Tries } from "./tries";

/**
 * What goes with a gap of its own place: of a long declaration so many characters in front, and so
 * many lines behind. What is behind is read anew for each gap: with 6 lines 16 of 17 small
 * functions were put right in half of the time that all 17 took with the whole of the function.
 */
const room = { before: 6_000, linesBehind: 12 };
/** A line that comes out longer than twice what it was, and this, is none. */
const spareTokens = 24;
/** Of the time that is left for tries: the other ways to ask need some, too. */
const shareOfTime = 0.7;

/** Lines `[start, end)` of a file, one or none, in whose place a line is filled in. */
interface Gap {
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

/**
 * Whether lines can be filled in, and something is there that knows the right one; a model that
 * makes something of it is told first what its answer failed.
 */
export function fillsLines(
  { request, asking, syntax }: Course,
  desk: CheckDesk,
  { tried }: AttemptFacts,
): boolean {
  const { model, details } = asking.connection;
  return (
    request.action === "fix" &&
    tried === undefined &&
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
  const words = "The model fills in the lines of the code anew, one at a time.";
  yield asideEvent(words, { text, lines: true });
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
    yield { kind: "phase", at: Date.now(), phase: "checking" };
    const proposal = { id: crypto.randomUUID(), files: [file] };
    yield { kind: "sampled", step: { kind: "line", proposal } };
    yield { kind: "phase", at: Date.now(), phase: "answering" };
  }
}

/** First each line itself, then what is behind each. */
function gapsIn(order: readonly LineInQuestion[]): readonly Gap[] {
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
  const likely = `${lines.at(start)}\n`;
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
  const { languageId, text } = place.file;
  const isNew = start === end;
  const old = partsOf(lines.at(start), languageId);
  const { code, says } = partsOf(environment.secrets?.reveal(written) ?? written, languageId);
  if (says === "" || says === old.says) return undefined;
  // The code is the model's, a comment behind it the file's.
  const fresh = isNew ? code : code + old.comment;
  // Behind a last line without an end nothing can be put.
  if (isNew && lines.end(start - 1) === "") return undefined;
  const proposed = lines.with(Changes.of(lines.count, [{ start, end, lines: [fresh] }])).text;
  const facts = writableSecrets(request, environment);
  if (strayMaskText(proposed, text, written, facts) !== undefined) return undefined;
  return await editOf(place, proposed, environment.syntax, "lineByLine");
}

/** A line's code, what that says whatever its layout, and what is behind it. */
function partsOf(line: string, languageId: string) {
  const facts = languageFacts(languageId);
  const code = line.slice(0, scanLines([line], facts)[0]?.commentAt).trimEnd();
  // Where blocks are indented, what it says depends on where it stands.
  const indent = facts.blocks === "indent" ? indentOf(code) : "";
  return { code, says: indent + code.replaceAll(/\s/g, ""), comment: line.slice(code.length) };
}
