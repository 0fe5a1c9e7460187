import type { RunEvent } from "../../../protocol/run-events";
import type { SyntaxContext } from "../../../protocol/syntax";
import { hunksOf } from "../../edit/hunks";
import { FailureError } from "../../failure-error";
import { fenced } from "../../prompt/words/fence";
import { testFileFor } from "../../prompt/words/test-file";
import type { Course, Step } from "../attempts/attempt";
import { attempts, isForSomethingElse, judgesOf, showTried } from "../attempts/attempts";
import { Tries, usefulLimit } from "../attempts/tries";
import { CheckDesk } from "../checks/check-desk";
import { defaultTryLimits } from "../checks/checker";
import { bestOf, type Candidate, type Judge, judged } from "../edits/judges";
import type { Refusal } from "../edits/propose";
import { unplacedEdit } from "../edits/unplaced-edit";
import type { Ending } from "../ending";
import type { KnownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import type { Asking } from "./ask-model";

/**
 * So long the prompt waits for what the checks say of the code as it is; what they say later is for
 * judging only.
 */
const patienceMs = 2_000;
/**
 * Asks the model until its answer is of use, and tells it as run events up to the proposal. Throws
 * what the model port throws, and FailureError when there is nothing but silence.
 */
export async function* answerRequest(
  request: RunRequest,
  asking: Asking,
  ground: KnownGround,
  environment: RunEnvironment,
): AsyncGenerator<RunEvent, Ending, void> {
  const { target, action } = request;
  const checkRequest = { target, ...symbolOf(ground.syntax) };
  // Who only wants words, or the tests themselves, has nothing to be run.
  const checkers =
    action === "explain" || action === "writeTests" ? [] : (environment.checkers ?? []);
  const desk = new CheckDesk(checkers, checkRequest, asking.interventions.stopped, environment.log);
  try {
    const testPath = action === "writeTests" ? await freeTestPath(request, environment) : undefined;
    const course: Course = {
      request,
      asking,
      ...ground,
      environment,
      testPath,
      rounds: { repairs: 0 },
      failedForms: [],
    };
    const judges = judgesOf(course, desk);
    const tries = new Tries(usefulLimit(asking), environment.tries?.() ?? defaultTryLimits);
    await desk.wait(patienceMs);
    const found = yield* attempts(course, desk, tries, judges);
    switch (found.kind) {
      case "ending":
        return found.ending;
      case "question":
        return yield* concludeQuestion(found.step, judges, course);
      case "right":
        return yield* propose(found.candidate);
      case "nothing":
        return yield* conclude(tries, course);
      default:
        return found satisfies never;
    }
  } finally {
    await desk.close();
  }
}

export async function* propose({
  proposal,
  aside,
}: Candidate): AsyncGenerator<RunEvent, Ending, void> {
  if (aside) {
    const lines = proposal.files.flatMap(({ base, proposed }) =>
      hunksOf(base, proposed, 0).flatMap((hunk) => hunk.lines),
    );
    yield { kind: "answer", text: fenced("diff", lines.join("\n")) };
  }
  yield { kind: "proposal", proposal };
  return { outcome: "proposed" };
}

/**
 * Nothing passed all judges: the best of what was tried, unless checks show that it is not worth a
 * look, else what can still be placed by hand, else why there is nothing.
 */
async function* conclude(tries: Tries, course: Course): AsyncGenerator<RunEvent, Ending, void> {
  const { asking, request } = course;
  const { ending, unplaced } = tries;
  // Who takes what is there knows best.
  const best = asking.interventions.isEnough
    ? bestOf(tries.candidates)
    : tries.best(isForSomethingElse(course) || request.question !== undefined);
  if (best !== undefined) return yield* propose(best);
  const last = tries.candidates.at(-1);
  if (last !== undefined) {
    yield* showTried(last, tries);
    const tried = tries.candidates.length;
    const detail = `${last.no} Changes that were tried: ${tried}. None of them is proposed.`;
    return { outcome: "refused", detail };
  }
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
 * A question is asked once, whatever becomes of an edit in its answer: nobody asked for a second
 * thought of minutes. The answer stands, and an edit without a place waits beside it for the person
 * to place it or to ask for it again.
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

/**
 * Code in the answer to a question that fits nowhere is an example; only a block that was meant to
 * replace something is an edit.
 */
function isPlainAnswer(refusal: Refusal): boolean {
  return refusal.code === "noEdit" || refusal.failed?.form === "code";
}
