import { defined } from "../base/defined";
import { t } from "../base/l10n";
import { FailureError } from "../core/failure-error";
import { conversationOf } from "../core/prompt/conversation";
import { Assistant, type CurrentRun } from "../core/run/assistant";
import type { PointedPlace } from "../core/run/place-by-hand";
import type { RunEnvironment, RunRequest } from "../core/run/run-request";
import type { ActionArguments } from "../protocol/commands";
import type { Target } from "../protocol/document";
import type { Action } from "../protocol/run-events";
import type { Contract } from "../runs/contract";
import { type KnownUnplaced, triedIn, unplacedIn } from "../runs/run-lists";
import type { RunState } from "../runs/run-state";
import { stepsOf } from "../runs/thought-steps";
import type { RunHistory } from "./history/run-history";
import { ReadingAhead } from "./reading-ahead";
import type { Decisions, ReviewFront } from "./review/decisions";

/** What to do with a request while another run goes on. `free`: that one ended by itself meanwhile. */
export type WayMade = "stop" | "wait" | "free";

/** What a front end brings so that runs can be asked for. */
export interface RequestFront {
  /** The place that is meant, as it is now. Throws FailureError for one that cannot be worked on, before any model is asked. */
  takeTarget(given: ActionArguments | undefined, action: Action): Promise<Target>;
  /** Asks what to do about the run that goes on; `idle` resolves when it ends. Undefined: the person changed their mind. */
  makeWay(current: CurrentRun, idle: Promise<void>): Promise<WayMade | undefined>;
  /** A run has been asked for: the front shows it. */
  showRun(): void;
}

/** Of a step that is asked about. Characters. */
const longestQuoted = 2_000;

/** The last thought of a run. */
function lastThoughtOf({ parts }: RunState): string | undefined {
  const thought = parts.findLast((part) => part.kind === "thought" && part.text.trim() !== "");
  return thought?.kind === "thought" ? thought.text : undefined;
}

/** What a person may say to a thought that goes on. `anew`: the answer begins again with the hint. */
export type ThoughtWish =
  | { readonly kind: "answerNow" | "thinkLonger" | "letGoOn" | "beginAnew" }
  | { readonly kind: "hint"; readonly text: string; readonly anew: boolean };

export interface SessionParts {
  readonly environment: RunEnvironment;
  readonly history: RunHistory;
  readonly front: RequestFront;
}

/**
 * What a person can do with runs, wherever they do it: in a palette, a panel, an editor or on a command line. Front ends translate to
 * these verbs and back. Everything that happens is an event in the history.
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

  /** Throws FailureError when the place cannot be worked on. Resolves when the run has started, or the person changed their mind. */
  async start(
    action: Action,
    given?: ActionArguments,
    question = given?.question,
  ): Promise<string | undefined> {
    // Taken before any question is asked: the request is about what the person saw when they asked.
    const target = await this.#front.takeTarget(given, action);
    return await this.#begin({ action, target, ...defined({ question }) });
  }

  /** Asks in rounds until all that fails about a place passes. Throws FailureError when the place cannot be worked on. */
  async fixUntilGreen(
    given?: ActionArguments,
    question = given?.question,
  ): Promise<string | undefined> {
    const target = await this.#front.takeTarget(given, "fix");
    return await this.#begin({ action: "fix", target, untilGreen: true, ...defined({ question }) });
  }

  /** Asks the same as an earlier run about the same place, as it is now. Nothing happens when that run is not known. */
  async again(runId: string): Promise<string | undefined> {
    const { started } = this.#history.stateOf(runId);
    if (started === undefined) return undefined;
    const { action, uri, range, question, again, follows, untilGreen } = started;
    if (untilGreen) return await this.fixUntilGreen({ uri, range, ...defined({ question }) });
    if (again !== undefined) return await this.askForEditAgain(again);
    if (follows !== undefined && question !== undefined)
      return await this.followUp(follows, question, action);
    return await this.start(action, { uri, range, ...defined({ question }) });
  }

  /**
   * Follows up on a run: about its place, with all that was said before and what became of it. A run that is gone is asked as a new
   * question where the cursor is. Throws FailureError when the place cannot be worked on.
   */
  async followUp(
    runId: string,
    question: string,
    action: Action = "ask",
  ): Promise<string | undefined> {
    const { started } = this.#history.stateOf(runId);
    if (started === undefined) return await this.start(action, undefined, question);
    const { uri, range } = started;
    const target = await this.#front.takeTarget({ uri, range }, action);
    return await this.#begin({ action, target, question, follows: this.#following(runId) });
  }

  /** Asks for another edit than the one that a run came to. */
  async differently(runId: string, question: string): Promise<string | undefined> {
    const { started } = this.#history.stateOf(runId);
    return await this.followUp(runId, question, started?.action);
  }

  /** Asks what a step of a run's thought means. Thoughts go along with no follow-up, so its words are in the question. */
  async explainStep({
    runId,
    part,
    step,
  }: {
    readonly runId: string;
    readonly part: number;
    readonly step: number;
  }): Promise<string | undefined> {
    const run = this.#history.stateOf(runId);
    const thought = run.parts[part];
    if (thought?.kind !== "thought") return undefined;
    const place = stepsOf(thought, run, 0)[step];
    if (place === undefined) return undefined;
    const words = thought.text.slice(place.from, place.to).trim();
    const quoted = words.length > longestQuoted ? `${words.slice(0, longestQuoted)}…` : words;
    const asLines = quoted.replace(/^/gm, "> ");
    return await this.followUp(runId, `${t("Explain this step of your thought:")}\n\n${asLines}`);
  }

  /** Asks an earlier question in other words; what came of the old one stays. What was said before it goes along as it did then. */
  async rephrase(runId: string, question: string): Promise<string | undefined> {
    const { started } = this.#history.stateOf(runId);
    if (started === undefined) return await this.start("ask", undefined, question);
    const { action, uri, range, follows } = started;
    const target = await this.#front.takeTarget({ uri, range }, action);
    const before = follows === undefined ? {} : { follows: this.#following(follows) };
    return await this.#begin({ action, target, question, ...before });
  }

  /**
   * Asks the same as an earlier run at the model's next level of thought; where there is none, the model thinks on from that run's
   * thought. Without an id the last run with a thought is meant.
   * Nothing happens when there is none.
   */
  async thinkAgain(runId?: string): Promise<string | undefined> {
    const run = this.#history.states.findLast(
      (each) => (runId === undefined || each.runId === runId) && lastThoughtOf(each) !== undefined,
    );
    if (run?.started === undefined) return undefined;
    const { action, uri, range, question } = run.started;
    const target = await this.#front.takeTarget({ uri, range, ...defined({ question }) }, action);
    const thoughtBefore = lastThoughtOf(run);
    const thinkBefore = run.sent?.settings?.think;
    return await this.#begin({
      action,
      target,
      ...defined({ question, thoughtBefore, thinkBefore }),
    });
  }

  /** Asks for an edit that found no place once more, alone. Throws FailureError when it is placed or forgotten, or its file is gone. */
  async askForEditAgain(editId: string): Promise<string | undefined> {
    const { runId, edit } = this.unplaced(editId);
    const { started } = this.#history.stateOf(runId);
    if (started === undefined) throw new FailureError({ kind: "proposalGone" });
    const action = started.action === "ask" ? "fix" : started.action;
    const target = await this.#front.takeTarget({ uri: edit.uri, range: started.range }, action);
    return await this.#begin({ action: started.action, target, again: edit });
  }

  /**
   * Has the model read what a request about a place would begin with, while the person makes up their mind. Nothing happens while a run
   * goes on, in any window; every request ends it at once.
   */
  async readAhead(given: ActionArguments): Promise<void> {
    if (this.#history.states.some(({ end }) => end === undefined)) return;
    const action = "fix";
    await this.#ahead.begin(async () => ({
      action,
      target: await this.#front.takeTarget(given, action),
    }));
  }

  /** Ends a reading ahead: the model is wanted for something else. */
  endReadingAhead(): void {
    this.#ahead.end();
  }

  /** What a request would send, as it would be sent. Throws what asking for it would throw. */
  async preview(
    action: Action,
    given: ActionArguments | undefined,
    question: string | undefined,
    signal: AbortSignal,
  ): Promise<Contract | undefined> {
    const target = await this.#front.takeTarget(given, action);
    const request = { action, target, ...defined({ question }) };
    const [{ previewRun }, { contractOf }] = await Promise.all([
      import("../core/run/preview-run"),
      import("../runs/contract"),
    ]);
    return contractOf(await previewRun(request, this.#environment, signal), [], true);
  }

  /** What a run sent; without an id the last one that sent anything. Undefined where none did. */
  async sentBy(runId?: string): Promise<Contract | undefined> {
    const run =
      runId === undefined
        ? this.#history.states.findLast(({ sent }) => sent?.prompt !== undefined)
        : this.#history.stateOf(runId);
    const follows = run?.started?.follows;
    const before = follows === undefined ? undefined : this.#following(follows).conversation;
    if (run === undefined) return undefined;
    const { contractOf } = await import("../runs/contract");
    return contractOf(run, before?.messages);
  }

  /** Stops a run, here or in the window whose it is; without an id the one that goes on here. A late wish stops no other run. */
  async stop(runId = this.assistant.current?.runId): Promise<void> {
    if (runId === undefined) return;
    if (this.assistant.current?.runId === runId) await this.assistant.stop();
    else await this.#history.wish(runId, "stop");
  }

  /** Ends a run with the edits that its answer holds so far, here or in the window whose it is. */
  async takeNow(runId = this.assistant.current?.runId): Promise<void> {
    if (runId === undefined) return;
    if (this.assistant.current?.runId === runId) this.assistant.takeNow();
    else await this.#history.wish(runId, "takeNow");
  }

  /** Says something to the thought of a run, here or in the window whose it is. What comes late does nothing. */
  async steer(wish: ThoughtWish, runId = this.assistant.current?.runId): Promise<void> {
    if (runId === undefined) return;
    const isHere = this.assistant.current?.runId === runId;
    if (wish.kind !== "hint") {
      if (isHere) this.assistant[wish.kind]();
      else await this.#history.wish(runId, wish.kind);
      return;
    }
    if (isHere) this.assistant.hint(wish.text);
    else await this.#history.leaveHint(runId, wish.text);
    if (wish.anew) await this.steer({ kind: "beginAnew" }, runId);
  }

  /** An edit that waits to be placed; without an id the last one. Throws FailureError when there is none. */
  unplaced(editId: string | undefined): KnownUnplaced {
    const all = unplacedIn(this.#history.states);
    const known = editId === undefined ? all.at(-1) : all.find(({ edit }) => edit.id === editId);
    if (known === undefined) throw new FailureError({ kind: "proposalGone" });
    return known;
  }

  /**
   * Puts an edit where the person points; what comes of it is a proposal like any other.
   * @returns false when the file holds the edit there already. Throws FailureError when it does not wait any more.
   */
  async placeByHand(editId: string, place: PointedPlace): Promise<boolean> {
    const { runId, edit } = this.unplaced(editId);
    const { placeByHand } = await import("../core/run/place-by-hand");
    const proposal = await placeByHand(edit, place, this.#environment.syntax);
    if (proposal !== undefined) this.assistant.record(runId, { kind: "proposal", proposal });
    return proposal !== undefined;
  }

  /**
   * Proposes a change that was tried, because the person wants it all the same; a run that still looks for a better one is stopped.
   * Throws FailureError when there is no such change.
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

  /** Carries out what other windows want of the run that goes on here. */
  async carryOutWishes(): Promise<void> {
    const runId = this.assistant.current?.runId;
    if (runId === undefined) return;
    for (const text of await this.#history.takeHints(runId))
      await this.steer({ kind: "hint", text, anew: false }, runId);
    for (const wish of await this.#history.takeWishes(runId)) {
      if (this.assistant.current?.runId !== runId) return;
      if (wish === "stop") await this.stop(runId);
      else if (wish === "takeNow") await this.takeNow(runId);
      else await this.steer({ kind: wish }, runId);
    }
  }

  /** The run that is followed up on, and the talk that led to it. */
  #following(runId: string): NonNullable<RunRequest["follows"]> {
    const talk: RunState[] = [];
    for (let id: string | undefined = runId; id !== undefined; ) {
      const run = this.#history.stateOf(id);
      talk.unshift(run);
      const earlier: string | undefined = run.started?.follows;
      id = talk.some((each) => each.runId === earlier) ? undefined : earlier;
    }
    return { runId, ...defined({ conversation: conversationOf(talk) }) };
  }

  async #begin(request: RunRequest): Promise<string | undefined> {
    if (!(await this.#makeWay())) return undefined;
    this.#ahead.end();
    const runId = this.assistant.start(request);
    this.#front.showRun();
    return runId;
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
