import { beforeEach, describe, expect, it } from "vitest";
import { FailureError } from "../../src/core/failure-error";
import { silentLog } from "../../src/core/log";
import type { RunEvent } from "../../src/protocol/run-events";
import { RunHistory } from "../../src/session/history/run-history";
import type { Decisions } from "../../src/session/review/decisions";
import type { Landing } from "../../src/session/review/landing";
import { unrejectedText } from "../../src/session/review/proposals";
import type { ReviewFront } from "../../src/session/review/review-front";
import { Session } from "../../src/session/session";
import { noGrammar, targetIn } from "../core/run/run-world";
import { edit, failureOf, statesIn } from "./decided";

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
const base = lines("one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
const proposed = base.replace("two", "TWO").replace("eight", "EIGHT");

/** A front end that is nothing but texts in memory. */
class TextsFront implements ReviewFront {
  file = base;
  review: string | undefined;
  readonly shown: string[] = [];
  /** Called before a landing is applied, as when the person types at that moment. */
  beforeLanding: () => void = () => {};

  async proposedText(reviewed: Parameters<ReviewFront["proposedText"]>[0]) {
    return this.review ?? unrejectedText(reviewed);
  }
  async rewriteProposed(_reviewed: unknown, text: string) {
    this.review = text;
  }
  isOpen() {
    return this.review !== undefined;
  }
  async textNow() {
    return this.file;
  }
  async textToChange() {
    return this.file;
  }
  async keptPlace() {
    return undefined;
  }
  async confirmGuarded(): Promise<boolean> {
    throw new Error("nothing here is guarded");
  }
  async land(landings: readonly Landing[]) {
    this.beforeLanding();
    for (const landing of landings) {
      if (landing.kind !== "edit") continue;
      if (landing.before !== this.file) return "moved";
      this.file = landing.after;
    }
    return "landed" as const;
  }
  async takeBack() {
    return false;
  }
  async showConflict() {
    this.shown.push("conflict");
  }
  async showNext(_known: unknown, missed: boolean) {
    this.shown.push(missed ? "missed" : "next");
  }
  async concluded() {
    this.shown.push("concluded");
  }
}

let front: TextsFront;
let session: Session;
let history: RunHistory;
let decisions: Decisions;

const at = { proposalId: "p", fileIndex: 0 } as const;

beforeEach(async () => {
  front = new TextsFront();
  history = new RunHistory(undefined);
  session = new Session({
    environment: {
      connect: () => Promise.reject(new FailureError({ kind: "proposalGone" })),
      syntax: noGrammar,
      fileExists: async () => false,
      log: silentLog,
    },
    history,
    front: {
      takeTarget: async () => targetIn(base, { uri: "file:///p/a.txt", path: "a.txt" }),
      makeWay: async () => "wait",
      showRun: () => front.shown.push("run"),
    },
  });
  decisions = await session.decideWith(front);
  const files = [edit("a.txt", base, proposed)];
  history.add("run", { kind: "proposal", proposal: { id: "p", files } });
});

const states = (): string[] => statesIn(history);

describe("decisions without an editor", () => {
  it("accepting keeps what was typed elsewhere meanwhile", async () => {
    front.file = `mine\n${base}`;
    await decisions.accept();
    expect(front.file).toBe(`mine\n${proposed}`);
    expect(states()).toEqual(["accepted"]);
    expect(front.shown).toEqual(["concluded"]);
  });

  it("a change in the same place is a conflict that changes nothing and stays undecided", async () => {
    front.file = base.replace("two", "2");
    expect(await failureOf(decisions.accept("p"))).toBe("documentConflict");
    expect(front.file).toBe(base.replace("two", "2"));
    expect(states()).toEqual(["conflict"]);
    expect(front.shown).toEqual(["conflict"]);
  });

  it("one block is accepted, the other rejected, and the proposal is decided then", async () => {
    await decisions.acceptBlock({ ...at, block: 1 });
    expect(front.file).toBe(base.replace("eight", "EIGHT"));
    expect(front.shown).toEqual(["next"]);
    await decisions.rejectBlock({ ...at, block: 0 });
    expect(front.file).toBe(base.replace("eight", "EIGHT"));
    expect(states()).toEqual(["0/1 accepted", "0/0 rejected", "accepted"]);
  });

  it("a block is named by a line of either side", async () => {
    front.file = `mine\n${base}`;
    await decisions.acceptBlock({ ...at, side: "file", line: 2 });
    expect(front.file).toBe(`mine\n${base.replace("two", "TWO")}`);
    await decisions.rejectBlock({ ...at, side: "review", line: 7 });
    expect(states()).toEqual(["0/0 accepted", "0/1 rejected", "accepted"]);
  });

  it("a line without a change leads to the next one and decides nothing", async () => {
    await decisions.acceptBlock({ ...at, side: "review", line: 4 });
    expect(front.shown).toEqual(["missed"]);
    expect(front.file).toBe(base);
    expect(states()).toEqual([]);
  });

  it("a file that moves between planning and landing is planned anew, and given up in the end", async () => {
    let types = 2;
    front.beforeLanding = () => {
      if (types-- > 0) front.file = `typed\n${front.file}`;
    };
    await decisions.accept();
    expect(front.file).toBe(`typed\ntyped\n${proposed}`);

    front.file = base;
    history.add("run", { kind: "proposalState", at: 0, proposalId: "p", state: "open" });
    front.beforeLanding = () => {
      front.file = `typed\n${front.file}`;
    };
    expect(await failureOf(decisions.accept())).toBe("applyRefused");
    expect(front.file).not.toContain("TWO");
  });

  it("two clicks at once are one decision", async () => {
    await Promise.all([decisions.accept("p"), decisions.accept("p")]);
    expect(states()).toEqual(["accepted"]);
    expect(await failureOf(decisions.reject("p"))).toBe("proposalGone");
  });

  it("what was taken out of the review by hand is recorded, and rejected as a whole when nothing is left", async () => {
    front.review = base.replace("two", "TWO");
    await decisions.observe(new Set());
    expect(states()).toEqual(["0/1 rejected"]);
    front.review = base;
    await decisions.accept();
    expect(states()).toEqual(["0/1 rejected", "0/0 rejected", "rejected"]);
    expect(front.file).toBe(base);
  });
});

describe("the verbs of a session", () => {
  it("what it starts is in the history to its end, and is asked again by its id", async () => {
    const runId = await session.start("explain");
    await session.assistant.idle();
    const { started, end } = history.stateOf(runId ?? "");
    expect(started).toMatchObject({ action: "explain", path: "a.txt" });
    expect(end?.kind).toBe("failed");
    const again = await session.again(runId ?? "");
    await session.assistant.idle();
    expect(again).not.toBe(runId);
    expect(history.stateOf(again ?? "").started).toMatchObject({ action: "explain" });
    expect(front.shown).toEqual(["run", "run"]);
  });

  it("what is shown where it was asked for brings nothing else up", async () => {
    await session.start("explain", undefined, undefined, true);
    await session.assistant.idle();
    expect(front.shown).toEqual([]);
  });

  it("a change that was tried is proposed when the person wants it all the same", async () => {
    const [first] = history.eventsOf("run");
    if (first?.kind !== "proposal") throw new Error("no proposal");
    const other = { ...first.proposal, id: "tried" };
    history.add("run", { kind: "tried", at: 1, proposal: other });
    await session.takeTried("tried");
    const taken = history.eventsOf("run").at(-1);
    expect(taken).toEqual({
      kind: "proposal",
      proposal: { ...other, id: expect.not.stringMatching(/^(?:p|tried)$/) },
    });
    expect(await failureOf(session.takeTried("p"))).toBe("proposalGone");
  });

  it("a run or an edit that is not known is not asked for", async () => {
    expect(await session.again("nobody")).toBeUndefined();
    expect(await failureOf(session.askForEditAgain("none"))).toBe("proposalGone");
    const placing = session.placeByHand("none", { text: base, start: 0, end: 1 });
    expect(await failureOf(placing)).toBe("proposalGone");
  });
});

describe("thinking again", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
  const started: RunEvent = {
    ...{ kind: "started", at: 1, runId: "thought", action: "ask" },
    ...{ uri: "file:///p/a.txt", path: "a.txt", range, subject: "Why?", question: "Why?" },
  };

  it("asks the same as the run with the last thought", async () => {
    history.add("thought", started);
    history.add("thought", { kind: "thought", text: "Since two is one too many." });
    history.add("other", { ...started, runId: "other", action: "fix" });
    const runId = (await session.thinkAgain()) ?? "";
    await session.assistant.idle();
    expect(history.stateOf(runId).started).toMatchObject({ action: "ask", question: "Why?" });
  });

  it("does nothing where nothing was thought", async () => {
    history.add("other", { ...started, runId: "other" });
    expect(await session.thinkAgain("other")).toBeUndefined();
    expect(await session.thinkAgain()).toBeUndefined();
  });
});
