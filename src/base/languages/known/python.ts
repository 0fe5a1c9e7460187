import { escapeRegExp } from "../../escape-reg-exp";
import { fromImport, plainImport } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const python: Language = {
  id: "python",
  aliases: "py py2 py3 python2 python3 pyi pyx cython ipython gyp sage micropython",
  endings: ".py",
  files: ".rpy .pyw .cpy .gyp .gypi .pyi .ipy .pyt sconstruct sconscript",
  program: /\bpython[\d.-]*\b/,
  families: "python",
  linksWith: "python",
  facts: {
    ...hashed,
    longQuotes: ['"""', "'''"],
    docstrings: true,
    blocks: "indent",
    equalQuotes: true,
    imports: [fromImport, plainImport],
  },
  grammar: "python",
  callsByReceiver: true,
  namesSelf: true,
  testName: "test_*",
  tests: {
    names: "test_* *_test",
    imports: (stem) =>
      new RegExp(`^[ \\t]*(?:import|from)[ \\t][^\\n]*(?<!\\w)${escapeRegExp(stem)}(?!\\w)`, "m"),
    about: "named",
  },
  testTool: "python",
  examples: "doctest",
};
