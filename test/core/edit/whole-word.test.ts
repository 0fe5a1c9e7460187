import { describe, expect, it } from "vitest";
import { usesName } from "../../../src/core/edit/text/whole-word";

describe("a name as a word of its own", () => {
  it("is none within another one", () => {
    expect(usesName(["total$ = totals"], "total")).toBe(false);
    expect(usesName(["a", "x = total + 1"], "total")).toBe(true);
    expect(usesName(["x.$el()"], "$el")).toBe(true);
  });

  it("is nowhere where it is too long for a name, and no error", () => {
    const long = "_".repeat(100_000);
    expect(usesName([long], long)).toBe(false);
  });
});
