import { describe, expect, it } from "vitest";
import {
  type CheckAgreements,
  type CheckAnswer,
  ConsentedChecker,
  type ConsentedCheckerParts,
} from "../../src/checks/consented-checker";
import type { PreparedChecks } from "../../src/core/run/checks/checker";
import { targetIn } from "../core/run/run-world";

const never = new AbortController().signal;
const target = targetIn("");

class World {
  prepared = 0;
  disposed = 0;
  programs = ["python -m pytest"];
  readonly asked: string[] = [];
  answers: (CheckAnswer | Promise<CheckAnswer>)[] = [];
  readonly #allowed = new Map<string, readonly string[]>();
  readonly #refused = new Set<string>();
  readonly agreements: CheckAgreements = {
    allowed: (folder) => this.#allowed.get(folder) ?? [],
    isRefused: (folder) => this.#refused.has(folder),
    allow: async (folder, programs) => void this.#allowed.set(folder, programs),
    refuse: async (folder) => void this.#refused.add(folder),
  };

  checker(parts: Partial<ConsentedCheckerParts> = {}): ConsentedChecker {
    return new ConsentedChecker({
      checker: {
        prepare: async (): Promise<PreparedChecks> => {
          this.prepared++;
          return {
            checks: this.programs.map((label) => ({ id: label, kind: "tests", label })),
            ...{ programs: this.programs, unchecked: [] },
            run: async () => ({ cases: [], output: "", tookMs: 0 }),
            dispose: async () => void this.disposed++,
          };
        },
      },
      agreements: this.agreements,
      isOff: () => false,
      isTrusted: () => true,
      folderOf: () => "file:///project",
      ask: async (folder, programs) => {
        this.asked.push(`${folder}: ${programs.join()}`);
        return (await this.answers.shift()) ?? "notNow";
      },
      ...parts,
    });
  }
}

describe("checks in a folder", () => {
  it("run after a yes that says what would run, and are asked about once", async () => {
    const world = new World();
    world.answers = ["yes"];
    const checker = world.checker();
    expect((await checker.prepare({ target }, never)).checks).toHaveLength(1);
    expect((await checker.prepare({ target }, never)).checks).toHaveLength(1);
    expect(world.asked).toEqual(["file:///project: python -m pytest"]);
  });

  it("are asked about anew when the project names another program", async () => {
    const world = new World();
    world.answers = ["yes", "notNow"];
    const checker = world.checker();
    await checker.prepare({ target }, never);
    world.programs = ["curl evil"];
    expect((await checker.prepare({ target }, never)).checks).toEqual([]);
    expect(world.asked.at(-1)).toBe("file:///project: curl evil");
    expect(world.disposed).toBe(1);
  });

  it("are never asked about again after a never, and nothing is prepared", async () => {
    const world = new World();
    world.answers = ["never"];
    const checker = world.checker();
    await checker.prepare({ target }, never);
    await checker.prepare({ target }, never);
    expect(world.asked).toHaveLength(1);
    expect(world.prepared).toBe(1);
  });

  it.each([
    ["off", { isOff: () => true }, []],
    ["outside of all folders", { folderOf: () => undefined }, []],
    [
      "not trusted",
      { isTrusted: () => false },
      ["Nothing is checked: this folder is not trusted."],
    ],
  ] as const)(
    "prepare nothing and ask nobody where they are %s",
    async (_how, parts, unchecked) => {
      const world = new World();
      const prepared = await world.checker(parts).prepare({ target }, never);
      expect(prepared.checks).toEqual([]);
      expect(prepared.unchecked).toEqual(unchecked);
      expect([world.prepared, world.asked.length]).toEqual([0, 0]);
    },
  );

  it("go with a run that ends before the answer, and the answer counts for the next", async () => {
    const world = new World();
    let answer: (value: CheckAnswer) => void = () => {};
    world.answers = [new Promise<CheckAnswer>((resolve) => (answer = resolve))];
    const checker = world.checker();
    const stop = new AbortController();
    const first = checker.prepare({ target }, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await expect(first).rejects.toThrow(/abort/i);
    expect(world.disposed).toBe(1);
    const second = checker.prepare({ target }, never);
    answer("yes");
    expect((await second).checks).toHaveLength(1);
    expect((await checker.prepare({ target }, never)).checks).toHaveLength(1);
    expect(world.asked).toHaveLength(1);
  });
});
