import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keptAfterMs, requireCached } from "../../src/loading/cached-code";

interface Bundle {
  readonly sum: (one: number, other: number) => number;
  readonly beside: string;
}

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "code-")));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** What a window does: it loads the bundle, and is open for a while. */
async function loadedIn(code: string): Promise<Bundle> {
  const file = bundle();
  delete createRequire(file).cache[file];
  const loaded = requireCached<Bundle>(file, code);
  vi.advanceTimersByTime(keptAfterMs);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 50));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  return loaded;
}

function bundle(text = "exports.sum = (one, other) => one + other;"): string {
  const file = join(folder, "main.cjs");
  writeFileSync(join(folder, "part.cjs"), 'exports.says = require("./main.cjs").sum(1, 2);');
  const late =
    'Object.defineProperty(exports, "beside", { get: () => require("./part.cjs").says });';
  writeFileSync(file, `${text}\n${late}\n`);
  return file;
}

it("keeps what was compiled, and uses it the next time", async () => {
  const code = join(folder, "code");
  expect((await loadedIn(code)).sum(1, 2)).toBe(3);
  const [kept = ""] = readdirSync(code);
  const first = statSync(join(code, kept));
  expect(first.size).toBeGreaterThan(200);
  expect((await loadedIn(code)).sum(2, 2)).toBe(4);
  expect(statSync(join(code, kept)).mtimeMs).toBe(first.mtimeMs);
  expect(readdirSync(code)).toEqual([kept]);
});

it("is there for the parts that are loaded later, as what was loaded", async () => {
  expect((await loadedIn(join(folder, "code"))).beside).toBe(3);
});

it.each<[string, (file: string) => void]>([
  ["that is cut off", (file) => truncateSync(file, 150)],
  ["with other bytes", (file) => writeFileSync(file, readFileSync(file).fill(7, 60, 90))],
  ["that is empty", (file) => truncateSync(file, 0)],
])("compiles anew in the place of a file %s", async (_, spoil) => {
  const code = join(folder, "code");
  await loadedIn(code);
  const [kept = ""] = readdirSync(code);
  const whole = readFileSync(join(code, kept)).length;
  spoil(join(code, kept));
  expect((await loadedIn(code)).sum(1, 2)).toBe(3);
  expect(readFileSync(join(code, kept)).length).toBe(whole);
});

it("takes away what it kept of another text", async () => {
  const code = join(folder, "code");
  await loadedIn(code);
  const before = readdirSync(code);
  bundle("exports.sum = (one, other) => one - other;");
  const file = join(folder, "main.cjs");
  delete createRequire(file).cache[file];
  expect(requireCached<Bundle>(file, code).sum(1, 2)).toBe(-1);
  vi.advanceTimersByTime(keptAfterMs);
  vi.useRealTimers();
  await vi.waitFor(() => {
    expect(readdirSync(code)).toHaveLength(1);
    expect(readdirSync(code)).not.toEqual(before);
  });
});

it("loads where nothing can be kept", async () => {
  writeFileSync(join(folder, "code"), "a file in the place of the folder");
  expect((await loadedIn(join(folder, "code"))).sum(1, 2)).toBe(3);
});

it("fails as the bundle fails, and is not taken for loaded", () => {
  const file = bundle('throw new Error("no");');
  expect(() => requireCached(file, join(folder, "code"))).toThrow("no");
  expect(createRequire(file).cache[file]).toBeUndefined();
});
