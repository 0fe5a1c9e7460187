import { expect, it } from "vitest";
import { isAlive } from "../../src/base/is-alive";

it("a process is there as long as the system takes a signal for it, or refuses it as somebody else's", () => {
  expect(isAlive(process.pid, process.kill)).toBe(true);
  const answers = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  expect(isAlive(7, answers("EPERM"))).toBe(true);
  expect(isAlive(7, answers("ESRCH"))).toBe(false);
});

it.each([0, -1, Number.NaN, 1.5])("the number %s names no process, and is sent nothing", (pid) => {
  const sent: number[] = [];
  expect(isAlive(pid, (to) => sent.push(to))).toBe(false);
  expect(sent).toEqual([]);
});
