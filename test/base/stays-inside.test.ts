import { describe, expect, it } from "vitest";
import { staysInside } from "../../src/base/text/stays-inside";

describe("a path relative to a folder", () => {
  it.each(["", "a", "a/b", "a\\b", "..a", "..a/b", "...", "a/../b", "a:b"])(
    "stays inside as %j",
    (path) => expect(staysInside(path)).toBe(true),
  );

  it.each(["..", "../a", "..\\a", "../..", "/a", "\\a", "D:\\a", "d:/a"])(
    "leads out as %j",
    (path) => expect(staysInside(path)).toBe(false),
  );
});
