import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inWords } from "../../../src/base/told-words";
import type { Checker, PreparedChecks, TryLimits } from "../../../src/core/run/checks/checker";
import { Interventions } from "../../../src/core/run/interventions";
import type { CaseState, CheckCase, CheckSaid } from "../../../src/protocol/checks";
import type { ContextPiece } from "../../../src/protocol/context";
import type { RunEvent } from "../../../src/protocol/run-events";
import { checkWords } from "../../../src/runs/compare-checks";
import { foldEvent } from "../../../src/runs/fold/fold-event";
import { blankRun } from "../../../src/runs/run-state";
import {
  block,
  code,
  collected,
  endOf,
  fixed,
  noticesIn,
  proposalIn,
  proposalOf,
  RunWorld,
  ready,
  reasonsIn,
  rewritten,
  targetIn,
  triedIn,
  untilStopped,
} from "./run-world";

let world: RunWorld;

const wrong = "def add(a, b):\n    return a * b\n";
const worse = "def add(a, b):\n    return 0 - b\n";
const call = "add(2, 3)";
const easy = "add(0, 0)";
const compile = { id: "compiler", kind: "problems", label: "compile" } as const;

type Verdicts = Readonly<Record<string, CaseState>>;

function saying(states: Verdicts): CheckSaid {
  const cases = Object.entries(states).map(([name, state]) => ({
    name,
    state,
    expected: "5",
    got: "-1",
  }));
  return { cases, output: "", tookMs: 1 };
}

/** A checker that knows what each text of the file comes to. Remembers what it ran. */
class KnowingChecker implements Checker {
  readonly #judge: (text: string, time: number) => Verdicts;
  readonly ran: string[] = [];
  disposed = 0;
  unchecked: string[] = [];
  constructor(judge: (text: string, time: number) => Verdicts) {
    this.#judge = judge;
  }

  async prepare() {
    const check = { id: "examples", kind: "examples", label: "the examples in calc.py" } as const;
    const run: PreparedChecks["run"] = async (_id, files, signal) => {
      signal.throwIfAborted();
      const text = files[0]?.proposed ?? code;
      this.ran.push(text);
      return saying(this.#judge(text, this.ran.filter((each) => each === text).length));
    };
    const dispose = async () => void this.disposed++;
    return ready(check, run, { unchecked: this.unchecked, dispose });
  }
}

const honest = (text: string): Verdicts => ({
  [call]: text === fixed ? "passed" : "failed",
  [easy]: text === worse ? "failed" : "passed",
});

async function runWith(
  wanted: Checker | readonly Checker[],
  answers: readonly string[],
  tries: TryLimits = { seconds: 60, tries: 8 },
  name?: string,
  target = targetIn(code),
): Promise<RunEvent[]> {
  const checkers = "prepare" in wanted ? [wanted] : wanted;
  world = await RunWorld.start({
    ...(name === undefined ? {} : { models: [{ name }] }),
    chat: answers.map(rewritten),
  });
  const { connect } = world.environment;
  Object.assign(world.environment, {
    checkers,
    tries: () => tries,
    connect: async (signal: AbortSignal) => ({ ...(await connect(signal)), ...(name && { name }) }),
  });
  return await world.all({ target });
}

function lastChecks(events: readonly RunEvent[]) {
  return events.findLast((event) => event.kind === "proposal")?.proposal.checks;
}

describe("a fix that can be checked", () => {
  it("tells the model what fails before it asks, and proposes what passes with its checks", async () => {
    const checker = new KnowingChecker(honest);
    const events = await runWith(checker, [fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()[0]).toContain("- `add(2, 3)`: expected `5`, got `-1`");
    expect(world.prompts()[0]).not.toContain(easy);
    const [check] = lastChecks(events) ?? [];
    expect(check?.before?.cases.map(({ state }) => state)).toEqual(["failed", "passed"]);
    expect(check?.after?.cases.map(({ state }) => state)).toEqual(["passed", "passed"]);
    expect(checker.ran).toEqual([code, fixed]);
    expect(checker.disposed).toBe(1);
    const stages = events.flatMap((event) =>
      event.kind === "check"
        ? [`${event.stage} ${event.said === undefined ? "runs" : "said"}`]
        : [],
    );
    expect(stages).toEqual(["before runs", "before said", "after runs", "after said"]);
  });

  it("is asked for again as long as a check says no, and shows each change that was tried", async () => {
    const events = await runWith(new KnowingChecker(honest), [wrong, wrong, worse, fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(4);
    expect(triedIn(events)).toEqual([wrong, wrong, worse]);
    const reasons = reasonsIn(events);
    expect(reasons[0]).toBe("With the edit, `add(2, 3)` still fails.");
    expect(reasons[2]).toBe("With the edit, `add(0, 0)` no longer passes (and 1 more).");
  });

  it("is asked for again where it brings a problem, in the words of who found it", async () => {
    const problem: CheckCase = { name: "calc.py: no such name", state: "failed" };
    const said = (text: string): CheckSaid => ({
      cases: text === wrong ? [problem] : [],
      output: "",
      tookMs: 1,
    });
    const prepare = async () =>
      ready(compile, async (_id, files) => said(files[0]?.proposed ?? code));
    const events = await runWith({ prepare }, [wrong, fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(reasonsIn(events)).toEqual(["The edit brings the problem `calc.py: no such name`."]);
    expect(lastChecks(events)?.map(checkWords)).toEqual(["no problems"]);
  });

  it("is not held against problems that nobody could name before", async () => {
    const ran: string[] = [];
    const prepare = async () =>
      ready(compile, async (_id, files) => {
        ran.push(files[0]?.proposed ?? code);
        return { cases: [], output: "", tookMs: 1, broken: "It took longer than 60 s." };
      });
    const events = await runWith({ prepare }, [wrong]);
    expect(proposalOf(events)).toBe(wrong);
    expect(ran).toEqual([code]);
    expect(lastChecks(events)?.map(checkWords)).toEqual(["problems: nothing could be told"]);
  });

  it("runs the same code twice only to believe what speaks against it, and that once", async () => {
    const checker = new KnowingChecker(honest);
    const other = wrong.replace("*", "//");
    await runWith(checker, [wrong, wrong, other, fixed]);
    expect(checker.ran).toEqual([code, wrong, wrong, other, fixed]);
  });

  it("does not count that a case still fails which passes the second time on the same code", async () => {
    const flaky = (text: string, time: number): Verdicts => ({
      [call]: text === fixed ? "passed" : "failed",
      [easy]: text === fixed && time > 1 ? "passed" : "failed",
    });
    const events = await runWith(new KnowingChecker(flaky), [fixed, wrong]);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(1);
    expect(lastChecks(events)?.[0]?.after?.cases[1]).toMatchObject({ state: "broken" });
  });

  it("is asked for again where the file loads no more, though nothing was to be told of its examples", async () => {
    const checker = new KnowingChecker((text) => ({
      [call]: text === wrong ? "failed" : "broken",
    }));
    const { prepare } = checker;
    checker.prepare = async () => {
      const prepared = await prepare.call(checker);
      const run: typeof prepared.run = async (id, files, signal) => {
        const said = await prepared.run(id, files, signal);
        const isLoaded = said.cases.every(({ state }) => state !== "failed");
        return isLoaded ? said : { ...said, broken: "It does not load.", unloaded: true };
      };
      return { ...prepared, run };
    };
    const events = await runWith(checker, [wrong, fixed]);
    expect(triedIn(events)).toEqual([wrong]);
    expect(reasonsIn(events)).toEqual(["With the edit, the file can no longer be loaded."]);
    expect(proposalOf(events)).toBe(fixed);
  });

  it.each([
    ["can run no more", (): Verdicts => ({})],
    ["has lost what it needs", (): Verdicts => ({ [call]: "broken", [easy]: "broken" })],
  ])("is not refused because of a check that %s, whatever the code", async (_how, after) => {
    const [first, ...others] = [code, fixed, fixed, code];
    const checker = new KnowingChecker((text, time) =>
      text === first && time === 1 ? honest(code) : after(),
    );
    const { prepare } = checker;
    checker.prepare = async () => {
      const prepared = await prepare.call(checker);
      const run: typeof prepared.run = async (id, files, signal) => {
        const said = await prepared.run(id, files, signal);
        return said.cases.length > 0 ? said : { ...said, broken: "The disk is full." };
      };
      return { ...prepared, run };
    };
    const events = await runWith(checker, [fixed, wrong]);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(1);
    expect(checker.ran).toEqual([first, ...others]);
  });

  it("ends at the number of tries without a proposal where none does any good, and shows each", async () => {
    const checker = new KnowingChecker(honest);
    const events = await runWith(checker, [worse, wrong], { seconds: 60, tries: 3 });
    expect(world.prompts()).toHaveLength(3);
    expect(proposalOf(events)).toBeUndefined();
    const end = events.at(-1);
    expect(end).toMatchObject({ kind: "finished", outcome: "refused" });
    expect(end?.kind === "finished" && inWords(end.detail ?? "")).toBe(
      "With the edit, `add(2, 3)` still fails. Changes that were tried: 3. None of them is proposed.",
    );
    const tried = events.flatMap((event) => (event.kind === "tried" ? [event.proposal] : []));
    expect(tried.map(({ files }) => files[0]?.proposed)).toEqual([worse, wrong, wrong]);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(3);
  });

  it("ends at the number of tries with the best of those that do some good and no harm", async () => {
    const half = "def add(a, b):\n    return b\n";
    const [more, kept] = ["add(0, 3)", "add(1, -1)"];
    const knowing = (text: string): Verdicts => ({
      [call]: "failed",
      [more]: text === half || text === worse ? "passed" : "failed",
      [kept]: text === worse ? "failed" : "passed",
    });
    const answers = [worse, half, wrong];
    const tries = { seconds: 60, tries: 3 };
    const events = await runWith(new KnowingChecker(knowing), answers, tries);
    expect(endOf(events)).toBe("proposed");
    expect(proposalOf(events)).toBe(half);
    expect(lastChecks(events)?.[0]?.after?.cases.map(({ state }) => state)).toEqual([
      "failed",
      "passed",
      "passed",
    ]);
  });

  it("gives other tries their time however long the first answer took", async () => {
    const checker = new KnowingChecker(honest);
    const prepare = checker.prepare.bind(checker);
    checker.prepare = async () => {
      const prepared = await prepare();
      const run = async (...given: Parameters<typeof prepared.run>) => {
        if (given[1][0]?.proposed === wrong) await delay(400);
        return await prepared.run(...given);
      };
      return { ...prepared, run };
    };
    const events = await runWith(checker, [wrong, fixed], { seconds: 0.3, tries: 8 });
    expect(proposalOf(events)).toBe(fixed);
  });

  it("ends with the first answer when there is no time for another", async () => {
    const events = await runWith(new KnowingChecker(honest), [wrong], { seconds: 0, tries: 8 });
    expect(world.prompts()).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === "tried")).toHaveLength(1);
  });

  it("does not go on for long where a problem was asked about and no change makes more pass", async () => {
    const never = (text: string): Verdicts => ({
      [call]: "failed",
      [easy]: text === worse ? "failed" : "passed",
    });
    const answers = [worse, fixed, wrong, code.replace("-", "//"), code.replace("-", "%")];
    const problem = {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
      message: "should add",
      severity: "warning" as const,
    };
    const target = { ...targetIn(code), diagnostics: [problem] };
    const events = await runWith(new KnowingChecker(never), answers, undefined, undefined, target);
    expect(world.prompts()).toHaveLength(3);
    expect(proposalOf(events)).toBe(fixed);
  });

  it("asks once where all that fails was broken before for another reason", async () => {
    const broken = (): Verdicts => ({ [call]: "broken", [easy]: "broken" });
    const events = await runWith(new KnowingChecker(broken), [wrong]);
    expect(world.prompts()).toHaveLength(1);
    expect(world.prompts()[0]).not.toContain("It was run");
    expect(proposalOf(events)).toBe(wrong);
  });

  it("believes that something got worse only when it does so twice", async () => {
    const flaky = (text: string, time: number): Verdicts => ({
      [call]: text === fixed ? "passed" : "failed",
      [easy]: text === fixed && time === 1 ? "failed" : "passed",
    });
    const checker = new KnowingChecker(flaky);
    const events = await runWith(checker, [fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(checker.ran).toEqual([code, fixed, fixed, code]);
    expect(lastChecks(events)?.[0]?.after?.cases[1]).toMatchObject({ state: "broken" });
  });

  it("refuses an edit that changes the test by which it is judged, but not where the person asks in words", async () => {
    const inTest = "def test_add():\n    assert add(2, 3) == 5\n";
    const testFile = { uri: "file:///project/test_calc.py", path: "test_calc.py" };
    const pieceOf = (): ContextPiece => ({
      id: "test",
      kind: "test",
      title: "test_calc.py",
      path: testFile.path,
      range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
      languageId: "python",
      text: inTest,
      source: "references",
      reason: "It tests it.",
      value: 1,
      editable: true,
      file: { ...testFile, languageId: "python", version: 0, text: inTest },
    });
    const changed = `${rewritten(fixed)}\n\ntest_calc.py\n<<<<<<< SEARCH\n    assert add(2, 3) == 5\n=======\n    assert add(2, 3) == -1\n>>>>>>> REPLACE\n`;
    const checker: Checker = {
      prepare: async () => ({
        ...(await new KnowingChecker(honest).prepare()),
        isTest: async (uri) => uri === testFile.uri,
        touched: async ({ uri, path, base }) =>
          uri === testFile.uri ? { text: base, names: [path], isWhole: true } : undefined,
      }),
    };
    const start = async (question?: string): Promise<readonly RunEvent[]> => {
      world = await RunWorld.start([changed, rewritten(fixed)], {
        environment: {
          checkers: [checker],
          context: async () => [
            { name: "tests", find: async () => ({ pieces: [pieceOf()], dropped: [] }) },
          ],
        },
      });
      return await world.all(question === undefined ? {} : { question });
    };
    const paths = (events: readonly RunEvent[]): readonly string[] =>
      events.flatMap((event) =>
        event.kind === "proposal" ? event.proposal.files.map(({ path }) => path) : [],
      );
    expect(paths(await start())).toEqual(["calc.py"]);
    const asked = await start("Turn the test too.");
    expect(paths(asked)).toEqual(["calc.py", "test_calc.py"]);
    expect(proposalIn(asked)?.files[1]?.notices).toEqual([
      "This edit also changes what checks it: `test_calc.py`. What was there before counts.",
    ]);
  });

  describe("of which a part is tests", () => {
    const assertion = "assert add(2, 3) == 5\n";
    const weak = "assert add(2, 3) == -1\n";
    const weaker = block(assertion.trim(), weak.trim());
    const right = block("    return a - b", "    return a + b");
    const tests = { id: "tests", kind: "tests", label: "python calc.py" } as const;
    const runFive: PreparedChecks["run"] = async (_id, files) => {
      const text = files[0]?.proposed ?? code + assertion;
      const passes = text.includes(weak) || text.includes("a + b");
      return saying({ five: passes ? "passed" : "failed" });
    };
    const checkerOf = (isTest: boolean): Checker => ({
      prepare: async () =>
        ready(tests, runFive, {
          isTest: async () => isTest,
          touched: async ({ proposed }) =>
            proposed.includes(weak)
              ? { text: proposed.replace(weak, assertion), names: ["add"], isWhole: false }
              : undefined,
        }),
    });
    const start = async (answers: readonly string[], isTest = false) => {
      world = await RunWorld.start([...answers, ""], {
        environment: { checkers: [checkerOf(isTest)] },
      });
      return proposalIn(await world.all({ target: targetIn(code + assertion) }));
    };

    it("is judged by the tests of before it: one that only expects less is asked for again", async () => {
      const proposal = await start([weaker, right]);
      expect(proposal?.files[0]?.proposed).toBe(fixed + assertion);
      expect(proposal?.files[0]?.notices).toEqual([]);
      expect(world.prompts()).toHaveLength(2);
    });

    it("is right where the code does what they ask, and says that they are changed", async () => {
      const proposal = await start([`${right}\n${weaker}`]);
      expect(world.prompts()).toHaveLength(1);
      expect(proposal?.files[0]?.proposed).toBe(fixed + weak);
      expect(proposal?.files[0]?.notices).toEqual([
        "This edit also changes what checks it: `add`. What was there before counts.",
      ]);
      expect(proposal?.checks?.[0]?.after?.cases).toMatchObject([
        { name: "five", state: "passed" },
      ]);
    });

    it("counts for nothing where the person asked about the test itself", async () => {
      const proposal = await start([weaker], true);
      expect(world.prompts()).toHaveLength(1);
      expect(proposal?.checks?.[0]?.after?.cases).toMatchObject([
        { name: "five", state: "broken", got: "The edit changes this test." },
      ]);
    });
  });

  it("tells a model of 3B or more once what its change came to, and a smaller one never", async () => {
    await runWith(new KnowingChecker(honest), [wrong, wrong, fixed], undefined, "coder:7b");
    expect(world.prompts()[1]).toContain("This change was tried and is not right");
    expect(world.prompts()[1]).toContain("+    return a * b");
    expect(world.prompts()[2]).not.toContain("This change was tried");
    await runWith(new KnowingChecker(honest), [wrong, fixed]);
    expect(world.prompts()[1]).not.toContain("This change was tried");
  });

  it("goes on without checks where there is no place to run them, and says so", async () => {
    const prepare = (): Promise<never> => Promise.reject(new Error("The folder is too large."));
    const events = await runWith({ prepare }, [fixed]);
    expect(events.find((event) => event.kind === "notice")).toMatchObject({
      text: "Nothing is checked: The folder is too large.",
    });
    expect(proposalOf(events)).toBe(fixed);
    expect(lastChecks(events)).toBeUndefined();
  });

  it("does not wait for a person who has not said yet whether anything may be run", async () => {
    const prepare = (_request: unknown, signal: AbortSignal) => untilStopped(signal);
    const events = await runWith({ prepare }, [fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(lastChecks(events)).toBeUndefined();
    expect(events.find((event) => event.kind === "notice")).toMatchObject({
      text: expect.stringContaining("The edit is not checked"),
    });
  });

  it("is judged by the checks that may be run while another waits for a person's yes", async () => {
    const prepare = (_request: unknown, signal: AbortSignal) => untilStopped(signal);
    const problems = new KnowingChecker(honest);
    const events = await runWith([{ prepare }, problems], [wrong, fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(problems.ran).toEqual([code, wrong, wrong, fixed]);
    expect(problems.disposed).toBe(1);
    expect(lastChecks(events)).toHaveLength(1);
    expect(events.find((event) => event.kind === "notice")).toMatchObject({
      text: expect.stringContaining("The edit is checked in part only"),
    });
  });

  it("loses no check because another checker has no place to run its own, and says why once", async () => {
    const full = { prepare: () => Promise.reject(new Error("The disk is full.")) };
    const checker = new KnowingChecker(honest);
    const events = await runWith([full, checker, full], [wrong, fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(lastChecks(events)).toHaveLength(1);
    expect(noticesIn(events).filter((text) => text.includes("The disk is full."))).toHaveLength(1);
  });

  it("leaves nothing behind when it is stopped while a check runs", async () => {
    const interventions = new Interventions();
    let disposed = 0;
    const run: PreparedChecks["run"] = (_id, _files, signal) => {
      const stopped = untilStopped(signal);
      interventions.stop();
      return stopped;
    };
    const check = { id: "tests", kind: "tests", label: "tests" } as const;
    const prepare = async () => ready(check, run, { dispose: async () => void disposed++ });
    world = await RunWorld.start(rewritten(fixed), { environment: { checkers: [{ prepare }] } });
    const events = await collected(world.run({}, interventions));
    expect(endOf(events)).toBe("stopped");
    expect(disposed).toBe(1);
    const { checks } = events.reduce(foldEvent, blankRun("r"));
    expect(checks[0]?.running).toBeUndefined();
  });
});
