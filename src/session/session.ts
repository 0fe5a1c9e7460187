import { FailureError } from "../core/failure-error";
import { Assistant } from "../core/run/assistant";
import type { PointedPlace } from "../core/run/edits/place-by-hand";
import type { RunEnvironment, RunRequest } from "../core/run/run-request";
import type { ActionArguments } from "../protocol/commands";
import type { Action } from "../protocol/run-events";
import type { Contract } from "../runs/contract";
import { type KnownUnplaced, triedIn, unplacedIn } from "../runs/run-lists";
import type { RunHistory } from "./history/run-history";
import {
  actionOfEdit,
  following,
  followUp,
  lastThoughtOf,
  newRequest,
  type QuestionAfter,
  questionAbout,
  questionAboutStep,
  rephrased,
  sameAgain,
  thinkingOn,
  type Wanted,
} from "./requests/earlier-run";
import { ReadingAhead } from "./requests/reading-ahead";
import type { RequestFront } from "./requests/request-front";
import type { Decisions } from "./review/decisions";
import type { ReviewFront } from "./review/review-front";
import type { Word } from "./word";

export interface SessionParts {
  readonly environment: RunEnvironment;
  readonly history: RunHistory;
  readonly front: RequestFront;
}

/**
 * What a person can do with runs, wherever they do it: in a palette, a panel, an editor or on a
 * command line. Front ends translate to these verbs and back. Everything that happens is an event
 * in the history.
 */
export class Session {
  readonly assistant: Assistant;
  readonly #environment: RunEnvironment;
  readonly #history: RunHistory;
  readonly #front: RequestFront;
  readonly #ahead: ReadingAhead;

  constructor({ environment, history, front }: SessionParts) {
    this.assistant = new Assistant(environment);
    this.#environment = environment;
    this.#history = history;
    this.#front = front;
    this.#ahead = new ReadingAhead(environment);
    this.assistant.subscribe((runId, event) => history.add(runId, event));
  }

  /**
   * Throws FailureError when the place cannot be worked on. Resolves when the run has started, or
   * the person changed their mind. @param isShown who asks shows the run where they are.
   */
  async start(
    action: Action,
    given?: ActionArguments,
    question?: string,
    isShown = false,
  ): Promise<string | undefined> {
    return await this.#ask(newRequest(action, given, question), isShown);
  }

  /**
   * Asks in rounds until all that fails about a place passes. Throws FailureError when the place
   * cannot be worked on.
   */
  async fixUntilGreen(given?: ActionArguments, question?: string): Promise<string | undefined> {
    const wanted = newRequest("fix", given, question);
    return await this.#ask({ ...wanted, more: { ...wanted.more, untilGreen: true } });
  }

  /**
   * Asks the same as an earlier run about the same place, as it is now. Nothing happens when that
   * run is not known.
   */
  async again(runId: string): Promise<string | undefined> {
    const edit = this.#history.stateOf(runId).started?.again;
    if (edit !== undefined) return await this.askForEditAgain(edit);
    return await this.#askIf(sameAgain(this.#history, runId));
  }

  /**
   * Follows up on a run, with all that was said before. Throws FailureError when the place cannot
   * be worked on.
   */
  async followUp(runId: string, question: string, action?: Action): Promise<string | undefined> {
    return await this.#ask(followUp(this.#history, runId, question, action));
  }

  /** Asks for another edit than the one that a run, or one before it in its talk, came to. */
  async differently(runId: string, question: string): Promise<string | undefined> {
    return await this.followUp(runId, question, actionOfEdit(this.#history, runId));
  }

  /** Asks what a step of a run's thought means. Nothing happens where there is none. */
  async explainStep(runId: string, part: number, step: number): Promise<string | undefined> {
    const question = questionAboutStep(this.#history.stateOf(runId), part, step);
    return question === undefined ? undefined : await this.followUp(runId, question);
  }

  /** Asks an earlier question in other words; what came of the old one stays. */
  async rephrase(runId: string, question: string): Promise<string | undefined> {
    return await this.#ask(rephrased(this.#history, runId, question));
  }

  /**
   * Asks the same as an earlier run at the model's next level of thought; where there is none, the
   * model thinks on from that run's thought. Without an id the last run with a thought is meant.
   * Nothing happens when there is none.
   */
  async thinkAgain(runId?: string): Promise<string | undefined> {
    const run = this.#history.states.findLast(
      (each) => (runId ?? each.runId) === each.runId && lastThoughtOf(each) !== undefined,
    );
    return await this.#askIf(run && thinkingOn(run));
  }

  /**
   * Asks for an edit that found no place once more, alone. Throws FailureError when it is placed or
   * forgotten, or its file is gone.
   */
  async askForEditAgain(editId: string): Promise<string | undefined> {
    const { runId, edit } = this.unplaced(editId);
    const { started } = this.#history.stateOf(runId);
    if (started === undefined) throw new FailureError({ kind: "proposalGone" });
    const { action, range } = started;
    return await this.#ask({ action, given: { uri: edit.uri, range }, more: { again: edit } });
  }

  /**
   * Has the model read what a request about a place would begin with, while the person makes up
   * their mind. Nothing happens while a run goes on, in any window; every request ends it at once.
   */
  async readAhead(given: ActionArguments): Promise<void> {
    await this.#readAhead({ action: "fix", given });
  }

  /** The same for a question that the person begins to type. */
  async readAheadOfQuestion(after: QuestionAfter | undefined): Promise<void> {
    await this.#readAhead(questionAbout(this.#history, "ask", "", after));
  }

  async #readAhead(wanted: Wanted): Promise<void> {
    if (this.#history.states.some(({ end }) => end === undefined)) return;
    await this.#ahead.begin(() => this.#placed(wanted));
  }

  /** Ends a reading ahead: the model is wanted for something else. */
  endReadingAhead(): void {
    this.#ahead.end();
  }

  /** What a request would send, as it would be sent. Throws what asking for it would throw. */
  async preview(
    action: Action,
    question: string | undefined,
    after: QuestionAfter | undefined,
    signal: AbortSignal,
  ): Promise<Contract | undefined> {
    const request = await this.#placed(questionAbout(this.#history, action, question, after));
    const [{ previewRun }, { contractOf }] = await Promise.all([
      import("../core/run/asking/preview-run"),
      import("../runs/contract"),
    ]);
    const said = request.follows?.conversation?.messages;
    return contractOf(await previewRun(request, this.#environment, signal), said, true);
  }

  /** What a run sent; without an id the last one that sent anything. Undefined where none did. */
  async sentBy(runId?: string): Promise<Contract | undefined> {
    const run =
      runId === undefined
        ? this.#history.states.findLast(({ sent }) => sent?.prompt !== undefined)
        : this.#history.stateOf(runId);
    const follows = run?.started?.follows;
    const before =
      follows === undefined ? undefined : following(this.#history, follows).conversation;
    if (run === undefined) return undefined;
    const { contractOf } = await import("../runs/contract");
    return contractOf(run, before?.messages);
  }

  /**
   * Says something to a run that goes on, here or in the window whose it is; without an id the one
   * that goes on here. What comes late does nothing, to this run or another.
   */
  async say(word: Word, runId = this.assistant.current?.runId): Promise<void> {
    if (runId === undefined) return;
    if (this.assistant.current?.runId !== runId) await this.#history.leaveWord(runId, word);
    else if (word.kind === "hint") this.assistant.hint(word.text);
    else await this.assistant[word.kind]();
  }

  /**
   * An edit that waits to be placed; without an id the last one. Throws FailureError when there is
   * none.
   */
  unplaced(editId: string | undefined): KnownUnplaced {
    const all = unplacedIn(this.#history.states);
    const known = editId === undefined ? all.at(-1) : all.find(({ edit }) => edit.id === editId);
    if (known === undefined) throw new FailureError({ kind: "proposalGone" });
    return known;
  }

  /**
   * Puts an edit where the person points; what comes of it is a proposal like any other.
   * @returns false when the file holds the edit there already. Throws FailureError when it does not
   * wait any more.
   */
  async placeByHand(editId: string, place: PointedPlace): Promise<boolean> {
    const { runId, edit } = this.unplaced(editId);
    const { placeByHand } = await import("../core/run/edits/place-by-hand");
    const proposal = await placeByHand(edit, place, this.#environment.syntax);
    if (proposal !== undefined) this.assistant.record(runId, { kind: "proposal", proposal });
    return proposal !== undefined;
  }

  /**
   * Proposes a change that was tried, because the person wants it all the same; a run that still
   * looks for a better one is stopped. Throws FailureError when there is no such change.
   */
  async takeTried(proposalId: string): Promise<void> {
    const known = triedIn(this.#history.states, proposalId);
    if (known === undefined) throw new FailureError({ kind: "proposalGone" });
    const { runId, proposal } = known;
    if (this.assistant.current?.runId === runId) await this.assistant.stop();
    const taken = { ...proposal, id: crypto.randomUUID() };
    this.assistant.record(runId, { kind: "proposal", proposal: taken });
  }

  /** Decisions about proposals, for a front end that can show and change texts. */
  async decideWith(front: ReviewFront): Promise<Decisions> {
    const { Decisions } = await import("./review/decisions");
    return new Decisions(this.#history, front, (runId, event) =>
      this.assistant.record(runId, event),
    );
  }

  /** Carries out what other windows say to the run that goes on here. */
  async hearOtherWindows(): Promise<void> {
    const runId = this.assistant.current?.runId;
    if (runId === undefined) return;
    for (const word of await this.#history.takeWords(runId)) {
      if (this.assistant.current?.runId !== runId) return;
      await this.say(word, runId);
    }
  }

  async #askIf(wanted: Wanted | undefined): Promise<string | undefined> {
    return wanted === undefined ? undefined : await this.#ask(wanted);
  }

  /**
   * Asks for a run. Throws FailureError when the place cannot be worked on. @returns its id;
   * undefined: the person changed their mind.
   */
  async #ask(wanted: Wanted, isShown = false): Promise<string | undefined> {
    // Taken before any question is asked: the request is about what the person saw when they asked.
    const request = await this.#placed(wanted);
    if (!(await this.#makeWay())) return undefined;
    this.#ahead.end();
    const runId = this.assistant.start(request);
    if (!isShown) this.#front.showRun();
    return runId;
  }

  async #placed({ action, given, more }: Wanted): Promise<RunRequest> {
    // An edit is asked for once more where there is something to change, whatever the question was.
    const meant = more?.again !== undefined && action === "ask" ? "fix" : action;
    return { action, target: await this.#front.takeTarget(given, meant), ...more };
  }

  /** Whether the assistant is free now; only one run goes on at a time. */
  async #makeWay(): Promise<boolean> {
    const { assistant } = this;
    const { current } = assistant;
    if (current === undefined) return true;
    const choice = await this.#front.makeWay(current, assistant.idle());
    if (choice === undefined) return false;
    if (choice === "stop" && assistant.current?.runId === current.runId) await assistant.stop();
    // Another request may have waited for the same moment and been first.
    while (assistant.current !== undefined) await assistant.idle();
    return true;
  }
}
