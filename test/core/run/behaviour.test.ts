import { describe, expect, it } from "vitest";
import type { Checker, EditedFile, TryLimits } from "../../../src/core/run/checks/checker";
import type { RunRequest } from "../../../src/core/run/run-request";
import type { CheckCase, CheckSaid } from "../../../src/protocol/checks";
import type { RunEvent } from "../../../src/protocol/run-events";
import { foldEvent } from "../../../src/runs/fold/fold-event";
import { blankRun } from "../../../src/runs/run-state";
import {
  code,
  endOf,
  fixed,
  proposalIn,
  proposalOf,
  RunWorld,
  ready,
  reasonsIn,
  rewritten,
  targetIn,
  triedIn,
} from "./run-world";

let world: RunWorld;

const rewrite = "def add(a, b):\n    c = a - b\n    return c\n";
const comment = "def add(a, b):\n    # Right now.\n    return a - b\n";
const guarded = "def add(a, b):\n    if a is None: return 0\n    return a - b\n";
const examples = { id: "examples", kind: "examples", label: "the examples in calc.py" } as const;
const calls = { id: "behaviour", kind: "behaviour", label: "calls" } as const;

interface World {
  /** Whether the documented example passes. */
  readonly passes?: (text: string) => boolean;
  /** What `add(1, 0)` comes to. */
  readonly does?: (text: string, time: number) => string;
}

/** A checker whose example shows nothing of the bug. Remembers which texts were called. */
class CallingChecker implements Checker {
  readonly #world: World;
  readonly called: string[] = [];
  constructor(world: World = {}) {
    this.#world = world;
  }

  async prepare() {
    const { passes = () => true, does = (text) => (text.includes("+") ? "3" : "1") } = this.#world;
    const said = (cases: readonly CheckCase[]): CheckSaid => ({ cases, output: "", tookMs: 1 });
    const run = async (id: string, files: readonly EditedFile[]) => {
      const text = files[0]?.proposed ?? code;
      if (id === examples.id)
        return said([{ name: "add(0, 0)", state: passes(text) ? "passed" : "failed" }]);
      this.called.push(text);
      const got = does(text, this.called.length);
      return said([
        { name: "add(0, 0)", state: "passed", got: "0" },
        { name: "add(1, 2)", state: "passed", got },
      ]);
    };
    return ready(examples, run, { behaviour: calls });
  }
}

async function fixWith(
  checker: Checker,
  answers: readonly string[],
  request: Partial<RunRequest> = {},
  tries: TryLimits = { seconds: 60, tries: 4 },
): Promise<RunEvent[]> {
  const environment = { checkers: [checker], tries: () => tries };
  world = await RunWorld.start(answers.map(rewritten), { environment });
  return await world.all(request);
}

function checksOf(events: readonly RunEvent[]) {
  return proposalIn(events)?.checks ?? [];
}

describe("a fix of a bug that no example shows", () => {
  it("is asked for afresh where the edit does the same as before, with other words", async () => {
    const checker = new CallingChecker();
    const events = await fixWith(checker, [rewrite, fixed]);
    expect(proposalOf(events)).toBe(fixed);
    expect(world.prompts()).toHaveLength(2);
    expect(world.prompts()[1]).toContain("One line of");
    expect(world.prompts()[1]).not.toContain("was tried");
    expect(reasonsIn(events)).toEqual(["The edit does the same as before on 2 inputs."]);
    expect(triedIn(events)).toEqual([rewrite]);
    expect(checker.called).toEqual([code, code, rewrite, fixed]);
    expect(checksOf(events).map(({ kind }) => kind)).toEqual(["examples", "behaviour"]);
  });

  it("is proposed as it first came where no other does anything else, and says so", async () => {
    const checker = new CallingChecker();
    const events = await fixWith(checker, [rewrite, comment, comment]);
    expect(endOf(events)).toBe("proposed");
    expect(proposalOf(events)).toBe(rewrite);
    expect(world.prompts()).toHaveLength(4);
    // The same code is run once.
    expect(checker.called).toEqual([code, code, rewrite, comment]);
    const [, check] = checksOf(events);
    expect(check?.before?.cases).toEqual(check?.after?.cases);
  });

  it("is rather one that does the same as before than one that makes an example fail", async () => {
    const worse = fixed.replace("+", "**");
    const passes = (text: string): boolean => text !== worse;
    const events = await fixWith(new CallingChecker({ passes }), [worse, rewrite, worse]);
    expect(proposalOf(events)).toBe(rewrite);
  });

  it("takes no further time when its time is over", async () => {
    const tries = { seconds: 0, tries: 8 };
    const events = await fixWith(new CallingChecker(), [rewrite, fixed], {}, tries);
    expect(world.prompts()).toHaveLength(1);
    expect(proposalOf(events)).toBe(rewrite);
  });

  it("is neither good nor bad because it does something else", async () => {
    const does = (text: string): string => (text === guarded ? "None" : "1");
    const events = await fixWith(new CallingChecker({ does }), [guarded, fixed]);
    expect(proposalOf(events)).toBe(guarded);
    expect(world.prompts()).toHaveLength(1);
  });
});

describe("whether an edit does the same as before", () => {
  it.each<[string, World, Partial<RunRequest>]>([
    ["where an example fails, which tells more", { passes: (text) => text !== code }, {}],
    ["where the edit makes an example fail", { passes: (text) => text === code }, {}],
    ["where a problem is named", {}, { target: targetIn(code, { diagnostics: [problem()] }) }],
    ["where the person says what is wrong", {}, { question: "It subtracts." }],
    ["of another request than a fix", {}, { action: "improve" }],
  ])("is not asked %s", async (_when, given, request) => {
    const checker = new CallingChecker(given);
    await fixWith(checker, [rewrite], request);
    expect(checker.called).toEqual([]);
  });

  it("is not known of code that does not do the same each time", async () => {
    const checker = new CallingChecker({ does: (_text, time) => String(time) });
    const events = await fixWith(checker, [rewrite]);
    expect(proposalOf(events)).toBe(rewrite);
    expect(checker.called).toEqual([code, code]);
    expect(checksOf(events).map(({ kind }) => kind)).toEqual(["examples"]);
    const run = events.reduce(foldEvent, blankRun("r"));
    expect(run.checks.find(({ kind }) => kind === "behaviour")?.before?.broken).toBe(
      "The code does not do the same each time.",
    );
  });
});

function problem() {
  const place = { line: 1, character: 4 };
  return { message: "wrong", severity: "error", range: { start: place, end: place } } as const;
}
