import type { Target } from "../../src/protocol/document";

const start = { line: 0, character: 0 };

/** A function of two lines: what is measured is all but the code that is asked about. */
export const smallTarget: Target = {
  uri: "file:///a.py",
  path: "a.py",
  languageId: "python",
  version: 1,
  text: "def f():\n    return 1\n",
  range: { start, end: start },
  diagnostics: [],
};
