import { Changes } from "../../../base/text/changes";
import type { CheckCase } from "../../../protocol/checks";
import { bySmallChanges, type FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import type { CheckDesk } from "../checks/check-desk";
import { asideEvent } from "../telling";
import type { AttemptFacts, Course } from "./attempt";
import type { SampledStep } from "./attempt-together";
import { editOf, linesInQuestion, placesOf } from "./lines-in-question";
import { withRounds } from "./round";
import { type SmallChange, smallChanges } from "./small-changes";
import type { Tries } from "./tries";

/** Of the time that is left for tries: the model is to have most of it. */
const shareOfTime = 0.3;
const notWritten = "No model wrote this change: it was found among small ones that were tried.";

/**
 * Whether small changes may be tried: something fails by being run, and what runs is shut in, as
 * nobody has read it. Who says in words what is wrong may mean something that is not run.
 */
export function triesSmallChanges({ request, syntax }: Course, desk: CheckDesk): boolean {
  return (
    request.action === "fix" &&
    request.question === undefined &&
    syntax?.enclosing !== undefined &&
    desk.failsWhenRun &&
    desk.runsShutIn
  );
}

/**
 * Tries the small changes that mend most bugs of one line, each in a run of what fails; what does
 * better than the code as it is, is an edit for the judges like any other. The model is not asked:
 * fifty of them take less time than one answer. Only where {@link triesSmallChanges}.
 */
export async function* trySmallChanges(
  course: Course,
  facts: AttemptFacts,
  desk: CheckDesk,
  tries: Tries,
): AsyncGenerator<RunEvent | SampledStep, void, void> {
  const { asking, request, round } = course;
  const { target } = request;
  // What judges is not to be changed until the code passes it.
  if (await desk.isTest(target.uri, target.range.start.line)) return;
  const until = performance.now() + tries.msLeft * shareOfTime;
  const failingNow = await desk.failuresWith(round?.made ?? []);
  if (failingNow === undefined) return;
  const places = await placesOf(course, facts, desk);
  const questions = await linesInQuestion(places, course, facts, desk, tries);
  const changes = smallChanges(questions, desk.told > 1 || !facts.failing.every(isNumber));
  yield asideEvent("Small changes are tried, for which no model is needed.");
  yield { kind: "phase", at: Date.now(), phase: "checking" };
  for (const change of changes) {
    if (performance.now() > until || asking.interventions.isEnough) return;
    const file = await withChange(change, course);
    if (file.syntax === "broken") continue;
    const proposal = { id: crypto.randomUUID(), files: [file] };
    const failing = await desk.failuresWith(withRounds(proposal, round).files);
    if (failing === undefined || failing >= failingNow) continue;
    yield { kind: "sampled", step: { kind: "line", proposal } };
  }
}

/** A single number that should come out can be had by some other number: both of `n * 2`, `n + 3`. */
function isNumber({ expected = "" }: CheckCase): boolean {
  return /^-?[\d.]+$/.test(expected);
}

function withChange(
  { place, line: start, text }: SmallChange,
  { environment }: Course,
): Promise<FileProposal> {
  const { lines } = place;
  const changes = Changes.of(lines.count, [{ start, end: start + 1, lines: [text] }]);
  return editOf(place, lines.with(changes).text, environment.syntax, bySmallChanges, [notWritten]);
}
