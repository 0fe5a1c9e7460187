import { defined } from "../../../base/defined";
import { count, plural, t } from "../../../base/l10n";
import type { CheckCase } from "../../../protocol/checks";
import type { Proposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import { isR1 } from "../../model/r1";
import { tokenCounter } from "../../prompt/budget/token-counts";
import { buildPrompt } from "../../prompt/build-prompt";
import type { AskedForm } from "../../prompt/form-memory";
import { messageOf, type Prompt } from "../../prompt/prompt";
import type { PromptRequest } from "../../prompt/prompt-request";
import type { TriedChange } from "../../prompt/words/instructions";
import { type Asking, askModel, samplingFor } from "../asking/ask-model";
import { tellSent } from "../asking/first-request";
import { sealPrompt } from "../asking/seal-prompt";
import type { StreamedAnswer } from "../asking/stream-answer";
import { askForEdits } from "../edits/draft-edits";
import {
  type ProposeFacts,
  propose,
  type Refusal,
  strayMaskText,
  type Verdict,
} from "../edits/propose";
import { proposeFile } from "../edits/propose-file";
import { shownFiles } from "../edits/shown-files";
import { seenCode } from "../edits/unseen-code";
import { cutOff, type Ending, endingOf } from "../ending";
import type { KnownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import { attemptEvent } from "../telling";
import { type Rounds, repair } from "./repair";
import type { Round } from "./round";

/** What all attempts of a run have in common. */
export interface Course extends KnownGround {
  readonly request: RunRequest;
  readonly asking: Asking;
  readonly environment: RunEnvironment;
  /** The file that `writeTests` fills. */
  readonly testPath: string | undefined;
  readonly rounds: Rounds;
  /** Forms of edits that did not work in this run. */
  readonly failedForms: AskedForm[];
  /** Where a run goes on until all passes: what stands before this round. */
  readonly round?: Round;
}

/** What is new in an attempt. */
export interface AttemptFacts {
  /** 1 for the first. */
  readonly number: number;
  /** Why the one before would not do. */
  readonly reason: string;
  /** What was run on the code as it is and fails. */
  readonly failing: readonly CheckCase[];
  /** Something can be run that tells a right answer from a wrong one. */
  readonly isJudged: boolean;
  readonly tried?: TriedChange | undefined;
  /** Without a thought, although the model can think. */
  readonly quick?: boolean;
}

/** What came of an attempt. `last`: asking again brings nothing better. */
export type Step =
  | { readonly kind: "text"; readonly ending: Ending }
  | { readonly kind: "question"; readonly verdict: Verdict; readonly cut?: Ending }
  | { readonly kind: "edit"; readonly proposal: Proposal; readonly last: boolean }
  | {
      readonly kind: "useless";
      /** Absent: the model said nothing at all. */
      readonly ending?: Ending;
      readonly unplaced?: Refusal;
      readonly last: boolean;
    };

/** Asks the model once, with its repairs, and tells what came of it. */
export async function* attempt(
  whole: Course,
  facts: AttemptFacts,
): AsyncGenerator<RunEvent, Step, void> {
  const course = facts.quick ? { ...whole, asking: withoutThought(whole.asking) } : whole;
  const { request, asking, testPath } = course;
  const promptRequest = promptOfAttempt(course, facts);
  const prompt = await sealPrompt(buildPrompt(promptRequest), course.environment.secrets);
  course.environment.keptOrders?.keep(request.target.uri, prompt);
  const sampling = samplingFor(asking.connection, facts.number);
  yield facts.number === 1
    ? await tellSent(prompt, sampling, asking, asking.interventions.stopped)
    : attemptEvent(facts.reason, { text: messageOf(prompt.parts) });
  if (facts.number === 1 && prompt.hiddenSecrets > 0) yield hiddenNotice(prompt.hiddenSecrets);
  if (facts.number === 1 && prompt.changedSince) {
    const text = "The code has changed since the model saw it; it goes along as it is now.";
    yield { kind: "notice", text };
  }

  const ground = groundOf(course, prompt);
  const hasEdits = prompt.form === "rewrite" || prompt.form === "blocks";
  const streamed = yield* hasEdits
    ? askForEdits(prompt, sampling, asking, ground)
    : askModel(prompt, sampling, asking);
  const truncated = streamed.reason === "length";
  // Whoever asked a question did not ask for it twice; an edit is asked for again, hotter.
  if (streamed.answer.trim() === "" && !truncated)
    return { kind: "useless", last: prompt.form === "text" || request.action === "ask" };
  if (prompt.form === "text")
    return { kind: "text", ending: truncated ? cutOff(streamed, true) : { outcome: "answered" } };

  yield { kind: "phase", at: Date.now(), phase: "checking" };
  if (prompt.form === "newFile" && testPath !== undefined)
    return await fileStep(streamed, testPath, course);
  const verdict = await propose(streamed.answer, truncated, ground);
  asking.interventions.stopped.throwIfAborted();
  if (request.action === "ask")
    return { kind: "question", verdict, ...(truncated ? { cut: cutOff(streamed) } : {}) };
  if (truncated) {
    // What went round in circles behind code that changes nothing is only talk about it; and
    // another sample seldom goes round, too.
    const ending = verdict.kind === "unchanged" ? endingOf(verdict) : cutOff(streamed);
    return editStep(verdict, ending, streamed.looped !== true);
  }
  learn(verdict, prompt, course);
  const repaired = yield* repair(verdict, promptRequest, ground, asking, course.rounds);
  // Who takes a draft wants no other answer.
  return editStep(repaired, endingOf(repaired), asking.interventions.isEnough);
}

function hiddenNotice(secrets: number): RunEvent {
  const text = plural(
    secrets,
    t("One secret is hidden from the model; an edit keeps the real one."),
    t("{0} secrets are hidden from the model; an edit keeps the real ones.", count(secrets)),
  );
  return { kind: "notice", text };
}

export function promptOfAttempt(course: Course, facts: AttemptFacts): PromptRequest {
  const { request, asking, testPath, environment } = course;
  return {
    ...promptRequestFor(request, asking.connection, course, testPath, environment),
    attempt: facts.number,
    failedForms: course.failedForms,
    failing: facts.failing,
    isJudged: facts.isJudged,
    withFrames: course.round !== undefined,
    ...defined({ tried: facts.tried }),
  };
}

/**
 * What one of several answers to an edit's prompt comes to: as it is, since the others may be
 * better.
 */
export async function stepOfSample(
  streamed: StreamedAnswer,
  prompt: Prompt,
  ground: ProposeFacts,
  course: Course,
): Promise<Step> {
  if (streamed.reason === "length")
    return { kind: "useless", ending: cutOff(streamed), last: false };
  if (streamed.answer.trim() === "") return { kind: "useless", last: false };
  const verdict = await propose(streamed.answer, false, ground);
  learn(verdict, prompt, course);
  return editStep(verdict, endingOf(verdict), false);
}

/** The same asking, whose model answers at once. */
function withoutThought(asking: Asking): Asking {
  return {
    ...asking,
    connection: { ...asking.connection, think: false },
    get metrics() {
      return asking.metrics;
    },
    set metrics(metrics) {
      asking.metrics = metrics;
    },
  };
}

function editStep(verdict: Verdict, ending: Ending, last: boolean): Step {
  if (verdict.kind === "proposal") return { kind: "edit", proposal: verdict.proposal, last };
  const isUnplaced = verdict.kind === "refusal" && verdict.failed !== undefined;
  return { kind: "useless", ending, last, ...(isUnplaced ? { unplaced: verdict } : {}) };
}

async function fileStep(
  streamed: StreamedAnswer,
  testPath: string,
  { request, environment }: Course,
): Promise<Step> {
  if (streamed.reason === "length")
    return { kind: "useless", ending: cutOff(streamed), last: true };
  const { target } = request;
  const answer = environment.secrets?.reveal(streamed.answer) ?? streamed.answer;
  const proposal = await proposeFile(answer, testPath, target, environment.syntax);
  const [file] = proposal?.files ?? [];
  const facts = writableSecrets(request, environment);
  const stray = file && strayMaskText(file.proposed, file.base, streamed.answer, facts);
  if (proposal !== undefined && stray === undefined) return { kind: "edit", proposal, last: true };
  const detail = stray ?? "The answer holds no complete code block to make a file of.";
  return { kind: "useless", ending: { outcome: "refused", detail }, last: false };
}

export function groundOf(course: Course, prompt: Prompt): ProposeFacts {
  const { request, syntax, found, environment } = course;
  const { target } = request;
  const asSent = (text: string): string => environment.secrets?.hide(text) ?? text;
  return {
    target,
    shown: shownFiles(found.pieces, prompt.messages, asSent),
    ...defined({
      seen: seenCode(syntax?.outline ?? [], prompt.context, prompt.messages, asSent),
    }),
    range: prompt.context.symbol?.range ?? target.range,
    context: syntax,
    syntax: environment.syntax,
    ...writableSecrets(request, environment),
    // Who says in words what is wanted may want a new file; a fix on a click has none.
    ...(request.action === "ask" || request.question !== undefined
      ? {
          isFree: async (path: string) => !(await environment.fileExists(path)),
          // What a fix leaves as it is is asked for again.
          newAlone: request.action === "ask",
        }
      : {}),
  };
}

/** What decides which secrets an edit may write. */
export function writableSecrets(
  { question }: RunRequest,
  { secrets }: RunEnvironment,
): Pick<ProposeFacts, "secrets" | "question"> {
  return defined({ secrets, question });
}

export function promptRequestFor(
  request: RunRequest,
  connection: Connection,
  { syntax, found }: KnownGround,
  testPath: string | undefined,
  environment: RunEnvironment,
): Omit<PromptRequest, "attempt"> {
  const { target } = request;
  const { secrets, tokenCounts } = environment;
  // The lines stay where they are, so that what is known of a text holds for it with its secrets
  // hidden; and what was said before is known again, as it stands in the talk like that.
  const hidden = <T extends { readonly text: string }>(each: T): T =>
    secrets === undefined ? each : { ...each, text: secrets.hide(each.text) };
  const wishes = environment.contextWishes?.();
  return {
    action: request.action,
    target: hidden(target),
    syntax,
    found: { ...found, pieces: found.pieces.map(hidden) },
    tokensOf: tokenCounter(tokenCounts?.of(connection.name) ?? [], target.languageId),
    contextTokens: connection.contextTokens,
    think: connection.think !== false,
    outcomes: environment.formMemory?.of(connection.name) ?? [],
    fileForm: isR1(connection.name) ? "r1" : "fence",
    ...defined({
      choices: wishes?.choices,
      extraTokens: wishes?.extraTokens,
      question: request.question,
      testPath,
      answerLanguage: environment.answerLanguage?.(),
      before: request.follows?.conversation,
      lastTexts: environment.keptOrders?.of(target.uri),
    }),
  };
}

/** An answer that changes nothing says nothing about the form it came in. */
function learn(verdict: Verdict, prompt: Prompt, course: Course): void {
  if (prompt.asked === undefined || verdict.kind === "unchanged") return;
  const worked = verdict.kind === "proposal" && !verdict.breaksSyntax;
  // The whole is what small models manage best: after it, blocks in the same run would be a step
  // down.
  if (!worked && prompt.asked === "blocks") course.failedForms.push(prompt.asked);
  const { environment, asking } = course;
  environment.formMemory?.add(asking.connection.name, { form: prompt.asked, worked });
}
