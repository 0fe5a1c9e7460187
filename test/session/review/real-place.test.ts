import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBelow, realPlace } from "../../../src/session/review/real-place";

let top: string;
let folder: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "real-place-")));
  folder = join(top, "project");
  mkdirSync(join(folder, "src"), { recursive: true });
  mkdirSync(join(top, "project-beside"));
  writeFileSync(join(folder, "src/a.py"), "x = 1\n");
});
afterEach(() => rmSync(top, { recursive: true }));

const link = (to: string, name: string): void => symlinkSync(to, join(folder, name));
const isInside = async (path: string): Promise<boolean> =>
  isBelow(await realPlace(join(folder, path)), folder);

describe("a path stands in the folder", () => {
  it("when it does so with all links resolved, whether it is there yet or not", async () => {
    link("src", "code");
    link("src/later.py", "soon.py");
    for (const path of ["src/a.py", "code/a.py", "code/new.py", "code/new/deep.py", "soon.py"])
      expect(await isInside(path), path).toBe(true);
    expect(await realPlace(join(folder, "soon.py"))).toBe(join(folder, "src/later.py"));
  });

  it("and not when a link leads out, to a file, a folder or one that is not there yet", async () => {
    link("../project-beside", "beside");
    link("beside", "twice");
    link("../not-there-yet.py", "new.py");
    link("../not-there-yet", "later");
    link("new.py", "chain.py");
    for (const path of ["beside/a.py", "twice/new.py", "new.py", "later/deep/a.py", "chain.py"])
      expect(await isInside(path), path).toBe(false);
    expect(await isInside("../project-beside/a.py")).toBe(false);
    expect(await isInside(".")).toBe(false);
  });

  it("also where links lead round in a circle, at which nothing can be written", async () => {
    link("one", "other");
    link("other", "one");
    expect(await realPlace(join(folder, "one/a.py"))).toMatch(/\/(?:one|other)\/a\.py$/);
  });
});
