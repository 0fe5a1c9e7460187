import type { FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { hunksOf } from "../../edit/hunks";
import { hasOtherWording, type TriedChange } from "../../prompt/words/instructions";
import type { Asking } from "../asking/ask-model";
import type { CheckDesk } from "../checks/check-desk";
import {
  behaviourJudge,
  type Candidate,
  checksJudge,
  type Judge,
  judged,
  syntaxJudge,
} from "../edits/judges";
import type { Ending } from "../ending";
import { thinkingLimit } from "../steer/thinking-budget";
import { type AttemptFacts, attempt, type Course, type Step } from "./attempt";
import { answersTogether, attemptTogether, type SampledStep } from "./attempt-together";
import { fillsLines, lineByLine } from "./line-by-line";
import { tokensPerSecond } from "./model-pace";
import { obviousCure } from "./obvious-cures";
import { withRounds } from "./round";
import { isRefusedByRunning, type Tries } from "./tries";
import { triesSmallChanges, trySmallChanges } from "./try-small-changes";

/**
 * From this size on a model makes something of being told what fails; a smaller one does better
 * asked afresh.
 */
const listensFromBillions = 3;
/** Answers at once to a prompt after which another one follows. */
const fewSamples = 2;

/** Who judges the edits of a run. */
export function judgesOf({ request, round }: Course, desk: CheckDesk): readonly Judge[] {
  const { action, target, question } = request;
  // A test that the person asked about, or may have asked for in words, is theirs to change.
  const mayChange = async ({ uri }: FileProposal): Promise<boolean> =>
    question !== undefined ||
    (uri === target.uri && (action !== "fix" || (await desk.isTest(uri, target.range.start.line))));
  // Who names what is wrong may mean something that no example comes near.
  const isUnnamed =
    action === "fix" &&
    target.diagnostics.length === 0 &&
    question === undefined &&
    round === undefined;
  const judges = [syntaxJudge, checksJudge(desk, action === "fix", mayChange)];
  return isUnnamed ? [...judges, behaviourJudge(desk)] : judges;
}

/**
 * What attempts come to. `right`: all judges let it pass. `nothing`: the tries know what there was.
 */
type Found =
  | { readonly kind: "ending"; readonly ending: Ending }
  | { readonly kind: "question"; readonly step: Extract<Step, { kind: "question" }> }
  | { readonly kind: "right"; readonly candidate: Candidate }
  | { readonly kind: "nothing" };

/** Ways to an edit without a whole answer: behind the first one, each once, in this order. */
const waysAside: readonly {
  mayGo(course: Course, desk: CheckDesk, facts: AttemptFacts): boolean;
  readonly go: typeof lineByLine;
}[] = [
  { mayGo: triesSmallChanges, go: trySmallChanges },
  { mayGo: fillsLines, go: lineByLine },
];

/** Asks until an answer is right, or the tries are used up. */
export async function* attempts(
  course: Course,
  desk: CheckDesk,
  tries: Tries,
  judges: readonly Judge[],
): AsyncGenerator<RunEvent, Found, void> {
  const { request, asking, round } = course;
  const before = round?.asked ?? 0;
  let last = false;
  let aside = waysAside;
  for (let number = before + 1; !last; number++) {
    const quick = number === 1 && mayBeQuick(course, desk);
    const facts: AttemptFacts = {
      number,
      quick,
      reason: tries.reason,
      failing: request.action === "fix" ? (round?.failing ?? desk.failing) : [],
      isJudged: desk.canTell,
      tried: number === before + 2 ? changeToTell(tries, course) : undefined,
    };
    const due = number > before + 1 ? aside.filter((way) => way.mayGo(course, desk, facts)) : [];
    aside = aside.filter((way) => !due.includes(way));
    for (const { go } of due) {
      const edits = go(course, facts, desk, tries);
      const candidate = yield* weighed(edits, course, tries, judges, desk);
      if (candidate !== undefined) return { kind: "right", candidate };
      if (asking.interventions.isEnough) return { kind: "nothing" };
    }
    const count = facts.tried === undefined ? samplesNow(course, desk, tries, number) : 1;
    if (count > 1) {
      const answers = attemptTogether(course, facts, count);
      const candidate = yield* weighed(answers, course, tries, judges, desk);
      if (candidate !== undefined) return { kind: "right", candidate };
      last = !tries.goOn(desk.canTell, isForSomethingElse(course));
      continue;
    }
    const step = yield* alongside(desk, attempt(course, facts));
    switch (step.kind) {
      case "text":
        return { kind: "ending", ending: step.ending };
      case "question":
        return { kind: "question", step };
      case "useless":
        tries.add(step);
        break;
      case "edit": {
        const edit = withRounds(step.proposal, round);
        const candidate = yield* judged(edit, asking.interventions.isEnough ? [] : judges);
        asking.interventions.stopped.throwIfAborted();
        tries.add(candidate);
        if (quick && candidate.no === undefined) yield* quickWords(asking);
        if (candidate.no === undefined) return { kind: "right", candidate };
        if (
          round !== undefined ||
          (!step.last && tries.goOn(desk.canTell, isForSomethingElse(course)))
        )
          yield* showTried(candidate, tries);
        break;
      }
      default:
        step satisfies never;
    }
    // The check has decided that it needs a thought.
    if (quick && !asking.interventions.isEnough) continue;
    last = ("last" in step && step.last) || !tries.goOn(desk.canTell, isForSomethingElse(course));
  }
  return { kind: "nothing" };
}

/**
 * A problem that a tool names is what was asked about; what else fails may have another cause.
 * Until green all that fails is meant.
 */
export function isForSomethingElse({ request, round }: Course): boolean {
  return round === undefined && request.target.diagnostics.length > 0;
}

/**
 * A problem that names its own cure needs no thought, as long as a check will tell whether the cure
 * was right.
 */
function mayBeQuick({ request, asking }: Course, desk: CheckDesk): boolean {
  const [problem] = request.target.diagnostics;
  const isPlain =
    request.action === "fix" &&
    request.question === undefined &&
    request.thoughtBefore === undefined;
  const { think, thinkingOff } = asking.connection;
  if (!isPlain || problem === undefined || !think || thinkingOff === "never") return false;
  return desk.failing.length > 0 && obviousCure(problem) !== undefined;
}

/** What the model did not have to do. */
function* quickWords({ environment, connection }: Asking): Generator<RunEvent, void, void> {
  const budget = environment.steering?.().budget ?? { kind: "auto" as const };
  const pace = tokensPerSecond(environment.pace?.of(connection.name) ?? []);
  const { tokens, ms } = thinkingLimit(budget, pace, connection.contextTokens);
  const mostMs = ms ?? (pace === undefined ? undefined : (tokens / pace) * 1_000);
  const saved =
    mostMs === undefined ? [] : [`That saves a thought of up to ${Math.round(mostMs / 1_000)} s.`];
  const text = [
    "The problem names its own cure, so it was asked without a thought, and the check is content.",
    ...saved,
  ].join(" ");
  yield { kind: "notice", text };
}

/**
 * Several at once only where something is there that ends them: else the first would do, and the
 * others be for nothing. They share one prompt: as long as there is another way to ask, two are
 * enough, or a slow machine would not come to it within the time.
 */
function samplesNow(course: Course, desk: CheckDesk, tries: Tries, number: number): number {
  if (!desk.canTell || !tries.isRefusedByChecks) return 1;
  const most = hasOtherWording(number) ? fewSamples : answersTogether(course);
  return Math.min(most, answersTogether(course), tries.left);
}

/**
 * Weighs several edits as they come; the first that all judges let pass ends the others. @returns
 * undefined where none does.
 */
async function* weighed(
  answers: AsyncGenerator<RunEvent | SampledStep, void, void>,
  course: Course,
  tries: Tries,
  judges: readonly Judge[],
  desk: CheckDesk,
): AsyncGenerator<RunEvent, Candidate | undefined, void> {
  for await (const event of answers) {
    if (event.kind !== "sampled") {
      yield event;
      continue;
    }
    const { step } = event;
    if (step.kind === "useless") tries.add(step);
    if (step.kind !== "edit" && step.kind !== "line") continue;
    const edit = yield* judged(withRounds(step.proposal, course.round), judges);
    const candidate: Candidate = step.kind === "line" ? { ...edit, aside: true } : edit;
    course.asking.interventions.stopped.throwIfAborted();
    if (candidate.aside) tries.addLine(candidate);
    else tries.add(candidate);
    if (candidate.no === undefined) return candidate;
    if (course.round !== undefined || tries.goOn(desk.canTell, isForSomethingElse(course)))
      yield* showTried(candidate, tries);
  }
  return undefined;
}

/** Once for each edit that something said no to by running it. */
export function* showTried(candidate: Candidate, tries: Tries): Generator<RunEvent, void, void> {
  if (!isRefusedByRunning(candidate) || tries.shown.has(candidate)) return;
  tries.shown.add(candidate);
  yield { kind: "tried", at: Date.now(), proposal: candidate.proposal };
}

/** Tells what the checks say in the background in between what the model says. */
async function* alongside<T>(
  desk: CheckDesk,
  events: AsyncGenerator<RunEvent, T, void>,
): AsyncGenerator<RunEvent, T, void> {
  try {
    for (let next = await events.next(); ; next = await events.next()) {
      yield* desk.news();
      if (next.done) return next.value;
      yield next.value;
    }
  } finally {
    await events.return(undefined as never);
  }
}

/** The change that just failed, for a model that can make something of it. */
function changeToTell(tries: Tries, { asking, round }: Course): TriedChange | undefined {
  const newest = tries.candidates.at(-1);
  if (newest?.refusedBy !== "checks") return undefined;
  if (billionsOf(asking.connection.name) < listensFromBillions) return undefined;
  const lines = newest.proposal.files.flatMap(({ uri, base, proposed }) => {
    const earlier = round?.made.find((file) => file.uri === uri);
    return hunksOf(earlier?.proposed ?? base, proposed, 0).flatMap((hunk) => hunk.lines);
  });
  return { lines, failing: newest.failing };
}

/** As the model's name tells: `deepseek-r1:1.5b` is 1.5; 0 where it tells nothing. */
function billionsOf(name: string): number {
  const found = /(?<![\d.a-z])(\d+(?:\.\d+)?)b(?![a-z])/i.exec(name)?.[1];
  return found === undefined ? 0 : Number(found);
}
