import { describe, expect, it } from "vitest";
import {
  type AskedForm,
  chooseForm,
  type FormOutcome,
  rememberedOutcomes,
  withOutcome,
} from "../../../src/core/prompt/form-memory";

function outcomes(form: AskedForm, worked: number, failed: number): FormOutcome[] {
  return [
    ...Array.from({ length: worked }, () => ({ form, worked: true })),
    ...Array.from({ length: failed }, () => ({ form, worked: false })),
  ];
}

describe("the form that a model is asked for", () => {
  const suitable = ["function", "blocks"] as const;

  it("is the one that suits the code while nothing is known", () => {
    expect(chooseForm(suitable, [])).toBe("function");
  });

  it("is not given up for a few bad answers", () => {
    expect(chooseForm(suitable, outcomes("function", 0, 2))).toBe("function");
    expect(chooseForm(suitable, outcomes("function", 5, 5))).toBe("function");
  });

  it("is another when the first keeps failing", () => {
    expect(chooseForm(suitable, outcomes("function", 0, 4))).toBe("blocks");
    expect(chooseForm(suitable, outcomes("function", 2, 12))).toBe("blocks");
  });

  it("is the first again when the other is no better", () => {
    expect(chooseForm(suitable, [...outcomes("function", 0, 5), ...outcomes("blocks", 0, 5)])).toBe(
      "function",
    );
  });

  it("is one that did not fail in this run already, where there is one", () => {
    expect(chooseForm(suitable, [], ["function"])).toBe("blocks");
    expect(chooseForm(suitable, [], ["function", "blocks"])).toBe("function");
    expect(chooseForm(["blocks"], [], ["blocks"])).toBe("blocks");
  });

  it("is tried again once its failures have left the window", () => {
    let known: readonly FormOutcome[] = outcomes("function", 0, 6);
    expect(chooseForm(suitable, known)).toBe("blocks");
    for (const next of outcomes("blocks", rememberedOutcomes, 0)) known = withOutcome(known, next);
    expect(known).toHaveLength(rememberedOutcomes);
    expect(chooseForm(suitable, known)).toBe("function");
  });
});
