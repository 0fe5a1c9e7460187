import { describe, expect, it } from "vitest";
import { parseActionArguments } from "../../src/protocol/action-arguments";

const range = { start: { line: 1, character: 2 }, end: { line: 3, character: 4 } };

describe("what a command is called with", () => {
  it("is taken from a code action, with its problems", () => {
    const diagnostics = [
      { range, message: "undefined name", severity: "warning", source: "lint", code: "F821" },
    ];
    expect(parseActionArguments({ uri: "file:///a.py", range, diagnostics })).toEqual({
      uri: "file:///a.py",
      range,
      diagnostics,
    });
  });

  it("is passed over when it is a menu's uri, a key binding's text or nonsense", () => {
    for (const value of [
      undefined,
      null,
      "file:///a.py",
      { scheme: "file", path: "/a.py" },
      { uri: 1, range },
      { uri: "file:///a.py" },
    ]) {
      expect(parseActionArguments(value)).toBeUndefined();
    }
    expect(
      parseActionArguments({
        uri: "file:///a.py",
        range: { start: { line: -1, character: 0 }, end: range.end },
      }),
    ).toBeUndefined();
  });

  it("loses problems that are none, not the whole request", () => {
    expect(
      parseActionArguments({
        uri: "file:///a.py",
        range,
        diagnostics: [null, { message: "no range" }],
      })?.diagnostics,
    ).toEqual([]);
  });
});
