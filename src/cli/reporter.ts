import type { FailureReport } from "../protocol/failure";
import type { Outcome, Phase, RunEvent } from "../protocol/run-events";
import { checkWords } from "../runs/compare-checks";
import { phaseWords } from "../runs/phase-words";
import { thoughtEndWords } from "../runs/thought-words";
import type { Outlet } from "./outlet";

const outcomeWords: Readonly<Record<Outcome, string>> = {
  proposed: "a change is proposed",
  answered: "answered without a change",
  unchanged: "no change",
  refused: "no change that can be used",
  stopped: "stopped",
  cutOff: "cut off",
};

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
        this.#step(`${event.action} ${event.path}`);
        break;
      case "model":
        this.#step(
          `${event.model} at ${event.endpoint}, ${event.contextTokens} tokens of context${event.local ? "" : ", off this machine"}`,
        );
        break;
      case "phase":
        this.#toldPercent = 0;
        this.#step(phaseWords[event.phase]);
        break;
      case "progress":
        this.#progress(event.phase, event.done, event.total);
        break;
      case "sent":
        this.#step(`${event.tokens} tokens sent`);
        if (event.leftOut.length > 0)
          this.#step(`left out for want of room: ${event.leftOut.join(", ")}`);
        break;
      case "thought":
        this.#text(event.text, true);
        break;
      case "answer":
        this.#text(event.text, false);
        break;
      case "answerWasThought":
        this.#step("what was written so far was reasoning");
        break;
      case "hint":
        if (event.state === "taken") this.#step(`your hint: ${event.hint.text}`);
        break;
      case "thoughtEnded":
        this.#step(thoughtEndWords[event.by]);
        break;
      case "looping":
        if (event.state === "asked") this.#step(`the ${event.where} seems to go round in circles`);
        break;
      case "attempt":
        this.#step(`asking again: ${event.reason}`);
        break;
      case "notice":
        this.#step(event.text);
        break;
      case "proposal":
        for (const check of event.proposal.checks ?? []) this.#step(checkWords(check));
        for (const file of event.proposal.files) {
          this.#step(`${file.path}: match ${file.match}, syntax ${file.syntax}`);
          for (const notice of file.notices) this.#step(notice);
        }
        break;
      case "check":
        this.#check(event);
        break;
      case "tried":
        break;
      case "unplaced":
        this.#step(`an edit has no sure place: ${event.edit.reason}`);
        break;
      case "thinkingLimit":
      case "draft":
      case "proposalState":
      case "hunkState":
        break;
      case "finished":
        this.#step(
          event.detail === undefined
            ? outcomeWords[event.outcome]
            : `${outcomeWords[event.outcome]}: ${event.detail}`,
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
      this.#step(`${stage === "before" ? "running" : "running with the edit:"} ${check.label}`);
      return;
    }
    this.#step(checkWords({ ...check, before: said }));
    for (const { name, state, expected, got } of said.cases) {
      if (state === "passed") continue;
      const wanted = expected === undefined ? "" : `expected ${expected}, `;
      this.#step(`  ${state}: ${name}: ${wanted}${got === undefined ? "" : `got ${got}`}`);
    }
    if (said.broken !== undefined) this.#step(`  ${said.broken}`);
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
    const percent = total <= 0 ? 0 : Math.floor((4 * done) / total) * 25;
    if (percent <= this.#toldPercent || percent >= 100) return;
    this.#toldPercent = percent;
    this.#step(`${phaseWords[phase]}: ${percent} %`);
  }

  #failure({ failure, title, remedy }: FailureReport): void {
    const hint = hints[failure.kind];
    this.line(`✗ ${title}\n  ${remedy}${hint === undefined ? "" : `\n  ${hint}`}`);
    if (failure.kind === "internal") this.line(failure.message);
  }
}

const setUp =
  "Here: `npm run fix` without --endpoint, or `npm start`, sets up the built-in engine with a model.";
const otherModel = "Here: --model NAME asks another one.";
const otherAddress = "Here: --endpoint URL names the address.";

/** What the editor's button does, said for a terminal. */
const hints: Readonly<Partial<Record<FailureReport["failure"]["kind"], string>>> = {
  daemonUnreachable: setUp,
  noChatModel: setUp,
  engineNotInstalled: setUp,
  notADaemon: otherAddress,
  invalidEndpoint: otherAddress,
  forbidden: otherAddress,
  credentialsWanted: "Here: http://USER:PASSWORD@HOST as --endpoint or in OLLAMA_HOST.",
  proxyRefused: otherAddress,
  modelMissing: otherModel,
  outOfMemory: otherModel,
  emptyAnswer: otherModel,
  cloudModelRefused: "Only the editor can allow it; --model NAME asks another one.",
  contextOverflow: "Here: FILE:LINE sends only the code around the line.",
};

/** What a model writes must not steer the terminal. Tabs and line ends are all that it may use of the control characters. */
function harmless(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, (character) => (character === "\r" ? "" : "\uFFFD"));
}
