import { describe, expect, it } from "vitest";
import { Lockstep } from "../../src/built-in-engine/writing/lockstep";

/** Waits as long as is said before each of its steps, and tells them by its name. */
async function walk(
  name: string,
  waits: readonly number[],
  lockstep: Lockstep,
  told: string[],
): Promise<void> {
  for (const ticks of waits) {
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    await lockstep.ready();
    told.push(name);
  }
  lockstep.leave();
}

describe("answers in lockstep", () => {
  it("take each step together, however long each makes itself ready", async () => {
    const lockstep = new Lockstep(3);
    const told: string[] = [];
    await Promise.all([
      walk("a", [0, 9, 0], lockstep, told),
      walk("b", [5, 0, 0], lockstep, told),
      walk("c", [0, 0, 7], lockstep, told),
    ]);
    expect(
      [0, 3, 6].map((at) =>
        told
          .slice(at, at + 3)
          .sort()
          .join(""),
      ),
    ).toEqual(["abc", "abc", "abc"]);
  });

  it("do not wait for one that has left", async () => {
    const lockstep = new Lockstep(2);
    const told: string[] = [];
    await Promise.all([walk("a", [0], lockstep, told), walk("b", [0, 0, 0], lockstep, told)]);
    expect(told.filter((name) => name === "b")).toHaveLength(3);
  });
});
