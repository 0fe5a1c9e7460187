import { t } from "../base/l10n";
import { inWords } from "../base/told-words";
import type { Check } from "../protocol/checks";
import type { FailureReport } from "../protocol/failure";
import type { Action, Outcome, Phase, RunEvent } from "../protocol/run-events";
import { compareBehaviour } from "../runs/compare-behaviour";
import { checkWords } from "../runs/compare-checks";
import { droppedWords } from "../runs/contract";
import { phaseWords } from "../runs/words/phase-words";
import { thoughtEndWords } from "../runs/words/thought-words";
import type { Outlet } from "./outlet";

function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case "proposed":
      return t("a change is proposed");
    case "answered":
      return t("answered without a change");
    case "unchanged":
      return t("no change");
    case "refused":
      return t("no change that can be used");
    case "stopped":
      return t("stopped");
    case "cutOff":
      return t("cut off");
    default:
      return outcome satisfies never;
  }
}

const mostCalls = 3;

/** Tells a person at a terminal what happens in a run, as it happens. */
export class Reporter {
  readonly #to: Outlet;
  readonly #coloured: boolean;
  #midLine = false;
  #toldPercent = 0;

  constructor(to: Outlet, coloured: boolean) {
    this.#to = to;
    this.#coloured = coloured;
  }

  hear(event: RunEvent): void {
    switch (event.kind) {
      case "started":
        this.#step(startWords(event.action, event.path));
        break;
      case "model":
        this.#step(modelWords(event));
        break;
      case "phase":
        this.#toldPercent = 0;
        this.#step(phaseWords(event.phase));
        break;
      case "progress":
        this.#progress(event.phase, event.done, event.total);
        break;
      case "sent":
        this.#step(t("{0} tokens sent", event.tokens));
        for (const { label, path, reason } of event.pieces)
          if (reason !== undefined)
            this.#step(
              t("with {0}", path === undefined || path === label ? label : `${label} (${path})`),
            );
        if (event.leftOut.length > 0)
          this.#step(t("left out for want of room: {0}", event.leftOut.join(", ")));
        for (const piece of event.dropped ?? []) this.#step(t("without {0}", droppedWords(piece)));
        break;
      case "thought":
        this.#text(event.text, true);
        break;
      case "answer":
        this.#text(event.text, false);
        break;
      case "answerWasThought":
        this.#step(t("what was written so far was reasoning"));
        break;
      case "step":
        break;
      case "hint":
        if (event.state === "taken") this.#step(t("your hint: {0}", event.hint.text));
        break;
      case "thoughtEnded":
        this.#step(thoughtEndWords(event.by));
        break;
      case "looping":
        if (event.state === "asked")
          this.#step(
            event.where === "thought"
              ? t("the thought seems to go round in circles")
              : t("the answer seems to go round in circles"),
          );
        break;
      case "attempt":
        this.#step(
          event.aside ? inWords(event.reason) : t("asking again: {0}", inWords(event.reason)),
        );
        break;
      case "notice":
        this.#step(inWords(event.text));
        break;
      case "proposal":
        for (const check of event.proposal.checks ?? []) {
          this.#step(checkWords(check));
          this.#calls(check);
        }
        for (const file of event.proposal.files) {
          this.#step(t("{0}: match {1}, syntax {2}", file.path, file.match, file.syntax));
          for (const notice of file.notices) this.#step(inWords(notice));
        }
        break;
      case "check":
        this.#check(event);
        break;
      case "tried":
        break;
      case "unplaced":
        this.#step(t("an edit has no sure place: {0}", inWords(event.edit.reason)));
        break;
      case "thinkingLimit":
      case "draft":
      case "proposalState":
      case "hunkState":
      case "landed":
        break;
      case "finished":
        this.#step(
          event.detail === undefined
            ? outcomeWords(event.outcome)
            : t("{0}: {1}", outcomeWords(event.outcome), inWords(event.detail)),
        );
        break;
      case "failed":
        this.#failure(event.report);
        break;
      default:
        event satisfies never;
    }
  }

  #check({ check, stage, said }: Extract<RunEvent, { kind: "check" }>): void {
    if (said === undefined) {
      this.#step(
        stage === "before"
          ? t("running {0}", inWords(check.label))
          : t("running with the edit: {0}", inWords(check.label)),
      );
      return;
    }
    // What an edit does to what the code does is told with the edit.
    if (check.kind === "behaviour") return;
    this.#step(checkWords({ ...check, before: said }));
    for (const { name, state, expected, got, at } of said.cases) {
      if (state === "passed") continue;
      const facts = [
        at,
        expected === undefined ? undefined : t("expected {0}", expected),
        got === undefined ? undefined : t("got {0}", got),
      ].filter((fact) => fact !== undefined);
      const word = state === "failed" ? t("failed") : t("could not be told");
      this.#step(`  ${t("{0}: {1}", word, name)}: ${facts.join(", ")}`);
    }
    if (said.broken !== undefined) this.#step(`  ${inWords(said.broken)}`);
  }

  /** The first calls that an edit gives another result. */
  #calls(check: Check): void {
    if (check.kind !== "behaviour") return;
    for (const { name, before, after } of compareBehaviour(check).changed.slice(0, mostCalls)) {
      const then = inWords(before.got ?? "");
      this.#step(`  ${t("{0}: before {1}, now {2}", name, then, inWords(after.got ?? ""))}`);
    }
  }

  /** Our own words, on lines of their own. */
  line(text: string): void {
    this.#to.write(`${this.#midLine ? "\n" : ""}${harmless(text)}\n`);
    this.#midLine = false;
  }

  #step(text: string): void {
    this.line(`· ${text}`);
  }

  #text(text: string, dim: boolean): void {
    if (text === "") return;
    const shown = harmless(text);
    this.#to.write(dim && this.#coloured ? `\x1b[2m${shown}\x1b[22m` : shown);
    this.#midLine = !text.endsWith("\n");
  }

  /** A line for every quarter is enough for a log, and not too much for a terminal. */
  #progress(phase: Phase, done: number, total: number): void {
    // Each answer has a line of its own.
    if (phase === "answering") return;
    const percent = total <= 0 ? 0 : Math.floor((4 * done) / total) * 25;
    if (percent <= this.#toldPercent || percent >= 100) return;
    this.#toldPercent = percent;
    this.#step(t("{0}: {1}", phaseWords(phase), t("{0} %", percent)));
  }

  #failure({ failure, title, remedy }: FailureReport): void {
    const hint = hintFor(failure);
    this.line(`✗ ${title}\n  ${remedy}${hint === undefined ? "" : `\n  ${hint}`}`);
    if (failure.kind === "internal") this.line(failure.message);
  }
}

/** What the editor's button does, said for a terminal. */
function hintFor(failure: FailureReport["failure"]): string | undefined {
  switch (failure.kind) {
    case "daemonUnreachable":
    case "noChatModel":
    case "engineNotInstalled":
      return t(
        "Here: `npm run fix` without --endpoint, or `npm start`, sets up the built-in engine with a model.",
      );
    case "notADaemon":
    case "invalidEndpoint":
    case "forbidden":
    case "proxyRefused":
      return t("Here: --endpoint URL names the address.");
    case "credentialsWanted":
      return t("Here: http://USER:PASSWORD@HOST as --endpoint or in OLLAMA_HOST.");
    case "modelMissing":
    case "outOfMemory":
    case "emptyAnswer":
      return t("Here: --model NAME asks another one.");
    case "cloudModelRefused":
      return failure.turnedOff
        ? t("Here: --model NAME asks another one.")
        : t("Only the editor can allow it; --model NAME asks another one.");
    case "contextOverflow":
      return t("Here: FILE:LINE sends only the code around the line.");
    default:
      return undefined;
  }
}

/**
 * What a model writes must not steer the terminal. Tabs and line ends are all that it may use of
 * the control characters.
 */
function harmless(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, (character) => (character === "\r" ? "" : "\uFFFD"));
}

function startWords(action: Action, path: string): string {
  switch (action) {
    case "explain":
      return t("explain {0}", path);
    case "fix":
      return t("fix {0}", path);
    case "improve":
      return t("improve {0}", path);
    case "document":
      return t("document {0}", path);
    case "writeTests":
      return t("write tests for {0}", path);
    case "ask":
      return t("ask about {0}", path);
    default:
      return action satisfies never;
  }
}

function modelWords(event: Extract<RunEvent, { kind: "model" }>): string {
  const { model, endpoint, contextTokens, local, locality } = event;
  if (locality === "localNetwork")
    return t(
      "{0} at {1}, {2} tokens of context, in the local network",
      model,
      endpoint,
      contextTokens,
    );
  return local
    ? t("{0} at {1}, {2} tokens of context", model, endpoint, contextTokens)
    : t("{0} at {1}, {2} tokens of context, off this machine", model, endpoint, contextTokens);
}
