import type { RunEvent } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import { FailureError } from "../failure-error";
import type { TriedChange } from "../prompt/instructions";
import { testFileFor } from "../prompt/test-file";
import type { Asking } from "./ask-model";
import { type AttemptFacts, attempt, type Course, type Step } from "./attempt";
import { answersTogether, attemptTogether } from "./attempt-together";
import { CheckDesk } from "./check-desk";
import { defaultTryLimits, type TryLimits } from "./checker";
import type { Ending } from "./ending";
import type { KnownGround } from "./ground";
import { bestOf, type Candidate, checksJudge, type Judge, judged, syntaxJudge } from "./judges";
import { tokensPerSecond } from "./model-pace";
import { obviousCure } from "./obvious-cures";
import type { Refusal } from "./propose";
import type { RunEnvironment, RunRequest } from "./run-request";
import { thinkingLimit } from "./thinking-budget";
import { unplacedEdit } from "./unplaced-edit";

/** How often the model is asked when its answers are of no use; a thought takes minutes, so a thinking model is asked less often. */
const attemptLimit = 3;
const thinkingAttemptLimit = 2;
/** So long the prompt waits for what the checks say of the code as it is; what they say later is for judging only. */
const patienceMs = 2_000;
/** From this size on a model makes something of being told what fails; a smaller one does better asked afresh. */
const listensFromBillions = 3;

/**
 * Asks the model until its answer is of use, and tells it as run events up to the proposal. Throws what the model port throws, and
 * FailureError when there is nothing but silence.
 */
export async function* answerRequest(
  request: RunRequest,
  asking: Asking,
  { syntax, found }: KnownGround,
  environment: RunEnvironment,
): AsyncGenerator<RunEvent, Ending, void> {
  const { target, action } = request;
  const checkRequest = { target, ...symbolOf(syntax) };
  // Who only wants words, or the tests themselves, has nothing to be run.
  const checkers =
    action === "explain" || action === "writeTests" ? [] : (environment.checkers ?? []);
  const desk = new CheckDesk(checkers, checkRequest, asking.interventions.stopped, environment.log);
  try {
    const testPath = action === "writeTests" ? await freeTestPath(request, environment) : undefined;
    const course: Course = {
      request,
      asking,
      syntax,
      found,
      environment,
      testPath,
      rounds: { repairs: 0 },
      failedForms: [],
    };
    return yield* attempts(course, desk);
  } finally {
    await desk.close();
  }
}

/** What came of the attempts so far. */
class Tries {
  readonly candidates: Candidate[] = [];
  unplaced: Refusal | undefined;
  /** Of the last answer that was of no use; absent while the model has said nothing at all. */
  ending: Ending | undefined;
  readonly #began = performance.now();
  #made = 0;

  constructor(
    private readonly mostUseless: number,
    private readonly limits: TryLimits,
  ) {}

  add(step: Extract<Step, { kind: "useless" }> | Candidate): void {
    this.#made++;
    if ("kind" in step) {
      this.ending = step.ending;
      this.unplaced = step.unplaced ?? this.unplaced;
      return;
    }
    this.candidates.push(step);
    this.ending = { outcome: "refused", ...(step.no === undefined ? {} : { detail: step.no }) };
  }

  /** @param canTell something is there that will know the right answer when it comes. */
  goOn(canTell: boolean): boolean {
    const { seconds, tries } = this.limits;
    const hasTime = performance.now() - this.#began < seconds * 1_000;
    if (canTell && hasTime && this.#made < tries) return true;
    return !this.isRefusedByChecks && this.#made < this.mostUseless;
  }

  /** Answers that may still be asked for. */
  get left(): number {
    return this.limits.tries - this.#made;
  }

  /** What the checks said no to last, if it was they. */
  get isRefusedByChecks(): boolean {
    return this.candidates.at(-1)?.refusedBy === "checks";
  }

  get reason(): string {
    if (this.ending === undefined) return "The model answered with nothing.";
    return this.ending.detail ?? "The answer could not be used.";
  }
}

async function* attempts(course: Course, desk: CheckDesk): AsyncGenerator<RunEvent, Ending, void> {
  const { request, asking, environment } = course;
  const judges: readonly Judge[] = [syntaxJudge, checksJudge(desk, request.action === "fix")];
  const limit = asking.connection.think ? thinkingAttemptLimit : attemptLimit;
  const tries = new Tries(limit, environment.tries?.() ?? defaultTryLimits);
  let last = false;
  await desk.wait(patienceMs);
  for (let number = 1; !last; number++) {
    const quick = number === 1 && mayBeQuick(course, desk);
    const facts: AttemptFacts = {
      number,
      quick,
      reason: tries.reason,
      failing: request.action === "fix" ? desk.failing : [],
      tried: number === 2 ? changeToTell(tries, asking) : undefined,
    };
    const count = facts.tried === undefined ? samplesNow(course, desk, tries) : 1;
    if (count > 1) {
      const ending = yield* together(course, facts, count, tries, judges, desk);
      if (ending !== undefined) return ending;
      last = !tries.goOn(desk.canTell);
      continue;
    }
    const step = yield* alongside(desk, attempt(course, facts));
    switch (step.kind) {
      case "text":
        return step.ending;
      case "question":
        return yield* concludeQuestion(step, judges, course);
      case "useless":
        tries.add(step);
        break;
      case "edit": {
        const candidate = yield* judged(step.proposal, asking.interventions.isEnough ? [] : judges);
        asking.interventions.stopped.throwIfAborted();
        tries.add(candidate);
        if (quick && candidate.no === undefined) yield* quickWords(asking);
        if (candidate.no === undefined) return yield* propose(candidate);
        if (!step.last && tries.goOn(desk.canTell)) yield* showTried(candidate);
        break;
      }
      default:
        step satisfies never;
    }
    // The check has decided that it needs a thought.
    if (quick && !asking.interventions.isEnough) continue;
    last = ("last" in step && step.last) || !tries.goOn(desk.canTell);
  }
  return yield* conclude(tries, course);
}

/** A problem that names its own cure needs no thought, as long as a check will tell whether the cure was right. */
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

/** Several at once only where something is there that ends them: else the first would do, and the others be for nothing. */
function samplesNow(course: Course, desk: CheckDesk, tries: Tries): number {
  if (!desk.canTell || !tries.isRefusedByChecks) return 1;
  return Math.min(answersTogether(course), tries.left);
}

/** Weighs several answers as they come; the first that all judges let pass ends the others. @returns undefined where none does. */
async function* together(
  course: Course,
  facts: AttemptFacts,
  count: number,
  tries: Tries,
  judges: readonly Judge[],
  desk: CheckDesk,
): AsyncGenerator<RunEvent, Ending | undefined, void> {
  for await (const event of attemptTogether(course, facts, count)) {
    if (event.kind !== "sampled") {
      yield event;
      continue;
    }
    const { step } = event;
    if (step.kind === "useless") tries.add(step);
    if (step.kind !== "edit") continue;
    const candidate = yield* judged(step.proposal, judges);
    course.asking.interventions.stopped.throwIfAborted();
    tries.add(candidate);
    if (candidate.no === undefined) return yield* propose(candidate);
    if (tries.goOn(desk.canTell)) yield* showTried(candidate);
  }
  return undefined;
}

function* showTried(candidate: Candidate): Generator<RunEvent, void, void> {
  if (candidate.refusedBy === "checks")
    yield { kind: "tried", at: Date.now(), proposal: candidate.proposal };
}

async function* propose({ proposal }: Candidate): AsyncGenerator<RunEvent, Ending, void> {
  yield { kind: "proposal", proposal };
  return { outcome: "proposed" };
}

/** Nothing passed all judges: the best of what was tried, else what can still be placed by hand, else why there is nothing. */
async function* conclude(tries: Tries, course: Course): AsyncGenerator<RunEvent, Ending, void> {
  const { asking, request } = course;
  const best = bestOf(tries.candidates);
  if (best !== undefined) return yield* propose(best);
  const { ending, unplaced } = tries;
  if (ending === undefined && unplaced === undefined) {
    const model = asking.connection.name;
    throw new FailureError({ kind: "emptyAnswer", model, notAsked: false });
  }
  const refused = ending === undefined || ending.outcome === "refused";
  const edit =
    refused && unplaced !== undefined ? unplacedEdit(unplaced, request.target) : undefined;
  if (edit !== undefined) yield { kind: "unplaced", at: Date.now(), edit };
  return ending ?? { outcome: "refused", detail: tries.reason };
}

/**
 * A question is asked once, whatever becomes of an edit in its answer: nobody asked for a second thought of minutes. The answer stands,
 * and an edit without a place waits beside it for the person to place it or to ask for it again.
 */
async function* concludeQuestion(
  { verdict, cut }: Extract<Step, { kind: "question" }>,
  judges: readonly Judge[],
  { request }: Course,
): AsyncGenerator<RunEvent, Ending, void> {
  if (verdict.kind === "proposal") return yield* propose(yield* judged(verdict.proposal, judges));
  if (cut !== undefined) return cut;
  if (verdict.kind === "unchanged" || isPlainAnswer(verdict)) return { outcome: "answered" };
  const edit = unplacedEdit(verdict, request.target);
  if (edit === undefined) return { outcome: "answered", detail: verdict.message };
  yield { kind: "unplaced", at: Date.now(), edit };
  return { outcome: "answered" };
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
function changeToTell(tries: Tries, { connection }: Asking): TriedChange | undefined {
  const newest = tries.candidates.at(-1);
  if (newest?.refusedBy !== "checks") return undefined;
  if (billionsOf(connection.name) < listensFromBillions) return undefined;
  const lines = newest.proposal.files
    .flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines))
    .filter((line) => !line.startsWith(" "));
  return { lines, failing: newest.failing };
}

/** As the model's name tells: `deepseek-r1:1.5b` is 1.5; 0 where it tells nothing. */
function billionsOf(name: string): number {
  const found = /(?<![\d.a-z])(\d+(?:\.\d+)?)b(?![a-z])/i.exec(name)?.[1];
  return found === undefined ? 0 : Number(found);
}

function symbolOf(syntax: SyntaxContext | undefined): { symbol?: string } {
  const name = syntax?.enclosing?.name;
  return name === undefined ? {} : { symbol: name };
}

async function freeTestPath(request: RunRequest, environment: RunEnvironment): Promise<string> {
  for (let number = 1; ; number++) {
    const path = testFileFor(request.target.path, request.target.languageId, number);
    if (!(await environment.fileExists(path))) return path;
  }
}

/** Code in the answer to a question that fits nowhere is an example; only a block that was meant to replace something is an edit. */
function isPlainAnswer(refusal: Refusal): boolean {
  return refusal.code === "noEdit" || refusal.failed?.form === "code";
}
