import { defined } from "../../base/defined";
import type { Target } from "../../protocol/document";
import type { Outcome, RunEvent } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import type { EditRefusal } from "../edit/edit-plan";
import { FailureError } from "../failure-error";
import type { Connection } from "../model/connection";
import { buildPrompt, type Prompt, type PromptRequest } from "../prompt/build-prompt";
import type { AskedForm } from "../prompt/form-memory";
import { testFileFor } from "../prompt/test-file";
import { type Asking, askModel, samplingFor } from "./ask-model";
import { askForEdits } from "./draft-edits";
import { propose, type Verdict } from "./propose";
import { proposeFile } from "./propose-file";
import { type Rounds, repair } from "./repair";
import type { RunEnvironment, RunRequest } from "./run-request";
import type { StreamedAnswer } from "./stream-answer";
import { unplacedEdit } from "./unplaced-edit";

/** How often the model is asked when its answers are of no use; a thought takes minutes, so a thinking model is asked less often. */
const attemptLimit = 3;
const thinkingAttemptLimit = 2;

/** How a run ends that does not fail. */
export interface Ending {
  readonly outcome: Outcome;
  readonly detail?: string;
}

const nothing: Ending = { outcome: "refused", detail: "The model answered with nothing." };

/**
 * Asks the model until its answer is of use, and tells it as run events up to the proposal. Throws what the model port throws, and
 * FailureError when there is nothing but silence.
 */
export async function* answerRequest(
  request: RunRequest,
  asking: Asking,
  syntax: SyntaxContext | undefined,
  environment: RunEnvironment,
): AsyncGenerator<RunEvent, Ending, void> {
  const { connection, interventions } = asking;
  const { target } = request;
  const testPath =
    request.action === "writeTests" ? await freeTestPath(request, environment) : undefined;
  const attempts = connection.think ? thinkingAttemptLimit : attemptLimit;
  const rounds: Rounds = { requests: 0, repairs: 0 };
  const failedForms: AskedForm[] = [];
  /** An edit that lands but breaks the syntax is kept in case nothing better comes. */
  let fallback: Extract<Verdict, { kind: "proposal" }> | undefined;
  let unplaced: Extract<Verdict, { kind: "refusal" }> | undefined;
  let ending: Ending = { outcome: "answered" };

  for (let attempt = 1; attempt <= attempts; attempt++) {
    const promptRequest = {
      ...promptRequestFor(request, connection, syntax, testPath, environment),
      attempt,
      failedForms,
    };
    const prompt = buildPrompt(promptRequest);
    rounds.requests++;
    if (attempt === 1) yield sentEvent(prompt, connection);
    else
      yield {
        kind: "attempt",
        at: Date.now(),
        number: rounds.requests,
        reason: ending.detail ?? "The answer could not be used.",
      };
    const sampling = samplingFor(connection, attempt);
    const facts = {
      target,
      range: prompt.context.symbol?.range ?? target.range,
      context: syntax,
      syntax: environment.syntax,
      ...(request.action === "ask"
        ? { isFree: async (path: string) => !(await environment.fileExists(path)) }
        : {}),
    };
    const hasEdits = prompt.form === "rewrite" || prompt.form === "blocks";
    const streamed = yield* hasEdits
      ? askForEdits(prompt, sampling, asking, facts)
      : askModel(prompt, sampling, asking);
    const truncated = streamed.reason === "length";
    if (streamed.answer.trim() === "" && !truncated) {
      ending = nothing;
      // Whoever asked a question did not ask for it twice; an edit is asked for again, hotter.
      if (prompt.form === "text" || request.action === "ask") break;
      continue;
    }
    if (prompt.form === "text") return truncated ? cutOff(streamed) : { outcome: "answered" };

    yield { kind: "phase", at: Date.now(), phase: "checking" };
    if (prompt.form === "newFile" && testPath !== undefined) {
      const proposal = truncated
        ? undefined
        : await proposeFile(streamed.answer, testPath, target, environment.syntax);
      if (proposal !== undefined) {
        yield { kind: "proposal", proposal };
        return { outcome: "proposed" };
      }
      ending = truncated
        ? cutOff(streamed)
        : {
            outcome: "refused",
            detail: "The answer holds no complete code block to make a file of.",
          };
    } else {
      let verdict = await propose(streamed.answer, truncated, facts);
      interventions.stopped.throwIfAborted();
      if (request.action === "ask")
        return yield* concludeQuestion(verdict, truncated ? cutOff(streamed) : undefined, target);
      if (!truncated) {
        learn(verdict, prompt, connection.name, environment, failedForms);
        verdict = yield* repair(verdict, promptRequest, facts, asking, rounds);
      }
      if (verdict.kind === "proposal" && !verdict.breaksSyntax) {
        yield { kind: "proposal", proposal: verdict.proposal };
        return { outcome: "proposed" };
      }
      if (verdict.kind === "proposal") fallback ??= verdict;
      if (verdict.kind === "refusal" && verdict.failed !== undefined) unplaced = verdict;
      ending = truncated ? cutOff(streamed) : endingOf(verdict);
    }
    // A longer answer does not come from asking again, and who takes a draft wants no other.
    if (truncated || interventions.isEnough) break;
  }
  if (fallback !== undefined) {
    yield { kind: "proposal", proposal: fallback.proposal };
    return { outcome: "proposed" };
  }
  if (ending === nothing && unplaced === undefined) {
    throw new FailureError({ kind: "emptyAnswer", model: connection.name, notAsked: false });
  }
  const edit =
    ending.outcome === "refused" && unplaced !== undefined
      ? unplacedEdit(unplaced, target)
      : undefined;
  if (edit !== undefined) yield { kind: "unplaced", at: Date.now(), edit };
  return ending;
}

/**
 * A question is asked once, whatever becomes of an edit in its answer: nobody asked for a second thought of minutes. The answer stands,
 * and an edit without a place waits beside it for the person to place it or to ask for it again.
 */
async function* concludeQuestion(
  verdict: Verdict,
  cut: Ending | undefined,
  target: Target,
): AsyncGenerator<RunEvent, Ending, void> {
  if (verdict.kind === "proposal") {
    yield { kind: "proposal", proposal: verdict.proposal };
    return { outcome: "proposed" };
  }
  if (cut !== undefined) return cut;
  if (verdict.kind === "unchanged" || isPlainAnswer(verdict)) return { outcome: "answered" };
  const edit = unplacedEdit(verdict, target);
  if (edit === undefined) return { outcome: "answered", detail: verdict.message };
  yield { kind: "unplaced", at: Date.now(), edit };
  return { outcome: "answered" };
}

export function promptRequestFor(
  request: RunRequest,
  connection: Connection,
  syntax: SyntaxContext | undefined,
  testPath: string | undefined,
  environment: RunEnvironment,
): Omit<PromptRequest, "attempt"> {
  return {
    action: request.action,
    target: request.target,
    syntax,
    contextTokens: connection.contextTokens,
    think: connection.think,
    outcomes: environment.formMemory?.outcomes(connection.name) ?? [],
    ...defined({
      question: request.question,
      testPath,
      answerLanguage: environment.answerLanguage?.(),
    }),
  };
}

/** An answer that changes nothing says nothing about the form it came in. */
function learn(
  verdict: Verdict,
  prompt: Prompt,
  model: string,
  environment: RunEnvironment,
  failedForms: AskedForm[],
): void {
  if (prompt.asked === undefined || verdict.kind === "unchanged") return;
  const worked = verdict.kind === "proposal" && !verdict.breaksSyntax;
  // The whole is what small models manage best: after it, blocks in the same run would be a step down.
  if (!worked && prompt.asked === "blocks") failedForms.push(prompt.asked);
  environment.formMemory?.add(model, { form: prompt.asked, worked });
}

async function freeTestPath(request: RunRequest, environment: RunEnvironment): Promise<string> {
  for (let number = 1; ; number++) {
    const path = testFileFor(request.target.path, request.target.languageId, number);
    if (!(await environment.fileExists(path))) return path;
  }
}

/** Code in the answer to a question that fits nowhere is an example; only a block that was meant to replace something is an edit. */
function isPlainAnswer(refusal: EditRefusal): boolean {
  return refusal.code === "noEdit" || refusal.failed?.form === "code";
}

export function endingOf(verdict: Verdict): Ending {
  switch (verdict.kind) {
    case "proposal":
      return { outcome: "refused", detail: "The edit would break the code's syntax." };
    case "unchanged":
      return { outcome: "unchanged", detail: "The model gave the same code back." };
    case "refusal":
      return { outcome: "refused", detail: verdict.message };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function cutOff(streamed: StreamedAnswer): Ending {
  return {
    outcome: "cutOff",
    detail:
      streamed.answer.trim() === ""
        ? "The model used all its room for thinking and did not come to an answer. A larger context gives it more room."
        : "The answer was cut off at the length limit, so no edit was taken from it. A larger context gives it more room.",
  };
}

export function sentEvent(prompt: Prompt, connection: Connection): RunEvent {
  return {
    kind: "sent",
    tokens: prompt.tokens,
    contextTokens: connection.contextTokens,
    pieces: prompt.pieces,
    leftOut: prompt.leftOut,
  };
}
